/** The menu of the table with the caret, without its looks: where its button stands and whether it is open. */
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { Observable } from '../../window/observable.ts'
import { selectedCells } from './cell-selection.ts'

/** The table's end corner above, in CSS pixels from the top left of the page's column. */
export interface TablePlace {
  readonly top: number
  readonly right: number
}

export class TableMenu {
  /** Null while the caret is in no table. */
  readonly place = new Observable<TablePlace | null>(null)
  readonly open = new Observable(false)

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#follow(view)
        const sized = new ResizeObserver(() => this.#follow(view))
        sized.observe(view.dom)
        return { update: () => this.#follow(view), destroy: () => sized.disconnect() }
      },
    })
  }

  /** Opens the menu of the table with the caret. */
  openAtCaret(): void {
    if (this.place.get() !== null) this.open.set(true)
  }

  #follow(view: EditorView): void {
    const place = placeOf(view)
    const before = this.place.get()
    if (place === null) this.open.set(false)
    if (place?.top !== before?.top || place?.right !== before?.right) this.place.set(place)
  }
}

function placeOf(view: EditorView): TablePlace | null {
  const cells = view.editable ? selectedCells(view.state) : null
  const element = cells === null ? null : view.nodeDOM(cells.table.pos)
  const column = view.dom.closest('.page')
  if (!(element instanceof Element) || column === null) return null
  const box = element.getBoundingClientRect()
  const frame = column.getBoundingClientRect()
  return { top: Math.round(box.top - frame.top), right: Math.round(frame.right - box.right) }
}
