/** What the selection is, for the formatting toolbar: a small store that is silent while nothing is selected. */
import { type EditorState, Plugin, TextSelection } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { type BlockKind } from '../../../shared/document/block-kinds.ts'
import { safeHref } from '../../../shared/document/safe-href.ts'
import type { Highlight } from '../../../shared/document/mark-specs.ts'
import type { ToggledMark } from '../../documents/document-state.ts'
import { cardPlace } from '../../cards/card-node.ts'
import { kindOf, selectedBlocks } from '../blocks.ts'
import { linkAt } from './links.ts'
import { highlightAt } from './set-mark.ts'

export interface SelectionFacts {
  readonly from: number
  readonly to: number
  /** The kind of all selected blocks, or null when they differ. */
  readonly kind: BlockKind | null
  /** Whether blocks are selected, which can be turned into others: not so in a cell, a caption, a note. */
  readonly inBlocks: boolean
  readonly marks: ReadonlySet<ToggledMark>
  /** The colour all selected words are marked in, or null. */
  readonly highlight: Highlight | null
  /** The address of the link the selection is in, or null. */
  readonly href: string | null
}

const MARKS: readonly ToggledMark[] = [
  'bold',
  'italic',
  'underline',
  'strike',
  'superscript',
  'subscript',
  'highlight',
  'code',
]

export class SelectionWatch {
  #facts: SelectionFacts | null = null
  #linking = false
  #pressed = false
  #view: EditorView | null = null
  readonly #listeners = new Set<() => void>()

  /** The selection's facts, or null while there is nothing to format. The same object until something changes. */
  readonly facts = (): SelectionFacts | null => this.#facts

  /** Whether the person is giving the selected words an address. */
  readonly linking = (): boolean => this.#linking && this.#facts !== null

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asks for an address, or stops asking. The selected words stay marked while the caret is in the address field. */
  setLinking(linking: boolean): void {
    if (linking === this.#linking) return
    this.#linking = linking
    this.#view?.updateState(this.#view.state)
    this.#tell()
  }

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        return { update: () => this.#look(view) }
      },
      props: {
        decorations: ({ doc, selection: { from, to } }) =>
          this.#linking ? DecorationSet.create(doc, [Decoration.inline(from, to, { class: 'selected' })]) : null,
        handleDOMEvents: {
          // While the pointer draws a selection, a toolbar would run after it.
          mousedown: (view) => {
            this.#pressed = true
            const release = () => {
              this.#pressed = false
              if (!view.isDestroyed) this.#look(view)
            }
            view.dom.ownerDocument.addEventListener('mouseup', release, { once: true })
            return false
          },
          focus: (view) => {
            this.#look(view)
            return false
          },
          blur: (_view, event) => {
            if (event.relatedTarget instanceof Element && event.relatedTarget.closest('.toolbar, .menu') === null)
              this.#hide()
            return false
          },
        },
      },
    })
  }

  #look(view: EditorView): void {
    // Who goes from match to match looks at the words, which a toolbar would cover.
    const finding = view.dom.ownerDocument.activeElement?.closest('[role="search"]') ?? null
    const facts = this.#pressed || finding !== null || !view.editable ? null : selectionFacts(view.state)
    if (facts === null) this.#hide()
    else if (this.#facts === null || !sameFacts(facts, this.#facts)) {
      this.#facts = facts
      this.#tell()
    }
  }

  #hide(): void {
    if (this.#facts === null) return
    this.#facts = null
    this.#linking = false
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

export function selectionFacts(state: EditorState): SelectionFacts | null {
  const { selection } = state
  if (!(selection instanceof TextSelection) || selection.empty) return null
  const { from, to } = selection
  const blocks = cardPlace(state) === null ? selectedBlocks(state) : []
  const kinds = new Set(blocks.map(({ node }) => kindOf(node)))
  const [kind] = kinds
  const marks = MARKS.filter((name) => {
    const type = state.schema.marks[name]
    return type !== undefined && state.doc.rangeHasMark(from, to, type)
  })
  const link = linkAt(state)
  return {
    from,
    to,
    kind: kinds.size === 1 ? (kind ?? null) : null,
    inBlocks: kinds.size > 0,
    marks: new Set(marks),
    highlight: marks.includes('highlight') ? highlightAt(state) : null,
    href: link === null ? null : safeHref(link.mark.attrs['href']),
  }
}

function sameFacts(a: SelectionFacts, b: SelectionFacts): boolean {
  const sameMarks = a.marks.size === b.marks.size && [...a.marks].every((mark) => b.marks.has(mark))
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.kind === b.kind &&
    a.inBlocks === b.inBlocks &&
    a.highlight === b.highlight &&
    a.href === b.href &&
    sameMarks
  )
}
