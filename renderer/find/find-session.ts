/** Find and replace on one page: what is looked for, the match one is at, going to others and replacing them. */
import { type EditorState, Plugin, TextSelection } from 'prosemirror-state'
import type { DecorationSet, EditorView } from 'prosemirror-view'
import { yUndoPluginKey } from 'y-prosemirror'
import { Observable } from '../window/observable.ts'
import { findPattern, type FindQuery, NO_QUERY } from './find-query.ts'
import { foundDecorations } from './found-decorations.ts'
import { MatchFinder } from './match-finder.ts'
import type { PatternSearch } from './pattern-search.ts'
import { replaceMatch, replaceRound, replacer } from './replacement.ts'
import { revealPosition, shownRange } from './shown-range.ts'

/** The bar at the top of the page. `asked` is a new number each time somebody asks for it. */
export interface FindBarState {
  readonly replacing: boolean
  readonly asked: number
}

export interface FindStatus {
  readonly total: number
  /** The number of the selected match, from 1, or 0. */
  readonly at: number
  /** Why there are none, beside that there are none. */
  readonly problem: MatchFinder['problem']
  readonly remark:
    | { readonly kind: 'from-start' | 'from-end' }
    | { readonly kind: 'replaced'; readonly count: number }
    | null
}

const NOTHING: FindStatus = { total: 0, at: 0, problem: null, remark: null }
/** Milliseconds between a change of the page and the counts that follow it. */
const PAUSE = 60
/** So many matches of one block are replaced each by itself, so that what others write between two of them stays whole. */
const MOST_ROUNDS = 50
/** A longer selection is text to work on, not to look for. */
const LONGEST_SEED = 200

export class FindSession {
  readonly bar = new Observable<FindBarState | null>(null)
  readonly query = new Observable<FindQuery>(NO_QUERY)
  readonly status = new Observable<FindStatus>(NOTHING)
  readonly #matches: MatchFinder
  #view: EditorView | null = null
  #remark: FindStatus['remark'] = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #asked = 0
  /** Matches are not drawn between two changes that nobody sees. */
  #replacing = false
  /** How far the page was scrolled when its matches were drawn. */
  #drawnAt = 0

  constructor(search: PatternSearch) {
    this.#matches = new MatchFinder(search, {
      page: () => this.#view?.state.doc ?? null,
      onFound: () => this.#refresh(),
    })
  }

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        const scroller = view.dom.closest('.scroller')
        const onScroll = () => {
          if (scroller !== null && Math.abs(scroller.scrollTop - this.#drawnAt) > scroller.clientHeight / 2)
            this.#redraw()
        }
        scroller?.addEventListener('scroll', onScroll, { passive: true })
        return {
          update: (_view, before) => {
            if (view.state.doc !== before.doc || !view.state.selection.eq(before.selection)) this.#lookSoon()
          },
          destroy: () => scroller?.removeEventListener('scroll', onScroll),
        }
      },
      props: {
        decorations: (state) => this.#decorations(state),
        handleKeyDown: (_view, event) => {
          if (event.key !== 'Escape' || this.bar.get() === null) return false
          this.close()
          return true
        },
      },
    })
  }

  /** Shows the bar; selected words of one line become what is looked for. */
  ask(replacing: boolean): void {
    const seed = this.#selectedWords()
    if (seed !== '') this.setQuery({ ...this.query.get(), text: seed, regex: false })
    this.#asked += 1
    this.bar.set({ replacing, asked: this.#asked })
    this.#matches.searchOn(true)
    this.#refresh()
  }

  /** Puts the bar away; the caret is where the last match was. */
  close(): void {
    if (this.bar.get() === null) return
    this.#matches.stop()
    this.bar.set(null)
    this.#remark = null
    this.#refresh()
    this.#view?.focus()
  }

  setReplacing(replacing: boolean): void {
    const bar = this.bar.get()
    if (bar !== null) this.bar.set({ ...bar, replacing })
  }

  /** Looks for something else, and goes to the first match from where the selection begins. */
  setQuery(query: FindQuery): void {
    this.query.set(query)
    this.#matches.setPattern(findPattern(query))
    this.#remark = null
    this.#matches.whenSearched(() => this.#goNearest())
    this.#refresh()
  }

  /** Goes to the next match, or with -1 to the one before, round the ends. */
  next(way: 1 | -1 = 1): void {
    this.#matches.whenSearched(() => {
      const view = this.#view
      if (view === null) return
      const places = this.#matches.places(view.state.doc)
      const { from, to } = view.state.selection
      const here = places.numberOf(from, to)
      const number = here !== -1 ? here + way : places.firstFrom(from) - (way === 1 ? 0 : 1)
      const round = (number + places.total) % Math.max(1, places.total)
      const remark = number === round ? null : ({ kind: way === 1 ? 'from-start' : 'from-end' } as const)
      this.#select(round, places.total === 0 ? null : remark)
    })
  }

  /** Replaces the selected match and goes to the next; without a selected match, only goes there. */
  replace(words: string): void {
    const view = this.#view
    const pattern = this.#matches.pattern
    if (view === null || pattern === null || !view.editable) return
    const { from, to } = view.state.selection
    const places = this.#matches.places(view.state.doc)
    const match = places.get(places.numberOf(from, to))
    if (match === null) {
      this.next()
      return
    }
    const { tr } = view.state
    const end = replaceMatch(tr, match, replacer(pattern, words, this.query.get().regex)(match))
    tr.setSelection(TextSelection.create(tr.doc, end))
    this.#asOneUndo(view, () => view.dispatch(tr))
    this.next()
  }

  /** Replaces every match; one undo takes it all back. */
  replaceAll(words: string): void {
    this.#matches.whenSearched(() => {
      const view = this.#view
      const pattern = this.#matches.pattern
      if (view === null || pattern === null || !view.editable) return
      const places = this.#matches.places(view.state.doc)
      if (places.total === 0) return
      const newWords = replacer(pattern, words, this.query.get().regex)
      this.#asOneUndo(view, () => {
        // The binding writes all changes in a block as one stretch, over whatever others wrote between them. So each
        // round takes one match of each block, the last that is left.
        const blocks = [...places.byNode()].map((matches) => ({ matches: [...matches], grown: 0 }))
        while (blocks.some(({ matches }) => matches.length > 0)) {
          view.dispatch(replaceRound(view.state.tr, blocks, newWords, MOST_ROUNDS))
        }
      })
      this.#remark = { kind: 'replaced', count: places.total }
      this.#refresh()
    })
  }

  destroy(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#matches.end()
    this.#view = null
  }

  #asOneUndo(view: EditorView, work: () => void): void {
    const undo = yUndoPluginKey.getState(view.state)?.undoManager
    const pause: number | undefined = undo?.captureTimeout
    undo?.stopCapturing()
    if (undo !== undefined) undo.captureTimeout = Number.POSITIVE_INFINITY
    this.#replacing = true
    try {
      work()
    } finally {
      this.#replacing = false
      if (undo !== undefined && pause !== undefined) undo.captureTimeout = pause
      undo?.stopCapturing()
    }
  }

  #goNearest(): void {
    const view = this.#view
    if (view === null || this.bar.get() === null) return
    const places = this.#matches.places(view.state.doc)
    if (places.total > 0) this.#select(places.firstFrom(view.state.selection.from) % places.total, null)
  }

  #select(number: number, remark: FindStatus['remark']): void {
    const view = this.#view
    const match = view === null ? null : this.#matches.places(view.state.doc).get(number)
    if (view === null || match === null) return
    this.#remark = remark
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, match.from, match.to)))
    revealPosition(view, match.from)
    this.#refresh()
  }

  #selectedWords(): string {
    const selection = this.#view?.state.selection
    if (!(selection instanceof TextSelection) || !selection.$from.sameParent(selection.$to)) return ''
    const { $from, $to } = selection
    const words = $from.parent.textBetween($from.parentOffset, $to.parentOffset, null, '\n')
    return words.length > LONGEST_SEED || words.includes('\n') ? '' : words
  }

  #lookSoon(): void {
    if (this.bar.get() === null) return
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#matches.searchOn()
      this.#look()
    }, PAUSE)
  }

  /** Draws the matches anew and counts them. */
  #refresh(): void {
    this.#redraw()
    this.#look()
  }

  #redraw(): void {
    const view = this.#view
    if (view !== null && !view.isDestroyed) view.setProps({})
  }

  #look(): void {
    const view = this.#view
    if (view === null || view.isDestroyed || this.bar.get() === null) return
    const places = this.#matches.places(view.state.doc)
    const { from, to } = view.state.selection
    const at = places.numberOf(from, to) + 1
    const { problem } = this.#matches
    this.status.set({ total: places.total, at, problem, remark: this.#remark })
  }

  #decorations(state: EditorState): DecorationSet | null {
    const view = this.#view
    if (view === null || this.bar.get() === null || this.#matches.pattern === null || this.#replacing) return null
    this.#drawnAt = view.dom.closest('.scroller')?.scrollTop ?? 0
    return foundDecorations(state, this.#matches.places(state.doc), shownRange(view, state.doc))
  }
}
