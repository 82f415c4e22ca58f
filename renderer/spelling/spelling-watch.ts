/**
 * Checks the spelling of what one sees of a page, and marks what is wrong.
 *
 * Only blocks in sight are looked at, after a pause; a key costs the one block it was typed in. The word one is writing is
 * left alone until the caret leaves it. Nothing here ever changes the document.
 */
import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { ySyncPluginKey } from 'y-prosemirror'
import type { DocumentId } from '../../shared/ids.ts'
import type { SpellingView } from '../../shared/ipc/contract.ts'
import { rangeOf as rangeOfBlocks } from '../editor/block-range.ts'
import { changedBlocks } from '../editor/windowing/changed-blocks.ts'
import { isOwnStep } from '../editor/binding/own-step.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { locale } from '../strings/t.ts'
import { Observable } from '../window/observable.ts'
import { blocksInSight } from './blocks-in-sight.ts'
import { dictionaryFor } from './choose-dictionary.ts'
import { SpellingInk } from './spelling-ink.ts'
import { WordJudge } from './word-judge.ts'
import { type WrittenWord, writtenWords } from './written-words.ts'

/** Milliseconds after the last change, or of scrolling, until the page is looked at. */
const PAUSE = 250
/** Blocks whose words are asked about at once on the way to the next wrong one. */
const AHEAD = 100

export interface SpellingFacts {
  /** Whether the person wants words to be checked. */
  readonly enabled: boolean
  /** The dictionaries there are; null until that is known. */
  readonly view: SpellingView | null
}

/** A wrong word on the page, by positions in the document. */
export interface Misspelling {
  readonly from: number
  readonly to: number
  /** As it stands there. */
  readonly text: string
  readonly word: string
}

/** What a document is checked with. */
export interface SpellingState {
  /** What the document says it is written in, or null. */
  readonly language: string | null
  /** The dictionary it is checked with, or null. */
  readonly dictionary: string | null
}

/** How many times this person typed: a plugin's own count, as a view can't tell who changed what. */
const writtenKey = new PluginKey<number>('written')
/** Words left alone until Sheaf closes, by document. */
const ignoredIn = new Map<DocumentId, Set<string>>()

export class SpellingWatch {
  readonly state = new Observable<SpellingState>({ language: null, dictionary: null })
  readonly #api: SheafApi
  readonly #ignored: Set<string>
  readonly #fail: (error: unknown) => void
  readonly #ink = new SpellingInk()
  #facts: SpellingFacts = { enabled: false, view: null }
  #judge: WordJudge | null = null
  #view: EditorView | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #writing = false
  /** Stands for what is known of words now; another object when that changes. */
  #knowledge = {}

  /** `fail` hears of a dictionary that can't be used. */
  constructor(api: SheafApi, documentId: DocumentId, fail: (error: unknown) => void) {
    this.#api = api
    this.#fail = fail
    this.#ignored = ignoredIn.get(documentId) ?? new Set()
    ignoredIn.set(documentId, this.#ignored)
  }

  plugin(): Plugin {
    return new Plugin<number>({
      key: writtenKey,
      state: {
        init: () => 0,
        apply: (tr, written) => written + (isTyped(tr) ? 1 : 0),
      },
      view: (view) => {
        this.#view = view
        const scroller = view.dom.closest('.scroller')
        const look = () => this.#lookSoon()
        scroller?.addEventListener('scroll', look, { passive: true })
        this.#lookSoon()
        return {
          update: (_view, before) => this.#follow(view, before),
          destroy: () => {
            scroller?.removeEventListener('scroll', look)
            this.#ink.clear()
          },
        }
      },
      props: {
        attributes: (): Record<string, string> => {
          const { language, dictionary } = this.state.get()
          const lang = language ?? dictionary
          // The browser's own checker would mark the same words once more.
          return { spellcheck: 'false', ...(lang === null ? {} : { lang }) }
        },
        handleDOMEvents: {
          blur: (view) => {
            this.#leaveWord(view)
            return false
          },
        },
      },
    })
  }

  /** Follows what the person chose and what dictionaries there are. A view told anew means that words were added. */
  follow(facts: SpellingFacts): void {
    const known = facts.view === this.#facts.view && facts.enabled === this.#facts.enabled
    this.#facts = facts
    if (!known) this.#begin(this.state.get().language)
  }

  /** The document says what it is written in, or nothing. */
  setLanguage(language: string | null): void {
    if (language !== this.state.get().language) this.#begin(language)
  }

  /** The wrong word a position stands in or touches, or null. */
  at({ doc }: EditorState, position: number): Misspelling | null {
    const { node, offset } = doc.childAfter(Math.min(position, Math.max(doc.content.size - 1, 0)))
    const word =
      node === null ? undefined : this.#wrongIn(node).find(({ from, to }) => touches(position - offset, from, to))
    return word === undefined ? null : placed(word, offset)
  }

  /** What a wrong word may have been meant to be. */
  async suggest({ word }: Misspelling): Promise<readonly string[]> {
    const { dictionary } = this.state.get()
    return dictionary === null ? [] : this.#api.call('spelling.suggest', dictionary, word)
  }

  /** Leaves a word alone in this document until Sheaf closes. */
  ignore(word: string): void {
    this.#ignored.add(word)
    this.#redraw()
  }

  /** Selects the next wrong word behind the caret, going round the end. Answers whether there is one. */
  async goToNext(): Promise<boolean> {
    const view = this.#view
    const judge = this.#judge
    if (view === null || judge === null) return false
    const { doc, selection } = view.state
    if (doc.childCount === 0) return false
    const start = Math.min(selection.$to.index(0), doc.childCount - 1)
    for (let step = 0; step <= doc.childCount; step++) {
      const index = (start + step) % doc.childCount
      const node = doc.child(index)
      if (unknownIn([node], judge).length > 0)
        await judge.ask(unknownIn(doc.children.slice(index, index + AHEAD), judge))
      if (view.isDestroyed || judge !== this.#judge) return false
      // Somebody may have changed it meanwhile.
      if (view.state.doc.maybeChild(index) !== node) continue
      const at = rangeOfBlocks(view.state.doc, index, index).from
      const next = this.#wrongIn(node).find(({ from }) => step > 0 || at + from >= selection.to)
      if (next === undefined) continue
      const { from, to } = placed(next, at)
      this.#writing = false
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)).scrollIntoView())
      view.focus()
      return true
    }
    return false
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#view = null
    this.#judge = null
    this.#ink.close()
  }

  #begin(language: string | null): void {
    const { enabled, view } = this.#facts
    const dictionary = view === null ? null : dictionaryFor(language ?? locale(), view.languages)
    this.#judge =
      !enabled || dictionary === null
        ? null
        : new WordJudge((words) => this.#api.call('spelling.check', dictionary, words))
    this.state.set({ language, dictionary })
    if (this.#view !== null && !this.#view.isDestroyed) this.#view.setProps({})
    this.#redraw()
  }

  #follow(view: EditorView, before: EditorState): void {
    const { doc, selection } = view.state
    const typed = writtenKey.getState(view.state) !== writtenKey.getState(before)
    if (typed) this.#writing = true
    else if (
      this.#writing &&
      !selection.eq(before.selection) &&
      !inSameWord(doc, before.selection.head, selection.head)
    )
      this.#leaveWord(view, before.selection.head)
    if (doc !== before.doc) {
      const { from, after } = changedBlocks(before.doc, doc)
      // Many at once are looked at after the pause.
      if (after - from <= 4) this.#draw(view, from, after)
    }
    this.#lookSoon()
  }

  #leaveWord(view: EditorView, head = view.state.selection.head): void {
    if (!this.#writing) return
    this.#writing = false
    const { doc } = view.state
    const { index, node } = doc.childAfter(Math.min(head, Math.max(doc.content.size - 1, 0)))
    if (node !== null) this.#draw(view, index, index + 1)
  }

  #redraw(): void {
    this.#knowledge = {}
    if (this.#judge === null) this.#ink.clear()
    this.#lookSoon(0)
  }

  #lookSoon(pause = PAUSE): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#look()
    }, pause)
  }

  /** Asks about the words in sight that nobody knows yet, and marks those that are wrong. */
  async #look(): Promise<void> {
    const view = this.#view
    const judge = this.#judge
    if (view === null || view.isDestroyed || judge === null) return
    const { from, to } = blocksInSight(view)
    const strange = unknownIn(view.state.doc.children.slice(from, to), judge)
    if (strange.length > 0) {
      try {
        await judge.ask(strange)
      } catch (error) {
        if (judge === this.#judge) {
          this.#judge = null
          this.#ink.clear()
          this.#fail(error)
        }
        return
      }
      if (view.isDestroyed || judge !== this.#judge) return
    }
    const seen = blocksInSight(view)
    this.#ink.keepOnly(new Set(this.#draw(view, seen.from, seen.to)))
    // Others may have come into sight meanwhile, or were being asked about.
    if (unknownIn(view.state.doc.children.slice(seen.from, seen.to), judge).length > 0) this.#lookSoon()
  }

  /** Marks what is known to be wrong in blocks `from` up to `to`. Answers their elements. */
  #draw(view: EditorView, from: number, to: number): globalThis.Node[] {
    const drawn: globalThis.Node[] = []
    if (this.#judge === null) return drawn
    const { doc, selection } = view.state
    const shut = this.#writing && selection.empty ? selection.head : -1
    let position = 0
    for (let index = 0; index < Math.min(to, doc.childCount); index++) {
      const node = doc.child(index)
      const at = position
      position += node.nodeSize
      if (index < from) continue
      const element = view.nodeDOM(at)
      if (element === null) continue
      drawn.push(element)
      const words = this.#wrongIn(node).filter((word) => !touches(shut - at, word.from, word.to))
      const key = [node, this.#knowledge, words.length]
      if (!this.#ink.isDrawn(element, key))
        this.#ink.draw(
          element,
          key,
          words.flatMap((word) => rangeOf(view, placed(word, at))),
        )
    }
    return drawn
  }

  #wrongIn(node: Node): readonly WrittenWord[] {
    const judge = this.#judge
    if (judge === null) return []
    return writtenWords(node).filter(({ word }) => judge.isWrong(word) === true && !this.#ignored.has(word))
  }
}

function isTyped(tr: Transaction): boolean {
  return tr.docChanged && tr.getMeta(ySyncPluginKey) === undefined && !isOwnStep(tr)
}

function unknownIn(nodes: readonly Node[], judge: WordJudge): string[] {
  return nodes.flatMap((node) => writtenWords(node).flatMap(({ word }) => (judge.isWrong(word) === null ? [word] : [])))
}

function touches(position: number, from: number, to: number): boolean {
  return position >= from && position <= to
}

function placed({ from, to, text, word }: WrittenWord, at: number): Misspelling {
  return { from: at + from, to: at + to, text, word }
}

/** Whether two positions touch the same word, or the same place between words. */
function inSameWord(doc: Node, one: number, other: number): boolean {
  const $one = doc.resolve(Math.min(one, doc.content.size))
  const text = $one.parent.textBetween(0, $one.parent.content.size, null, '\uFFFC')
  const before = /[\p{L}\p{M}\p{N}’'\u00AD]*$/u.exec(text.slice(0, $one.parentOffset))?.[0].length ?? 0
  const after = /^[\p{L}\p{M}\p{N}’'\u00AD]*/u.exec(text.slice($one.parentOffset))?.[0].length ?? 0
  return touches(other, one - before, one + after)
}

/** The text of a word as it is drawn; none while it is not. */
function rangeOf(view: EditorView, { from, to }: Misspelling): Range[] {
  const start = view.domAtPos(from, 1)
  const end = view.domAtPos(to, -1)
  const range = view.dom.ownerDocument.createRange()
  range.setStart(start.node, start.offset)
  range.setEnd(end.node, end.offset)
  return range.collapsed ? [] : [range]
}
