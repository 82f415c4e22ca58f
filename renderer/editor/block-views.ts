/** Which blocks draw themselves: tasks have a box, code names its language, formulas are drawn, list items may begin the counting anew. */
import { DOMSerializer, type Node } from 'prosemirror-model'
import type { EditorView, NodeView } from 'prosemirror-view'
import { listStart, MAX_DEPTH } from '../../shared/document/block-kinds.ts'
import { CodeView, isCodeBlock } from '../code/code-view.ts'
import { FormulaBlockView, isFormulaBlock } from '../formulas/formula-block-view.ts'
import { depthOf, isBlock, kindOf } from './blocks.ts'
import { isTask, TaskView } from './lists/task-view.ts'

/** Every other kind is left to the schema (`undefined` means that to ProseMirror, though its types don't say so). */
export function blockView(node: Node, view: EditorView, getPos: () => number | undefined): NodeView {
  if (isTask(node)) return new TaskView(node, view, getPos)
  const start = isBlock(node) && kindOf(node) === 'ordered' ? listStart(node.attrs['start']) : null
  if (start !== null) return startView(node, start)
  if (isFormulaBlock(node)) return new FormulaBlockView(node, view, getPos)
  return (isCodeBlock(node) ? new CodeView(node, view, getPos) : undefined) as NodeView
}

/** An item that the style sheet counts from a number of its own. */
function startView(node: Node, start: number): NodeView {
  const drawn = node.type.spec.toDOM?.(node)
  if (drawn === undefined) throw new Error('Broken invariant: the schema draws blocks')
  const { dom, contentDOM } = DOMSerializer.renderSpec(document, drawn)
  const depth = depthOf(node)
  const below = Array.from({ length: MAX_DEPTH - depth }, (_, each) => `l${depth + 1 + each} 0`)
  if (dom instanceof HTMLElement) dom.style.setProperty('counter-set', [`l${depth} ${start}`, ...below].join(' '))
  return { dom, ...(contentDOM === undefined ? {} : { contentDOM }) }
}
