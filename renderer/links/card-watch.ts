/**
 * The card beside a link or a mention, without its looks: which one it is about. It comes a moment after the pointer
 * rests on one, or the caret goes into one, and goes when they leave, when one types there, and with Escape.
 */
import { type EditorState, NodeSelection, Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { linkAround, linkAt } from '../editor/formatting/links.ts'
import { type MentionFacts, mentionFacts } from '../mentions/mention.ts'
import { Observable } from '../window/observable.ts'

interface Place {
  readonly from: number
  readonly to: number
  /** The position whose line it stands under. */
  readonly at: number
  readonly by: 'pointer' | 'caret'
}

export type CardTarget =
  | (Place & { readonly kind: 'link'; readonly href: unknown; readonly words: string })
  | (Place & { readonly kind: 'mention'; readonly facts: MentionFacts })

/** Milliseconds the pointer rests before the card comes, the caret, and the card stays when the pointer has left. */
const POINTER_RESTS = 350
const CARET_RESTS = 200
const STAYS = 250

export class CardWatch {
  readonly target = new Observable<CardTarget | null>(null)
  #timer: ReturnType<typeof setTimeout> | null = null
  #dismissed: CardTarget | null = null

  plugin(): Plugin {
    return new Plugin({
      view: () => ({ update: (view, before) => this.#follow(view, before), destroy: () => this.close() }),
      props: {
        handleKeyDown: (_view, event) => event.key === 'Escape' && this.dismiss(),
        handleDOMEvents: {
          mouseover: (view, event) => {
            this.#hover(view, event)
            return false
          },
          mouseout: (_view, event) => {
            if (anchorOf(event) !== null) this.letGo()
            return false
          },
          mousedown: () => {
            this.close()
            return false
          },
          blur: (_view, event) => {
            const { relatedTarget } = event
            if (!(relatedTarget instanceof Element && relatedTarget.closest('.page-card') !== null)) this.close()
            return false
          },
        },
      },
    })
  }

  /** The pointer is on the card: it stays. */
  hold(): void {
    this.#cancel()
  }

  /** The pointer left the link or the card: it goes in a moment, if it came with the pointer. */
  letGo(): void {
    this.#cancel()
    if (this.target.get()?.by === 'pointer') this.#in(STAYS, () => this.close())
  }

  /** Takes the card away until the caret has been elsewhere. Answers whether there was one. */
  dismiss(): boolean {
    const target = this.target.get()
    this.#dismissed = target
    this.close()
    return target !== null
  }

  close(): void {
    this.#cancel()
    this.target.set(null)
  }

  #follow(view: EditorView, before: EditorState): void {
    const { doc, selection } = view.state
    const typed = doc !== before.doc
    if (!typed && selection.eq(before.selection)) return
    const next = targetAtCaret(view.state)
    const shown = this.target.get()
    if (!same(next, this.#dismissed)) this.#dismissed = null
    if (next !== null && shown?.by === 'caret' && same(next, shown)) this.target.set(next)
    else if (typed || shown?.by === 'caret') this.close()
    if (next === null || typed || same(next, shown) || same(next, this.#dismissed)) return
    this.#in(CARET_RESTS, () => {
      if (view.isDestroyed || !view.hasFocus()) return
      this.target.set(targetAtCaret(view.state))
    })
  }

  #hover(view: EditorView, event: MouseEvent): void {
    const anchor = anchorOf(event)
    if (anchor === null || event.buttons !== 0) return
    const { clientX: left, clientY: top } = event
    this.#in(POINTER_RESTS, () => {
      if (view.isDestroyed || !anchor.isConnected) return
      const target = targetUnder(view, anchor, { left, top })
      if (target !== null && !same(target, this.target.get())) this.target.set(target)
    })
  }

  #in(milliseconds: number, work: () => void): void {
    this.#cancel()
    this.#timer = setTimeout(work, milliseconds)
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** The link the caret is in, or the selected mention. */
export function targetAtCaret(state: EditorState): CardTarget | null {
  const { selection } = state
  if (selection instanceof NodeSelection) {
    const { node, from, to } = selection
    return node.type.name === 'mention'
      ? { kind: 'mention', facts: mentionFacts(node), from, to, at: from, by: 'caret' }
      : null
  }
  return selection.empty ? linkTarget(state, linkAt(state), selection.from, 'caret') : null
}

function targetUnder(view: EditorView, anchor: Element, point: { left: number; top: number }): CardTarget | null {
  const { state } = view
  const from = view.posAtDOM(anchor, 0)
  const node = anchor.classList.contains('mention') ? state.doc.nodeAt(from) : null
  if (node?.type.name === 'mention') {
    return { kind: 'mention', facts: mentionFacts(node), from, to: from + node.nodeSize, at: from, by: 'pointer' }
  }
  // A link over several lines has its card under the one the pointer is on.
  const at = anchor.getClientRects().length > 1 ? (view.posAtCoords(point)?.pos ?? from) : from
  return linkTarget(state, linkAround(state.doc.resolve(from + 1)), at, 'pointer')
}

function linkTarget(
  { doc }: EditorState,
  link: ReturnType<typeof linkAt>,
  at: number,
  by: Place['by'],
): CardTarget | null {
  if (link === null) return null
  const { from, to, mark } = link
  const words = doc.textBetween(from, to, ' ', ' ')
  return { kind: 'link', href: mark.attrs['href'], words, from, to, at: Math.min(Math.max(at, from), to), by }
}

function anchorOf({ target }: MouseEvent): Element | null {
  return target instanceof Element ? target.closest('.link, .mention') : null
}

/** Whether two cards are about the same thing, wherever it has moved. */
function same(a: CardTarget | null, b: CardTarget | null): boolean {
  if (a === null || b === null) return a === b
  if (a.kind === 'link') return b.kind === 'link' && a.href === b.href && a.words === b.words
  return b.kind === 'mention' && a.facts.documentId === b.facts.documentId && a.facts.label === b.facts.label
}
