/**
 * The handle left of a block, without its looks: which block it belongs to, and what dragging it does.
 *
 * It follows the pointer over the page and its margins, and hides while one types.
 */
import type { Node as ProseMirrorNode } from 'prosemirror-model'
import { type Command, NodeSelection, Plugin, Selection, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { Observable } from '../../window/observable.ts'
import { type BlockRange, rangeOf, selectedRange, withItemsBelow } from '../block-range.ts'
import { moveTo } from '../move-blocks.ts'

/** CSS pixels from the top left of the page's column. */
export interface HandlePlace {
  readonly element: HTMLElement
  readonly top: number
  /** Of the block's first line. */
  readonly height: number
}

/** Where dragged blocks would go: between two blocks. */
interface DropPlace {
  readonly index: number
  readonly top: number
}

/** CSS pixels from the border of what is seen within which dragging scrolls, and how far at once. */
const SCROLL_EDGE = 48
const SCROLL_STEP = 16

export class BlockHandle {
  /** Null while there is no handle to show. */
  readonly place = new Observable<HandlePlace | null>(null)
  readonly menuOpen = new Observable(false)
  /** Where the line of the drop is drawn, in CSS pixels from the top of the column; null while nothing is dragged. */
  readonly drop = new Observable<number | null>(null)
  #view: EditorView | null = null
  #dragged: BlockRange | null = null
  #target: DropPlace | null = null

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        const around = view.dom.closest<HTMLElement>('.scroller') ?? view.dom.parentElement ?? view.dom
        const follow = (event: PointerEvent) => this.#follow(view, event)
        const hide = () => this.#hide()
        around.addEventListener('pointermove', follow)
        around.addEventListener('pointerleave', hide)
        return {
          update: (_view, before) => {
            if (before.doc !== view.state.doc) this.#stay(view)
          },
          destroy: () => {
            around.removeEventListener('pointermove', follow)
            around.removeEventListener('pointerleave', hide)
          },
        }
      },
      props: {
        handleKeyDown: () => {
          this.#hide()
          return false
        },
      },
    })
  }

  /** Opens the menu of the block with the caret. */
  openAtCaret(): void {
    const view = this.#view
    const range = view === null || !view.editable ? null : selectedRange(view.state)
    const dom = view === null || range === null ? null : view.nodeDOM(range.from)
    if (view === null || !(dom instanceof HTMLElement)) return
    this.place.set(placeOf(view, dom))
    this.menuOpen.set(true)
  }

  /** Runs a command on the handle's block, or on all selected ones when it is among them. */
  run(command: Command): void {
    const view = this.#view
    const index = this.#index()
    if (view === null || index === null || !view.editable) return
    const selected = selectedRange(view.state)
    if (selected === null || index < selected.first || index > selected.last) {
      const { from } = rangeOf(view.state.doc, index, index)
      view.dispatch(view.state.tr.setSelection(selectionIn(view.state.doc, from)))
    }
    command(view.state, view.dispatch, view)
    view.focus()
  }

  /** Begins to drag; answers whether there is something to drag. */
  beginDrag(): boolean {
    const view = this.#view
    const index = this.#index()
    if (view === null || index === null || !view.editable) return false
    const { doc } = view.state
    const selected = selectedRange(view.state)
    const among = selected !== null && index >= selected.first && index <= selected.last
    this.#dragged = withItemsBelow(doc, among ? selected : rangeOf(doc, index, index))
    return true
  }

  drag(y: number): void {
    const view = this.#view
    if (view === null || this.#dragged === null) return
    scrollAt(view, y)
    this.#target = dropPlace(view, y)
    this.drop.set(this.#target?.top ?? null)
  }

  /** Drops what is dragged where the line is, or leaves it where it was. */
  endDrag(drops: boolean): void {
    const { state, dispatch } = this.#view ?? {}
    const [dragged, target] = [this.#dragged, this.#target]
    this.#dragged = null
    this.#target = null
    this.drop.set(null)
    if (!drops || dragged === null || target === null || state === undefined) return
    const { doc } = state
    const at = target.index < doc.childCount ? rangeOf(doc, target.index, target.index).from : doc.content.size
    const tr = moveTo(state, dragged, at)
    if (tr.docChanged) dispatch?.call(this.#view, tr)
    this.#hide()
  }

  #follow(view: EditorView, event: PointerEvent): void {
    if (this.#dragged !== null || this.menuOpen.get() || event.buttons > 0) return
    if (event.target instanceof Element && event.target.closest('.block-handle') !== null) return
    const element = view.editable ? blockUnder(view, event.clientY) : null
    if (element !== this.place.get()?.element) this.place.set(element === null ? null : placeOf(view, element))
  }

  #hide(): void {
    if (this.#dragged === null && !this.menuOpen.get()) this.place.set(null)
  }

  /** Something on the page has changed: the block may stand elsewhere, or be gone. */
  #stay(view: EditorView): void {
    const place = this.place.get()
    if (place === null) return
    if (this.#dragged !== null) this.endDrag(false)
    if (!view.dom.contains(place.element)) {
      this.menuOpen.set(false)
      this.place.set(null)
    } else this.place.set(placeOf(view, place.element))
  }

  /** Which child of the document the handle belongs to. */
  #index(): number | null {
    const element = this.place.get()?.element
    const view = this.#view
    if (view === null || element === undefined || !view.dom.contains(element)) return null
    const index = view.state.doc.resolve(view.posAtDOM(element, 0)).index(0)
    return index < view.state.doc.childCount ? index : null
  }
}

function selectionIn(doc: ProseMirrorNode, from: number): Selection {
  const node = doc.nodeAt(from)
  if (node?.isTextblock === true && !NodeSelection.isSelectable(node)) return TextSelection.create(doc, from + 1)
  return node !== null && NodeSelection.isSelectable(node)
    ? NodeSelection.create(doc, from)
    : Selection.near(doc.resolve(from), 1)
}

function placeOf(view: EditorView, element: HTMLElement): HandlePlace {
  const column = (view.dom.closest('.page') ?? view.dom).getBoundingClientRect()
  const box = element.getBoundingClientRect()
  const style = getComputedStyle(element)
  const padding = Number.parseFloat(style.paddingBlockStart) || 0
  const line = Number.parseFloat(style.lineHeight) || box.height
  return { element, top: box.top - column.top + padding, height: Math.min(line, box.height) }
}

/** The block at a height of the window, in the column or beside it. */
function blockUnder(view: EditorView, y: number): HTMLElement | null {
  const blocks = drawnBlocks(view)
  let low = 0
  let high = blocks.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((blocks[middle]?.getBoundingClientRect().top ?? 0) <= y) low = middle
    else high = middle - 1
  }
  const block = blocks[low]
  if (block === undefined) return null
  const { top, bottom } = block.getBoundingClientRect()
  return y >= top && y <= bottom ? block : null
}

function drawnBlocks(view: EditorView): HTMLElement[] {
  const blocks = view.dom.querySelectorAll<HTMLElement>(
    ':scope > :not(.ProseMirror-widget, .ProseMirror-gapcursor, br)',
  )
  return [...blocks].filter(({ offsetHeight }) => offsetHeight > 0)
}

function dropPlace(view: EditorView, y: number): DropPlace | null {
  const blocks = drawnBlocks(view)
  const column = (view.dom.closest('.page') ?? view.dom).getBoundingClientRect()
  const next = blocks.find((block) => {
    const { top, bottom } = block.getBoundingClientRect()
    return y < (top + bottom) / 2
  })
  const before = blocks[next === undefined ? blocks.length - 1 : blocks.indexOf(next) - 1]
  const edge = next ?? before
  if (edge === undefined) return null
  const index = view.state.doc.resolve(view.posAtDOM(edge, 0)).index(0)
  const low = before?.getBoundingClientRect().bottom
  const high = next?.getBoundingClientRect().top
  const top = low === undefined ? (high ?? 0) : high === undefined ? low : (low + high) / 2
  return { index: next === undefined ? index + 1 : index, top: top - column.top }
}

function scrollAt(view: EditorView, y: number): void {
  const scroller = view.dom.closest('.scroller')
  if (scroller === null) return
  const { top, bottom } = scroller.getBoundingClientRect()
  if (y < top + SCROLL_EDGE) scroller.scrollTop -= SCROLL_STEP
  else if (y > bottom - SCROLL_EDGE) scroller.scrollTop += SCROLL_STEP
}
