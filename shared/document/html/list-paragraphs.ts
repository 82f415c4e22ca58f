/**
 * Lists that are written as paragraphs: Word gives each item a paragraph with a level, Word in the browser gives each
 * item a list of its own. They become lists in lists.
 */
import { MARKER } from './drop-noise.ts'
import { attribute, element, type Element, isElement, type Node, setChildren } from './html-elements.ts'

interface Item {
  readonly level: number
  readonly tag: 'ul' | 'ol'
  readonly item: Element
}

/** Changes the tree below `parent`. */
export function gatherItems(parent: Element): void {
  const children: Node[] = []
  let run: Item[] = []
  const end = (): void => {
    children.push(...nested(run))
    run = []
  }
  for (const child of parent.childNodes) {
    const items = itemsOf(child)
    if (items.length > 0) run.push(...items)
    else if (isElement(child)) {
      end()
      gatherItems(child)
      children.push(child)
    } else if (run.length === 0 || child.text.trim() !== '') {
      end()
      children.push(child)
    }
  }
  end()
  setChildren(parent, children)
}

function itemsOf(node: Node): Item[] {
  if (!isElement(node)) return []
  const level = /mso-list:\s*l\d+\s+level(\d+)/i.exec(attribute(node, 'style') ?? '')?.[1]
  if (level !== undefined && (node.tagName === 'p' || node.tagName === 'div')) return [fromParagraph(node, level)]
  if (node.tagName === 'div') {
    const inside = node.childNodes.filter((child) => isElement(child) || child.text.trim() !== '')
    const lists = inside.map(itemsOf)
    return lists.length > 0 && lists.every((items) => items.length > 0) ? lists.flat() : []
  }
  return node.tagName === 'ul' || node.tagName === 'ol' ? fromList(node, node.tagName) : []
}

function fromParagraph(paragraph: Element, level: string): Item {
  const marker = attribute(paragraph, MARKER) ?? ''
  const number = /^[([]?(?:\d+\.)*(\d+)[.)\]:]*$/.exec(marker)?.[1]
  const isNumbered = number !== undefined || /^[([]?[a-z]{1,5}[.)\]]$/i.test(marker)
  const attributes: Record<string, string> = number === undefined ? {} : { value: number }
  return {
    level: Number(level),
    tag: isNumbered ? 'ol' : 'ul',
    item: element('li', attributes, paragraph.childNodes),
  }
}

/** The items of a list that say their levels themselves, when all do. */
function fromList(list: Element, tag: 'ul' | 'ol'): Item[] {
  const inside = list.childNodes.filter((child) => isElement(child) || child.text.trim() !== '')
  const items = inside.filter(isElement)
  if (items.length !== inside.length || !items.every((item) => attribute(item, 'data-aria-level') !== null)) return []
  for (const item of items) gatherItems(item)
  return items.map((item) => ({ level: Number(attribute(item, 'data-aria-level')) || 1, tag, item }))
}

/** Items in a row as lists in lists. */
function nested(run: readonly Item[]): Element[] {
  const roots: Element[] = []
  const open: { readonly level: number; readonly list: Element }[] = []
  for (const { level, tag, item } of run) {
    while ((open.at(-1)?.level ?? 0) > level) open.pop()
    const last = open.at(-1)
    if (last?.level === level && last.list.tagName === tag) {
      setChildren(last.list, [...last.list.childNodes, item])
      continue
    }
    if (last?.level === level) open.pop()
    const list = element(tag, {}, [item])
    const above = open.at(-1)?.list.childNodes.at(-1)
    if (isElement(above)) setChildren(above, [...above.childNodes, list])
    else roots.push(list)
    open.push({ level, list })
  }
  return roots
}
