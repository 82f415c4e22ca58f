/**
 * Focus and typewriter mode of one page: the words around the caret keep their ink, and the line with it stays in the
 * middle. Both are looks only: one decoration, and a place to scroll to.
 */
import { type EditorState, Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import type { FocusMode } from '../../shared/ipc/contract.ts'
import { OBJECT } from '../find/text-parts.ts'

export interface FocusChoice {
  readonly focus: FocusMode
  readonly typewriter: boolean
}

/** Made once: a segmenter costs milliseconds. */
const sentences = new Intl.Segmenter('und', { granularity: 'sentence' })

export class FocusWatch {
  #choice: FocusChoice = { focus: 'off', typewriter: false }
  #leave: () => void = () => {}
  #view: EditorView | null = null

  /** Shows what the person chose; `leave` is called when they press Escape on the page. */
  follow(choice: FocusChoice, leave: () => void): void {
    const { focus, typewriter } = this.#choice
    this.#leave = leave
    if (choice.focus === focus && choice.typewriter === typewriter) return
    this.#choice = choice
    const view = this.#view
    if (view === null || view.isDestroyed) return
    view.setProps({})
    if (choice.typewriter && !typewriter) centre(view)
  }

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        return {}
      },
      props: {
        attributes: (): Record<string, string> => {
          const { focus, typewriter } = this.#choice
          return {
            ...(focus === 'off' ? {} : { 'data-focus': focus }),
            ...(typewriter ? { 'data-typewriter': '' } : {}),
          }
        },
        decorations: (state) => (this.#choice.focus === 'off' ? null : inFocus(state, this.#choice.focus)),
        handleScrollToSelection: (view) => {
          if (this.#choice.typewriter) centre(view)
          return this.#choice.typewriter
        },
        handleKeyDown: (_view, event) => {
          if (event.key !== 'Escape' || this.#choice.focus === 'off') return false
          this.#leave()
          return true
        },
      },
    })
  }
}

/** The blocks the selection touches; of the one with the caret, also the sentence. */
function inFocus({ doc, selection }: EditorState, focus: 'block' | 'sentence'): DecorationSet {
  const { from, to, $head } = selection
  const lit: Decoration[] = []
  doc.nodesBetween(from, to, (node, position, _parent) => {
    lit.push(Decoration.node(position, position + node.nodeSize, { class: 'in-focus' }))
    return false
  })
  if (focus === 'sentence' && $head.parent.isTextblock) {
    const text = $head.parent.textBetween(0, $head.parent.content.size, null, (leaf) => OBJECT.repeat(leaf.nodeSize))
    const [start, end] = sentenceAt(text, $head.parentOffset)
    lit.push(Decoration.inline($head.start() + start, $head.start() + end, { class: 'focus-sentence' }))
  }
  return DecorationSet.create(doc, lit)
}

/** Where the sentence around an offset begins and ends. Behind the last one, it is the last. */
export function sentenceAt(text: string, offset: number): readonly [number, number] {
  let found: readonly [number, number] = [0, text.length]
  for (const { index, segment } of sentences.segment(text)) {
    if (index > 0 && index >= offset && !(index === offset && offset < text.length)) break
    found = [index, index + segment.length]
  }
  return found
}

function centre(view: EditorView): void {
  const scroller = view.dom.closest('.scroller')
  if (scroller === null) return
  const { top, height } = scroller.getBoundingClientRect()
  const line = view.coordsAtPos(view.state.selection.head)
  scroller.scrollTop += (line.top + line.bottom) / 2 - (top + height / 2)
}
