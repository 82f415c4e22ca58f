/** Commands inside a code block: its language, the indentation of its lines. */
import { type Command, type EditorState, TextSelection } from 'prosemirror-state'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import { isBlock, kindOf, type PlacedBlock } from '../editor/blocks.ts'

/** Names a code block's language; '' is none. */
export function setLanguageAt(pos: number, language: string): Command {
  return (state, dispatch) => {
    const node = state.doc.nodeAt(pos)
    if (!isBlock(node) || kindOf(node) !== 'code') return false
    dispatch?.(state.tr.setNodeMarkup(pos, null, { ...node.attrs, lang: language === '' ? null : language }))
    return true
  }
}

/** The code block or formula the whole selection stands in, or null. */
export function verbatimAt({ selection: { $from, $to } }: EditorState): PlacedBlock | null {
  const { parent } = $from
  if ($from.depth !== 1 || !$from.sameParent($to) || !isBlock(parent) || !isVerbatim(kindOf(parent))) return null
  return { node: parent, pos: $from.before(), index: $from.index(0) }
}

/** Enter: a line break and the indentation of the line the caret is in. */
export const breakLine: Command = (state, dispatch) => {
  const block = verbatimAt(state)
  if (block === null) return false
  const before = textOf(block).slice(0, state.selection.$from.parentOffset)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  dispatch?.(state.tr.insertText(`\n${/^[\t ]*/.exec(line)?.[0] ?? ''}`).scrollIntoView())
  return true
}

/** Tab: an indentation at the caret, or before every selected line. */
export const indentCode: Command = (state, dispatch) => {
  const block = verbatimAt(state)
  if (block === null) return false
  const unit = indentUnit(textOf(block))
  if (state.selection.empty) {
    dispatch?.(state.tr.insertText(unit).scrollIntoView())
    return true
  }
  const { tr } = state
  for (const start of selectedLines(state, block)) tr.insertText(unit, tr.mapping.map(start))
  tr.setSelection(
    TextSelection.create(tr.doc, tr.mapping.map(state.selection.anchor), tr.mapping.map(state.selection.head)),
  )
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Shift-Tab: takes one indentation off every selected line. */
export const outdentCode: Command = (state, dispatch) => {
  const block = verbatimAt(state)
  if (block === null) return false
  const text = textOf(block)
  const { tr } = state
  const width = indentUnit(text) === '\t' ? 4 : indentUnit(text).length
  for (const start of selectedLines(state, block)) {
    const line = text.slice(start - block.pos - 1)
    const length = line.startsWith('\t') ? 1 : (new RegExp(`^ {1,${width}}`).exec(line)?.[0].length ?? 0)
    if (length > 0) tr.delete(tr.mapping.map(start), tr.mapping.map(start) + length)
  }
  if (tr.docChanged) dispatch?.(tr.scrollIntoView())
  return true
}

/** What a level of indentation is in a text: what its least indented line begins with, a tab when none is. */
function indentUnit(text: string): string {
  const spaces = [...text.matchAll(/^( +|\t+)\S/gm)].map(([, indent = '']) => indent)
  if (spaces.length === 0 || spaces.some((indent) => indent.startsWith('\t'))) return '\t'
  return ' '.repeat(Math.min(...spaces.map(({ length }) => length), 8))
}

/** The positions where the selected lines begin. */
function selectedLines({ selection: { from, to } }: EditorState, { pos, node }: PlacedBlock): number[] {
  const text = textOf({ pos, node, index: 0 })
  const [start, end] = [from - pos - 1, to - pos - 1]
  const lines = [text.lastIndexOf('\n', start - 1) + 1]
  for (let at = text.indexOf('\n', start); at !== -1 && at < end - 1; at = text.indexOf('\n', at + 1))
    lines.push(at + 1)
  return lines.map((offset) => pos + 1 + offset)
}

/** The block's text, a character for each position. */
function textOf({ node }: PlacedBlock): string {
  let text = ''
  node.forEach((child) => {
    text += child.text ?? ' '.repeat(child.nodeSize)
  })
  return text
}

/** Moves the keyboard to the language of the code block with the caret. */
export const focusLanguage: Command = (state, dispatch, view) => {
  const block = verbatimAt(state)
  if (block === null || kindOf(block.node) !== 'code') return false
  const dom = view?.nodeDOM(block.pos)
  if (dispatch !== undefined && dom instanceof HTMLElement) dom.querySelector('select')?.focus()
  return true
}
