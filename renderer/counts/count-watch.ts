/** How long the page and what is selected on it are; told when the typing pauses, and counted in small portions. */
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { Observable } from '../window/observable.ts'
import { type Counts, countsOf, isCounted, pageCounts } from './page-counts.ts'

export interface PageCounts {
  readonly document: Counts
  /** Null while nothing is selected. */
  readonly selection: Counts | null
}

/** Milliseconds after the last change until the page is counted again. */
const PAUSE = 200
/** Milliseconds of counting at a time: a key typed meanwhile still comes into the next picture. */
const PORTION = 6

export class CountWatch {
  /** Null until the page was counted once. */
  readonly counts = new Observable<PageCounts | null>(null)
  #view: EditorView | null = null
  #timer: ReturnType<typeof setTimeout> | null = null

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        this.#after(0)
        return {
          update: (_view, before) => {
            if (view.state.doc !== before.doc || !view.state.selection.eq(before.selection)) this.#after(PAUSE)
          },
        }
      },
    })
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#view = null
  }

  #after(milliseconds: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#count()
    }, milliseconds)
  }

  #count(): void {
    const view = this.#view
    if (view === null || view.isDestroyed) return
    const { doc, selection } = view.state
    const end = performance.now() + PORTION
    for (const node of doc.children) {
      if (isCounted(node)) continue
      if (performance.now() > end) {
        this.#after(0)
        return
      }
      countsOf(node)
    }
    const selected = selection.empty ? null : pageCounts(selection.content().content)
    const next: PageCounts = { document: pageCounts(doc.content), selection: selected }
    if (!sameCounts(next, this.counts.get())) this.counts.set(next)
  }
}

function sameCounts(a: PageCounts, b: PageCounts | null): boolean {
  return b !== null && same(a.document, b.document) && same(a.selection, b.selection)
}

function same(a: Counts | null, b: Counts | null): boolean {
  if (a === null || b === null) return a === b
  return a.words === b.words && a.characters === b.characters && a.withoutSpaces === b.withoutSpaces
}
