/** Questions one asks of a parsed page: what stands in an element, and where. */
import type { DefaultTreeAdapterTypes } from 'parse5'

export type Node = DefaultTreeAdapterTypes.ChildNode
export type Element = DefaultTreeAdapterTypes.Element

export function attribute(element: Element | undefined, name: string): string | null {
  return element?.attrs.find((attr) => attr.name === name)?.value ?? null
}

/** The rows of a table, not those of tables inside it. */
export function rowsOf(element: Element): Element[] {
  return element.childNodes.flatMap((child) => {
    if (!('tagName' in child)) return []
    if (child.tagName === 'tr') return [child]
    return ['thead', 'tbody', 'tfoot'].includes(child.tagName) ? rowsOf(child) : []
  })
}

export function cellsOf(row: Element | undefined): Element[] {
  const cells = row?.childNodes.filter((cell) => cell.nodeName === 'td' || cell.nodeName === 'th') ?? []
  return cells as Element[]
}

const CONTAINERS = new Set(
  'html body article section aside ul ol blockquote figure table thead tbody tfoot tr'.split(' '),
)

export function isBetweenBlocks(node: Node): boolean {
  return CONTAINERS.has(node.parentNode?.nodeName ?? '')
}

export function descendants(nodes: readonly Node[]): Element[] {
  const found: Element[] = []
  for (const node of nodes) {
    if (!('tagName' in node)) continue
    found.push(node, ...descendants(node.childNodes))
  }
  return found
}

export function textOf(node: Node): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value
  if (node.nodeName === 'br') return '\n'
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}
