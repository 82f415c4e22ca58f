/** A document as lines for people to read and tests to compare: `h1 Title`, `bullet:1 item`, `task+ done`, `p a |<bold>b`. */
import { isText, type NodeShape } from '../../shared/document/document-shape.ts'
import type { Content } from '../../shared/document/normal-shape.ts'

const SAID_OTHERWISE = new Set(['kind', 'depth', 'checked', 'header'])

export function outline(blocks: readonly NodeShape[]): string[] {
  return blocks.flatMap((block) => {
    if (block.node === 'table')
      return ['table', ...rows(block)].with(0, block.attributes['header'] === true ? 'table header' : 'table')
    if (block.node === 'divider') return ['divider']
    const { kind, depth, checked } = block.attributes
    const facts = Object.entries(block.attributes).flatMap(([name, value]) =>
      SAID_OTHERWISE.has(name) ? [] : [`${name}=${String(value)}`],
    )
    const name = block.node === 'block' ? String(kind ?? 'p') : block.node
    const level = depth === undefined ? '' : `:${String(depth)}`
    return [
      `${name}${level}${checked === true ? '+' : ''}${facts.length > 0 ? `(${facts.join(' ')})` : ''} ${line(block.content)}`,
    ]
  })
}

function rows({ content }: NodeShape): string[] {
  return content.map((row) =>
    isText(row)
      ? row.text
      : `  ${row.content.map((cell) => (isText(cell) ? cell.text : line(cell.content))).join(' | ')}`,
  )
}

function line(content: Content): string {
  return content
    .map((part) => {
      if (!isText(part)) return part.content.length === 0 ? `{${part.node}}` : `{${part.node}: ${line(part.content)}}`
      const marks = Object.entries(part.marks).map(([mark, { href }]) =>
        href === undefined ? `<${mark}>` : `<${mark} ${String(href)}>`,
      )
      return marks.join('') + part.text.replaceAll('\n', '⏎')
    })
    .join('|')
}
