/**
 * Blocks of a page of another program, without what only repeats what they are: bold in a heading, a line through what is
 * done, an underline below a link, a number that would be counted anyway.
 */
import { blockDepth, listStart, MAX_DEPTH } from '../block-kinds.ts'
import { type Attributes, isText, type NodeShape, type TextShape } from '../document-shape.ts'
import { type Content, normalContent } from '../normal-shape.ts'

export function settleBlocks(blocks: readonly NodeShape[]): NodeShape[] {
  const numbers = Array.from({ length: MAX_DEPTH + 1 }, () => 0)
  return blocks.map((node) => {
    if (node.node === 'table') {
      numbers.fill(0)
      return settledTable(node)
    }
    const block = node.node === 'block' ? boxed(settledBlock(node)) : node
    const depth = blockDepth(block.attributes['depth'])
    if (block.node !== 'block' || block.attributes['kind'] !== 'ordered') {
      numbers.fill(0, block.node === 'block' ? depth : 0)
      return block
    }
    const next = (numbers[depth] ?? 0) + 1
    const start = listStart(block.attributes['start'])
    numbers[depth] = start ?? next
    numbers.fill(0, depth + 1)
    return start === next ? without(block, 'start') : block
  })
}

function settledBlock(block: NodeShape): NodeShape {
  const kind = typeof block.attributes['kind'] === 'string' ? block.attributes['kind'] : ''
  let content: Content = block.content.map(withoutLinkLines)
  if (/^h[1-6]$|^title$/.test(kind)) content = withoutShared(content, 'bold')
  if (kind === 'task' && block.attributes['checked'] === true) content = withoutShared(content, 'strike')
  return { ...block, content: normalContent(content) }
}

/** A box drawn or written at the start of an item makes it a task. */
function boxed(block: NodeShape): NodeShape {
  const [first, ...rest] = block.content
  const box =
    block.attributes['kind'] === 'bullet' && first !== undefined && isText(first)
      ? /^(?:\[([ xX])\]|([\u2610-\u2612\u2713\u2714]))[\s\u00a0]+/.exec(first.text)
      : null
  if (box === null || first === undefined || !isText(first)) return block
  const checked = (box[1] ?? box[2] ?? ' ') !== ' ' && box[2] !== '\u2610'
  const words = { ...first, text: first.text.slice(box[0].length) }
  return {
    ...block,
    attributes: { ...block.attributes, kind: 'task', ...(checked ? { checked: true } : {}) },
    content: normalContent([words, ...rest]),
  }
}

/** A first row that is bold, and alone in that, names the columns. */
function settledTable(table: NodeShape): NodeShape {
  const rows = table.content.map((row) => (isText(row) ? row : settledRow(row)))
  const [first, second] = rows
  const isNamed = (row: NodeShape | TextShape | undefined): boolean =>
    row !== undefined &&
    !isText(row) &&
    row.content.some((cell) => !isText(cell) && cell.content.length > 0) &&
    row.content.every((cell) => isText(cell) || cell.content.length === 0 || isAll(cell.content, 'bold'))
  const header = table.attributes['header'] === true || (rows.length > 1 && isNamed(first) && !isNamed(second))
  if (!header || first === undefined || isText(first)) return { ...table, content: rows }
  const names = first.content.map((cell) =>
    isText(cell) ? cell : { ...cell, content: normalContent(withoutShared(cell.content, 'bold')) },
  )
  return {
    ...table,
    attributes: { ...table.attributes, header: true },
    content: [{ ...first, content: names }, ...rows.slice(1)],
  }
}

function settledRow(row: NodeShape): NodeShape {
  const cells = row.content.map((cell) =>
    isText(cell) ? cell : { ...cell, content: normalContent(cell.content.map(withoutLinkLines)) },
  )
  return { ...row, content: cells }
}

function withoutLinkLines(part: NodeShape | TextShape): NodeShape | TextShape {
  return isText(part) && 'link' in part.marks && 'underline' in part.marks ? withoutMark(part, 'underline') : part
}

function isAll(content: Content, mark: string): boolean {
  const runs = content.filter(isText).filter(({ text }) => text.trim() !== '')
  return runs.length > 0 && runs.every(({ marks }) => mark in marks)
}

/** The content without a mark that all its words share. */
function withoutShared(content: Content, mark: string): Content {
  return isAll(content, mark) ? content.map((part) => (isText(part) ? withoutMark(part, mark) : part)) : content
}

function withoutMark(part: TextShape, mark: string): TextShape {
  const { [mark]: _, ...marks } = part.marks
  return { text: part.text, marks }
}

function without(block: NodeShape, name: string): NodeShape {
  const { [name]: _, ...attributes }: Attributes = block.attributes
  return { ...block, attributes }
}
