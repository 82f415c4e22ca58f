/** Which blocks draw themselves: tasks have a box, code names its language. */
import type { Node } from 'prosemirror-model'
import type { EditorView, NodeView } from 'prosemirror-view'
import { CodeView, isCodeBlock } from '../code/code-view.ts'
import { isTask, TaskView } from './task-view.ts'

/** Every other kind is left to the schema (`undefined` means that to ProseMirror, though its types don't say so). */
export function blockView(node: Node, view: EditorView, getPos: () => number | undefined): NodeView {
  if (isTask(node)) return new TaskView(node, view, getPos)
  return (isCodeBlock(node) ? new CodeView(node, view, getPos) : undefined) as NodeView
}
