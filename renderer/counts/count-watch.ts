/** How long the page and what is selected on it are; told when the typing pauses, and counted in small portions. */
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { type ChangedBlocks, changedBlocks } from '../editor/windowing/changed-blocks.ts'
import { Observable } from '../window/observable.ts'
import { type Counts, countsOf, isCounted, minus, NOTHING, pageCounts, plus } from './page-counts.ts'

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
  /** The page that was counted last: the next one differs from it in a few blocks. */
  #counted: { readonly page: Node; readonly counts: Counts } | null = null

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
    const { from, before, after } = this.#counted === null ? wholePage(doc) : changedBlocks(this.#counted.page, doc)
    const fresh = doc.children.slice(from, after)
    const end = performance.now() + PORTION
    for (const node of fresh) {
      if (isCounted(node)) continue
      if (performance.now() > end) {
        this.#after(0)
        return
      }
      countsOf(node)
    }
    const gone = this.#counted === null ? [] : this.#counted.page.children.slice(from, before)
    const counts = minus(plus(this.#counted?.counts ?? NOTHING, pageCounts(fresh)), pageCounts(gone))
    this.#counted = { page: doc, counts }
    const selected = selection.empty ? null : pageCounts(selection.content().content.content)
    const next: PageCounts = { document: counts, selection: selected }
    if (!sameCounts(next, this.counts.get())) this.counts.set(next)
  }
}

function wholePage({ childCount }: Node): ChangedBlocks {
  return { from: 0, before: 0, after: childCount }
}

function sameCounts(a: PageCounts, b: PageCounts | null): boolean {
  return b !== null && same(a.document, b.document) && same(a.selection, b.selection)
}

function same(a: Counts | null, b: Counts | null): boolean {
  if (a === null || b === null) return a === b
  return a.words === b.words && a.characters === b.characters && a.withoutSpaces === b.withoutSpaces
}
