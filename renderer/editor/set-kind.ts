/** Commands that turn blocks into blocks of another kind. */
import { type Command, TextSelection, type Transaction } from 'prosemirror-state'
import { type BlockKind, isVerbatim } from '../../shared/document/block-kinds.ts'
import { attrsAs, isListKind, kindOf, type PlacedBlock, selectedBlocks } from './blocks.ts'

/** Turns the selected blocks into `kind`; on an empty page it makes the first block. */
export function setKind(kind: BlockKind): Command {
  return (state, dispatch) => {
    const blocks = selectedBlocks(state)
    if (blocks.length === 0 && state.doc.childCount > 0) return false
    if (dispatch === undefined) return true
    const { tr } = state
    if (blocks.length === 0) {
      tr.insert(0, state.schema.node('block', attrsAs({}, kind)))
      tr.setSelection(TextSelection.create(tr.doc, 1))
    }
    for (const block of blocks) changeKind(tr, block, kind)
    dispatch(tr.scrollIntoView())
    return true
  }
}

/** Turns the selected blocks into `kind`, or back into paragraphs when they all are already. */
export function toggleKind(kind: BlockKind): Command {
  return (state, dispatch) => {
    const blocks = selectedBlocks(state)
    const all = blocks.length > 0 && blocks.every(({ node }) => kindOf(node) === kind)
    return setKind(all ? 'paragraph' : kind)(state, dispatch)
  }
}

/** Adds the change of one block to a transaction that has changed nothing but kinds so far. */
export function changeKind(tr: Transaction, { pos, node }: PlacedBlock, kind: BlockKind): void {
  const start = tr.mapping.map(pos)
  const from = kindOf(node)
  tr.setNodeMarkup(start, null, attrsAs(node.attrs, kind, isListKind(from) ? undefined : 0))
  if (from === kind) return
  if (isVerbatim(kind) === isVerbatim(from)) return
  if (isVerbatim(kind)) breaksToCharacters(tr, start)
  else charactersToBreaks(tr, start)
}

function breaksToCharacters(tr: Transaction, start: number): void {
  const block = tr.doc.nodeAt(start)
  block?.forEach((child, offset) => {
    if (child.type.name !== 'hard_break') return
    const at = start + 1 + offset
    tr.replaceWith(at, at + 1, tr.doc.type.schema.text('\n'))
  })
}

function charactersToBreaks(tr: Transaction, start: number): void {
  const block = tr.doc.nodeAt(start)
  block?.forEach((child, offset) => {
    for (const match of (child.text ?? '').matchAll(/\n/g)) {
      const at = start + 1 + offset + match.index
      tr.replaceWith(at, at + 1, tr.doc.type.schema.node('hard_break'))
    }
  })
}
