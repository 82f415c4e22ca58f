/**
 * Markdown while typing: `# `, `- `, `1. `, `[ ] `, `> `, three backticks, `---`, **bold**, ==highlight==, `[^1]`, `$x$` and
 * the like. Backspace takes one back.
 */
import { InputRule, inputRules } from 'prosemirror-inputrules'
import type { MarkType, Schema } from 'prosemirror-model'
import { type EditorState, type Plugin, TextSelection, type Transaction } from 'prosemirror-state'
import { type BlockKind, headingKind, isVerbatim } from '../../shared/document/block-kinds.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { formulaRule } from '../formulas/formulas.ts'
import { footnoteRules } from '../notes/footnotes.ts'
import { attrsAs, blockAt, isBlock, isListItem, kindOf, type PlacedBlock } from './blocks.ts'

export function typingRules(schema: Schema): Plugin {
  const { bold, italic, strike, highlight, code, link } = schema.marks
  const rules = [
    blockRule(/^(#{1,6})\s$/, (match) => headingKind(match[1]?.length ?? 1)),
    blockRule(/^[-*+]\s$/, () => 'bullet'),
    blockRule(/^1[.)]\s$/, () => 'ordered'),
    blockRule(/^\[( |x|X)?\]\s$/, () => 'task'),
    blockRule(/^>\s$/, () => 'quote'),
    blockRule(/^```$/, () => 'code'),
    blockRule(/^\$\$$/, () => 'math'),
    new InputRule(/^---$/, divide),
    ...footnoteRules(),
    formulaRule(),
  ]
  if (bold) rules.push(markRule(/(?:^|[^*\w\\])(\*\*)([^*\s](?:[^*]*[^*\s])?)\*\*$/, bold))
  if (italic) {
    rules.push(markRule(/(?:^|[^*\w\\])(\*)([^*\s](?:[^*]*[^*\s])?)\*$/, italic))
    rules.push(markRule(/(?:^|[^_\w\\])(_)([^_\s](?:[^_]*[^_\s])?)_$/, italic))
  }
  if (strike) rules.push(markRule(/(?:^|[^~\\])(~~)([^~\s](?:[^~]*[^~\s])?)~~$/, strike))
  if (highlight) rules.push(markRule(/(?:^|[^=\\])(==)([^=\s](?:[^=]*[^=\s])?)==$/, highlight))
  if (code) rules.push(markRule(/(?:^|[^`\\])(`)([^`]*[^`\s][^`]*)`$/, code))
  if (link) rules.push(linkRule(/\[([^[\]]+)\]\((\S+)\)$/, link))
  return inputRules({ rules })
}

/** A pattern at the start of a block turns it into another kind: a paragraph into anything, a list item into a task. */
function blockRule(pattern: RegExp, kindFor: (match: RegExpMatchArray) => BlockKind): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const block = typedIn(state, start)
    if (block === null) return null
    const kind = kindFor(match)
    const from = kindOf(block.node)
    if (from !== 'paragraph' && !(kind === 'task' && isListItem(block.node))) return null
    const attrs = attrsAs(block.node.attrs, kind)
    const checked = kind === 'task' && match[1]?.toLowerCase() === 'x' ? true : null
    return state.tr.delete(start, end).setNodeMarkup(block.pos, null, { ...attrs, checked })
  })
}

function divide(state: EditorState, _match: RegExpMatchArray, start: number, end: number): Transaction | null {
  const block = typedIn(state, start)
  if (block === null || kindOf(block.node) !== 'paragraph' || block.node.content.size > end - start) return null
  const line = state.schema.node('block')
  const tr = state.tr.replaceWith(block.pos, block.pos + block.node.nodeSize, [state.schema.node('divider'), line])
  return tr.setSelection(TextSelection.create(tr.doc, block.pos + 2))
}

/** The pattern's first group is what stands on both sides, its second the text that gets the mark. */
function markRule(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const [whole, delimiter = '', text = ''] = match
    if (!inProse(state, start) || inCode(state, start, end)) return null
    const from = start + whole.indexOf(delimiter)
    const tr = state.tr
    // The last delimiter is partly typed: what the person is typing now is not in the document yet.
    const textStart = from + delimiter.length
    const textEnd = textStart + text.length
    if (textEnd < end) tr.delete(textEnd, end)
    tr.addMark(textStart, textEnd, type.create())
    tr.delete(from, textStart)
    return tr.removeStoredMark(type)
  })
}

function linkRule(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const [, text = '', address] = match
    const href = safeHref(address)
    if (href === null || !inProse(state, start) || inCode(state, start, end)) return null
    const tr = state.tr
    tr.delete(start + 1 + text.length, end)
    tr.addMark(start + 1, start + 1 + text.length, type.create({ href }))
    tr.delete(start, start + 1)
    return tr.removeStoredMark(type)
  })
}

/** The block at a position when Markdown counts there: not in code or TeX. */
function typedIn(state: EditorState, pos: number): PlacedBlock | null {
  const block = blockAt(state.doc.resolve(pos))
  return block === null || isVerbatim(kindOf(block.node)) ? null : block
}

/** Whether words can be formatted at a position: in text of any kind, a note or a cell too, but not in code or TeX. */
function inProse({ doc }: EditorState, pos: number): boolean {
  const { parent } = doc.resolve(pos)
  return parent.inlineContent && parent.type.spec.code !== true && !(isBlock(parent) && isVerbatim(kindOf(parent)))
}

function inCode(state: EditorState, start: number, end: number): boolean {
  const code = state.schema.marks['code']
  return code !== undefined && state.doc.rangeHasMark(start, end, code)
}
