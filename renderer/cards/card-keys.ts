/** What keys do among the words of a card: leave it at its edges, take it away when it is empty; the rest is the page's. */
import { undoInputRule } from 'prosemirror-inputrules'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { type CardPlace, leaveCardNode, removeCardNode } from './card-node.ts'

export interface CardKeys {
  readonly page: EditorView
  readonly inner: EditorView
  readonly place: CardPlace
}

/** Keys that move in the text, or take something of it away, with Ctrl or Cmd too. */
const IN_TEXT = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Backspace', 'Delete'])

/** Answers whether the key is dealt with; the browser does what is left. */
export function hearInCard(event: KeyboardEvent, card: CardKeys): boolean {
  if (event.isComposing) return false
  const { page, inner } = card
  const { key } = event
  const byPage = () => page.someProp('handleKeyDown', (hear) => hear(page, event)) === true
  const mod = event.ctrlKey || event.metaKey
  const isPicking = page.dom.hasAttribute('aria-controls')
  const isNode = page.state.selection instanceof NodeSelection
  if ((isPicking || (isNode && key === 'Enter')) && byPage()) return true
  if (mod && !event.altKey && key.toLowerCase() === 'a') return selectAll(inner) || byPage()
  if (key === 'Escape' || (key === 'Enter' && !event.shiftKey && !event.altKey)) return finish(card)
  if (key === 'Enter' && !mod && !event.altKey) return breakLine(card)
  if (!mod && !event.altKey) return /^F\d+$/.test(key) ? byPage() : hearPlain(event, card)
  return IN_TEXT.has(key) && !event.altKey ? false : byPage()
}

/** Out of the words, to what follows them; a node without words goes. */
function finish({ page, place }: CardKeys): boolean {
  const { tr } = page.state
  const isEmpty = place.node.content.size === 0
  page.dispatch(isEmpty ? removeCardNode(tr, place.pos) : leaveCardNode(tr, place.pos, 'after'))
  return true
}

/** A line break where there may be one. */
function breakLine({ inner, place }: CardKeys): boolean {
  const { tr, schema } = inner.state
  const type = schema.nodes['hard_break']
  if (type !== undefined && place.node.type.contentMatch.matchType(type) !== null)
    inner.dispatch(tr.replaceSelectionWith(type.create(), false))
  return true
}

function selectAll(inner: EditorView): boolean {
  const { doc, selection, tr } = inner.state
  if (selection.from === 0 && selection.to === doc.content.size) return false
  inner.dispatch(tr.setSelection(TextSelection.create(doc, 0, doc.content.size)))
  return true
}

function hearPlain(event: KeyboardEvent, { page, inner, place }: CardKeys): boolean {
  const { selection, doc } = inner.state
  const { key } = event
  if (key === 'Backspace' && undoInputRule(page.state, page.dispatch)) return true
  if ((key === 'Backspace' || key === 'Delete') && doc.content.size === 0) {
    page.dispatch(removeCardNode(page.state.tr, place.pos))
    return true
  }
  const side = event.shiftKey || !selection.empty ? null : sideBehind(key, inner)
  if (side === null) return false
  page.dispatch(leaveCardNode(page.state.tr, place.pos, side))
  return true
}

/** Where an arrow leads from the edge of the words, or null within them. */
function sideBehind(key: string, inner: EditorView): 'before' | 'after' | null {
  const isRtl = getComputedStyle(inner.dom).direction === 'rtl'
  switch (key) {
    case 'ArrowLeft':
      return inner.endOfTextblock('left') ? (isRtl ? 'after' : 'before') : null
    case 'ArrowRight':
      return inner.endOfTextblock('right') ? (isRtl ? 'before' : 'after') : null
    case 'ArrowUp':
      return inner.endOfTextblock('up') ? 'before' : null
    case 'ArrowDown':
      return inner.endOfTextblock('down') ? 'after' : null
    default:
      return null
  }
}
