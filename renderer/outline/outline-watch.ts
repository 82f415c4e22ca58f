/**
 * The headings of a page, and the one whose text is being written or read. It follows the page only while somebody looks,
 * and tells only of changes one would see.
 */
import type { Node } from 'prosemirror-model'
import { Plugin, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { headingLevel } from '../../shared/document/block-kinds.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'
import { Observable } from '../window/observable.ts'

export interface Heading {
  /** 1 to 6. */
  readonly level: number
  readonly text: string
}

interface PlacedHeading extends Heading {
  readonly position: number
}

/** Milliseconds between a change of the page and the outline that follows it. */
const PAUSE = 120

export class OutlineWatch {
  readonly headings = new Observable<readonly Heading[]>([])
  /** The index of the current heading, or -1 above the first. */
  readonly current = new Observable(-1)
  #view: EditorView | null = null
  #watchers = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        const scroller = view.dom.closest('.scroller')
        const onScroll = () => this.#soon()
        scroller?.addEventListener('scroll', onScroll, { passive: true })
        this.#soon()
        return {
          update: (_view, before) => {
            if (view.state.doc !== before.doc || !view.state.selection.eq(before.selection)) this.#soon()
          },
          destroy: () => scroller?.removeEventListener('scroll', onScroll),
        }
      },
    })
  }

  /** Follows the page until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1
    this.#look()
    return () => {
      this.#watchers -= 1
    }
  }

  /** Puts the caret at the start of a heading and shows it near the top. */
  goTo(index: number): void {
    const view = this.#view
    const heading = view === null ? undefined : headingsOf(view.state.doc)[index]
    if (view === null || heading === undefined) return
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, heading.position + 1)))
    const scroller = view.dom.closest('.scroller')
    const element = view.nodeDOM(heading.position)
    if (scroller !== null && element instanceof HTMLElement) {
      const { top, height } = scroller.getBoundingClientRect()
      scroller.scrollTop += element.getBoundingClientRect().top - top - height / 6
    }
    view.focus()
    this.current.set(index)
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#view = null
  }

  #soon(): void {
    if (this.#watchers === 0) return
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#look()
    }, PAUSE)
  }

  #look(): void {
    const view = this.#view
    if (view === null || view.isDestroyed) return
    const headings = headingsOf(view.state.doc)
    if (!sameHeadings(headings, this.headings.get())) this.headings.set(headings)
    this.current.set(currentHeading(view, headings))
  }
}

export function headingsOf(page: Node): readonly PlacedHeading[] {
  const headings: PlacedHeading[] = []
  page.forEach((node, position) => {
    const level = isBlock(node) ? headingLevel(kindOf(node)) : 0
    if (level > 0) headings.push({ level, text: headingWords(node), position })
  })
  return headings
}

/** A note is none of the words it stands behind. */
function headingWords(heading: Node): string {
  return heading.children.map((child) => (child.type.name === 'footnote' ? '' : child.textContent)).join('')
}

function sameHeadings(a: readonly Heading[], b: readonly Heading[]): boolean {
  return (
    a.length === b.length && a.every(({ level, text }, index) => level === b[index]?.level && text === b[index].text)
  )
}

/** The heading over the caret while one sees the caret, else over the upper part of what one sees. */
function currentHeading(view: EditorView, headings: readonly PlacedHeading[]): number {
  const scroller = view.dom.closest('.scroller')
  const { head } = view.state.selection
  const underCaret = headings.findLastIndex(({ position }) => position < head)
  if (scroller === null) return underCaret
  const { top, bottom, height } = scroller.getBoundingClientRect()
  const caret = view.coordsAtPos(head)
  if (caret.bottom > top && caret.top < bottom) return underCaret
  // In a long document only the blocks near the screen have a place on it, so the place is asked for its block.
  const { left, width } = view.dom.getBoundingClientRect()
  const read = view.posAtCoords({ left: left + width / 2, top: top + height / 3 })
  return read === null ? -1 : headings.findLastIndex(({ position }) => position <= read.pos)
}
