/**
 * The menu at the pointer or the caret, without its looks: where it opens and what it is about.
 *
 * A right click puts the caret, or the selection, where the pointer is, unless that is selected already; so everything in
 * the menu is about what is selected, as it is from the keyboard.
 */
import type { ResolvedPos } from 'prosemirror-model'
import { type EditorState, NodeSelection, Plugin, Selection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { asOwnStep } from '../editor/binding/own-step.ts'
import { replaceMatch } from '../find/replacement.ts'
import type { Misspelling, SpellingWatch } from '../spelling/spelling-watch.ts'
import { Observable } from '../window/observable.ts'

export interface PageMenuTarget {
  /** Where it opens, in CSS pixels from the top left of the window. */
  readonly left: number
  readonly top: number
  readonly misspelling: Misspelling | null
}

interface Point {
  readonly left: number
  readonly top: number
}

/** Milliseconds the menu waits for suggestions: what comes later would move what one is about to press. */
const PATIENCE = 250

export class PageMenu {
  /** Null while it is closed. */
  readonly target = new Observable<PageMenuTarget | null>(null)
  /** Of the misspelled word; null while they are looked for. */
  readonly suggestions = new Observable<readonly string[] | null>(null)
  readonly #spelling: SpellingWatch
  readonly #fail: (error: unknown) => void
  #view: EditorView | null = null
  /** Counts openings: an answer to an earlier one says nothing. */
  #opening = 0

  constructor(spelling: SpellingWatch, fail: (error: unknown) => void) {
    this.#spelling = spelling
    this.#fail = fail
  }

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        return {}
      },
      props: {
        handleKeyDown: (view, event) => {
          if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return false
          this.#openAtCaret(view)
          return true
        },
        handleDOMEvents: {
          // Released, ProseMirror would take it for a click and take the keyboard back from the menu.
          mousedown: (_view, event) => event.button === 2,
          contextmenu: (view, event) => {
            // What stands on the page and is no text of it, such as a picture's description, has a menu of its own.
            if (event.target instanceof HTMLInputElement) return false
            event.preventDefault()
            // A key on some systems; there the page has not heard of it yet.
            if (event.button === 0 && !event.ctrlKey) this.#openAtCaret(view)
            else this.#openAt(view, { left: event.clientX, top: event.clientY }, event.target)
            return true
          },
        },
      },
    })
  }

  close(): void {
    this.#opening += 1
    this.target.set(null)
  }

  /** Puts another word in the place of the misspelled one: one step of undo, in the same formatting. */
  replace(misspelling: Misspelling, word: string): void {
    const view = this.#view
    const found = view === null || !view.editable ? null : this.#stillThere(view.state, misspelling)
    if (view === null || found === null) return
    const { tr } = view.state
    const end = replaceMatch(tr, { from: found.from, to: found.to, text: found.text, at: 0 }, word)
    view.dispatch(asOwnStep(tr.setSelection(Selection.near(tr.doc.resolve(end), -1)).scrollIntoView()))
  }

  #openAtCaret(view: EditorView): void {
    if (this.target.get() !== null) return
    this.#open(view, placeOfSelection(view), view.state.selection.from)
  }

  #openAt(view: EditorView, point: Point, target: EventTarget | null): void {
    const position = select(view, point, target)
    this.#open(view, point, position ?? view.state.selection.from)
  }

  #open(view: EditorView, point: Point, position: number): void {
    const opening = ++this.#opening
    const misspelling = view.editable ? this.#spelling.at(view.state, position) : null
    const show = () => {
      if (opening === this.#opening && !view.isDestroyed) this.target.set({ ...point, misspelling })
    }
    this.suggestions.set(null)
    if (misspelling === null) {
      show()
      return
    }
    const late = setTimeout(show, PATIENCE)
    const answer = (words: readonly string[]) => {
      if (opening !== this.#opening) return
      clearTimeout(late)
      this.suggestions.set(words)
      show()
    }
    this.#spelling.suggest(misspelling).then(answer, (error: unknown) => {
      answer([])
      this.#fail(error)
    })
  }

  /** Others may have written meanwhile: the word where it was, or where the caret is now. */
  #stillThere(state: EditorState, misspelling: Misspelling): Misspelling | null {
    return (
      [misspelling.from, state.selection.from]
        .map((position) => this.#spelling.at(state, position))
        .find((word) => word?.text === misspelling.text) ?? null
    )
  }
}

/** Selects what is under the pointer, unless it is selected. Answers its position, or null when nothing is there. */
function select(view: EditorView, point: Point, target: EventTarget | null): number | null {
  view.focus()
  const { state } = view
  const element = target instanceof Element ? target.closest('.mention, .image__picture') : null
  const found = element === null ? view.posAtCoords(point)?.pos : view.posAtDOM(element, 0)
  if (found === undefined) return null
  const $found = state.doc.resolve(Math.min(found, state.doc.content.size))
  if (isSelected(state, $found)) return $found.pos
  view.dispatch(state.tr.setSelection(element === null ? Selection.near($found) : nodeAround($found)))
  return view.state.selection.from
}

/** The picture or mention a position in or before it belongs to. */
function nodeAround($found: ResolvedPos): Selection {
  for (let depth = $found.depth; depth > 0; depth--) {
    if ($found.node(depth).type.name === 'image') return NodeSelection.create($found.doc, $found.before(depth))
  }
  const { nodeAfter } = $found
  return nodeAfter !== null && NodeSelection.isSelectable(nodeAfter) && !nodeAfter.isText
    ? NodeSelection.create($found.doc, $found.pos)
    : Selection.near($found)
}

function isSelected({ selection }: EditorState, { pos }: ResolvedPos): boolean {
  return !selection.empty && selection.ranges.some(({ $from, $to }) => pos >= $from.pos && pos <= $to.pos)
}

function placeOfSelection(view: EditorView): Point {
  const { selection } = view.state
  const node = selection instanceof NodeSelection ? view.nodeDOM(selection.from) : null
  if (node instanceof Element) {
    const { left, bottom } = node.getBoundingClientRect()
    return { left, top: bottom }
  }
  const { left, bottom } = view.coordsAtPos(selection.head)
  return { left, top: bottom }
}
