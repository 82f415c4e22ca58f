/**
 * What plugins of the page draw on the words of a node that shows none of them, such as found words in a footnote: kept by
 * the node's view, drawn by the card in which those words are written.
 */
import type { DecorationSource } from 'prosemirror-view'

const drawnIn = new WeakMap<Node, DecorationSource>()

export function keepInnerDecorations(dom: Node, decorations: DecorationSource): void {
  drawnIn.set(dom, decorations)
}

/** Positions count from the node's first letter. */
export function innerDecorations(dom: Node | null): DecorationSource | null {
  return dom === null ? null : (drawnIn.get(dom) ?? null)
}
