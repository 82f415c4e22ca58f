/** Nodes in a line of text whose words are written in a card beside them: footnotes and formulas. */
import type { Node } from 'prosemirror-model'
import { type EditorState, NodeSelection, TextSelection, type Transaction } from 'prosemirror-state'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'
import { asOwnStep, writeStepwise } from '../editor/binding/own-step.ts'

export const CARD_NODES = ['footnote', 'math'] as const
export type CardNode = (typeof CARD_NODES)[number]

/** The name of such a node's type, or null. */
export function cardNode(node: Node): CardNode | null {
  return CARD_NODES.find((name) => name === node.type.name) ?? null
}

export interface CardPlace {
  readonly name: CardNode
  readonly node: Node
  /** The position before it. */
  readonly pos: number
  /** Whether the selection stands among its words; else the node itself is selected. */
  readonly inside: boolean
}

/** The innermost such node the selection stands in, else the selected one; a formula selected in a note is the note's. */
export function cardPlace({ selection }: EditorState): CardPlace | null {
  const { $from, to } = selection
  for (let depth = $from.sharedDepth(to); depth > 0; depth--) {
    const node = $from.node(depth)
    const name = cardNode(node)
    if (name !== null) return { name, node, pos: $from.before(depth), inside: true }
  }
  const node = selection instanceof NodeSelection ? selection.node : null
  const name = node === null ? null : cardNode(node)
  return node === null || name === null ? null : { name, node, pos: selection.from, inside: false }
}

/** Whether such a node may stand where the selection ends: not in code or TeX. */
export function admitsCardNode({ selection, schema }: EditorState, name: CardNode): boolean {
  const { $from, $to } = selection
  const type = schema.nodes[name]
  const { parent } = $to
  if (!(selection instanceof TextSelection) || type === undefined || !$from.sameParent($to)) return false
  if (isBlock(parent) && isVerbatim(kindOf(parent))) return false
  return parent.inlineContent && parent.canReplaceWith($to.index(), $to.index(), type)
}

/**
 * Puts such a node in place of what stands between two positions, the caret at the end of its words: one step of undo. Yjs is
 * shown the line without those words first, so that it knows the text behind them again (see `insertMention`).
 */
export function insertCardNode(tr: Transaction, from: number, to: number, node: Node): Transaction {
  if (from < to) tr.delete(from, to)
  tr.insert(from, node)
  return writeStepwise(asOwnStep(enterCardNode(tr, from).scrollIntoView()))
}

/** Puts the caret at the end, or the start, of the words of the node at a position. */
export function enterCardNode(tr: Transaction, pos: number, edge: 'start' | 'end' = 'end'): Transaction {
  const size = tr.doc.nodeAt(pos)?.content.size ?? 0
  return tr.setSelection(TextSelection.create(tr.doc, pos + 1 + (edge === 'end' ? size : 0)))
}

/** Puts the caret beside the node at a position. */
export function leaveCardNode(tr: Transaction, pos: number, side: 'before' | 'after'): Transaction {
  const size = tr.doc.nodeAt(pos)?.nodeSize ?? 0
  return tr.setSelection(TextSelection.create(tr.doc, side === 'before' ? pos : pos + size)).scrollIntoView()
}

/** Takes the node at a position away: one step of undo. */
export function removeCardNode(tr: Transaction, pos: number): Transaction {
  const size = tr.doc.nodeAt(pos)?.nodeSize ?? 0
  return asOwnStep(tr.delete(pos, pos + size)).scrollIntoView()
}
