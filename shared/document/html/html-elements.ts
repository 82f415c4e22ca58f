/** A page as a plain tree of elements and words, whoever parsed it, and the questions one asks of it. */

export interface Text {
  text: string
  parent: Element | null
}

export interface Element {
  /** In lower case. */
  tagName: string
  readonly attributes: Record<string, string>
  childNodes: Node[]
  parent: Element | null
}

export type Node = Element | Text

/** Elements deeper than this say nothing of their own: what is in them counts for what is around them. */
const MOST_LEVELS = 200

export function isElement(node: Node | undefined): node is Element {
  return node !== undefined && 'tagName' in node
}

export function element(tagName: string, attributes: Record<string, string> = {}, children: Node[] = []): Element {
  const made: Element = { tagName, attributes, childNodes: [], parent: null }
  setChildren(made, children)
  return made
}

export function setChildren(parent: Element, children: Node[]): void {
  parent.childNodes = children
  for (const child of children) child.parent = parent
}

/** Builds a tree by opening and closing elements in the order of the page; no tree of its making is too deep to walk. */
export class TreeBuilder {
  readonly root: Element = element('html')
  readonly #open: Element[] = [this.root]
  #deeper = 0

  open(tagName: string, attributes: Record<string, string>): void {
    if (this.#open.length > MOST_LEVELS) {
      this.#deeper += 1
      return
    }
    const made: Element = { tagName, attributes, childNodes: [], parent: this.#parent() }
    this.#parent().childNodes.push(made)
    this.#open.push(made)
  }

  close(): void {
    if (this.#deeper > 0) this.#deeper -= 1
    else if (this.#open.length > 1) this.#open.pop()
  }

  text(text: string): void {
    this.#parent().childNodes.push({ text, parent: this.#parent() })
  }

  #parent(): Element {
    return this.#open.at(-1) ?? this.root
  }
}

export function attribute(of: Element | undefined, name: string): string | null {
  return of !== undefined && Object.hasOwn(of.attributes, name) ? (of.attributes[name] ?? null) : null
}

/** Whether an element has a class. */
export function hasClass(of: Element, name: string | RegExp): boolean {
  const names = (attribute(of, 'class') ?? '').split(/\s+/)
  return names.some((each) => (typeof name === 'string' ? each === name : name.test(each)))
}

/** The rows of a table, not those of tables inside it. */
export function rowsOf(table: Element): Element[] {
  return table.childNodes.flatMap((child) => {
    if (!isElement(child)) return []
    if (child.tagName === 'tr') return [child]
    return ['thead', 'tbody', 'tfoot'].includes(child.tagName) ? rowsOf(child) : []
  })
}

export function cellsOf(row: Element | undefined): Element[] {
  return row?.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'td' || tagName === 'th') ?? []
}

/** Elements whose content is not part of what the page says. */
export const SILENT = new Set(
  'script style template noscript iframe object embed svg math select textarea button canvas audio video head'.split(
    ' ',
  ),
)
/** Elements that stand as a block of their own and say no more than that. */
export const BOXES = new Set(
  'address article body caption center dd details dialog div dl fieldset figcaption footer form header hgroup html main nav p summary td th tr'.split(
    ' ',
  ),
)

/** Elements that hold blocks or lines of their own. */
export function isBox(node: Node | undefined): boolean {
  return (
    isElement(node) && (BOXES.has(node.tagName) || /^(h[1-6]|ul|ol|table|pre|blockquote|hr|figure)$/.test(node.tagName))
  )
}

const CONTAINERS = new Set(
  'html body article section aside ul ol blockquote figure table thead tbody tfoot tr'.split(' '),
)

export function isBetweenBlocks(node: Node): boolean {
  return CONTAINERS.has(node.parent?.tagName ?? 'html')
}

/** All elements among nodes and below them, in the order of the page. */
export function descendants(nodes: readonly Node[]): Element[] {
  const found: Element[] = []
  const visit = (node: Node): void => {
    if (!isElement(node)) return
    found.push(node)
    for (const child of node.childNodes) visit(child)
  }
  for (const node of nodes) visit(node)
  return found
}

export function textOf(node: Node): string {
  if (!isElement(node)) return node.text
  if (node.tagName === 'br') return '\n'
  return node.childNodes.map(textOf).join('')
}
