/**
 * Inline content with its marks as nested spans: what Markdown and HTML need to write it. The mark that lasts longest
 * is outermost, so that few spans are cut in two; `code` is always innermost.
 */
import type { Attributes, NodeShape, TextShape } from './document-shape.ts'
import { isText } from './document-shape.ts'
import type { Content } from './normal-shape.ts'
import { equalValues } from './normal-shape.ts'

export type MarkTree =
  | { readonly kind: 'text'; readonly text: string; readonly code: boolean }
  | { readonly kind: 'node'; readonly node: NodeShape }
  | { readonly kind: 'mark'; readonly mark: string; readonly attributes: Attributes; readonly children: MarkTree[] }

/** Marks that become spans, in the order in which equally long ones nest. Other marks are left out. */
const SPANS = ['link', 'highlight', 'underline', 'bold', 'italic', 'strike', 'superscript', 'subscript'] as const

export function markTree(content: Content): MarkTree[] {
  const trees: MarkTree[] = []
  let start = 0
  while (start < content.length) {
    const part = content[start] as NodeShape | TextShape
    if (!isText(part)) {
      trees.push({ kind: 'node', node: part })
      start++
      continue
    }
    const longest = longestMark(content, start)
    if (longest === null) {
      trees.push({ kind: 'text', text: part.text, code: 'code' in part.marks })
      start++
      continue
    }
    const inner = content.slice(start, longest.end).map((run) => (isText(run) ? withoutMark(run, longest.mark) : run))
    trees.push({
      kind: 'mark',
      mark: longest.mark,
      attributes: part.marks[longest.mark] as Attributes,
      children: markTree(inner),
    })
    start = longest.end
  }
  return joinedCode(trees)
}

function longestMark(content: Content, start: number): { mark: string; end: number } | null {
  const first = content[start]
  if (first === undefined || !isText(first)) return null
  let best: { mark: string; end: number } | null = null
  for (const mark of SPANS) {
    const attributes = first.marks[mark]
    if (attributes === undefined) continue
    let end = start + 1
    for (; end < content.length; end++) {
      const run = content[end] as NodeShape | TextShape
      if (!isText(run) || !equalValues(run.marks[mark], attributes)) break
    }
    if (best === null || end > best.end) best = { mark, end }
  }
  return best
}

function withoutMark(run: TextShape, mark: string): TextShape {
  const { [mark]: _, ...marks } = run.marks
  return { text: run.text, marks }
}

/** Two runs that differ only in a mark we leave out would otherwise write two spans of code side by side. */
function joinedCode(trees: MarkTree[]): MarkTree[] {
  const joined: MarkTree[] = []
  for (const tree of trees) {
    const last = joined.at(-1)
    if (tree.kind === 'text' && last?.kind === 'text' && last.code === tree.code) {
      joined[joined.length - 1] = { kind: 'text', text: last.text + tree.text, code: tree.code }
    } else joined.push(tree)
  }
  return joined
}
