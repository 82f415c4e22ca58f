/**
 * A paste of so much HTML that reading it would keep the window still: it is read step by step, the window says how far it is,
 * and until the words are on the page it can be called off. They come in one piece and go with one undo, wherever the caret
 * went meanwhile: they stand where it was.
 */
import type { EditorView } from 'prosemirror-view'
import { bindingOf, relativeCaret, resolveCaret } from '../editor/binding/caret.ts'
import { Observable } from '../window/observable.ts'

/** Characters of HTML from which on a paste is long. */
const LONG = 1_000_000

/** One thing to do, with the part of the whole that is done before it. */
export interface Step {
  readonly done: number
  run(): void | Promise<void>
}

export class LongPaste {
  /** Which part of the paste under way is done, from 0 to 1; null when there is none. */
  readonly progress = new Observable<number | null>(null)
  #under: symbol | null = null

  /** Our own HTML is read at once, however long: its pictures have to be brought along. */
  static isLong(html: string): boolean {
    return html.length >= LONG && !html.includes('data-pm-slice')
  }

  /** Calls off the paste under way. */
  cancel(): void {
    this.#under = null
    this.progress.set(null)
  }

  /** Takes the steps one after the other, and then `put` with the caret where it was. A later paste takes an earlier one's place. */
  start(view: EditorView, steps: readonly Step[], put: () => void): void {
    const under = Symbol('paste')
    const caret = relativeCaret(view.state)
    this.#under = under
    const isOff = () => this.#under !== under || view.isDestroyed || !view.editable
    const run = async () => {
      for (const { done, run } of [...steps, { done: LAST, run: () => undefined }]) {
        if (isOff()) return
        this.progress.set(done)
        await nextPicture()
        if (!isOff()) await run()
      }
      if (isOff()) return
      const { state } = view
      const binding = bindingOf(state)
      const place = caret === null || binding === null ? null : resolveCaret(caret, binding, state.doc)
      if (place !== null) view.dispatch(state.tr.setSelection(place))
      put()
    }
    const end = () => {
      if (this.#under === under) this.cancel()
    }
    run().then(end, (error: unknown) => {
      end()
      throw error
    })
  }
}

/** How much is done when only the page is left to be drawn. */
const LAST = 0.6

/** Resolves when the window has drawn what was set before, or when it draws nothing because nobody sees it. */
function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      setTimeout(resolve)
    })
  })
}
