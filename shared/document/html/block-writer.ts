/** Collects flat blocks from nested markup: which item a line belongs to, and which spaces count. */
import type { Attributes, NodeShape, TextShape } from '../document-shape.ts'
import { isText } from '../document-shape.ts'
import { withBreaks } from '../markdown/inline-form.ts'
import { type Content, normalContent } from '../normal-shape.ts'
import { MAX_DEPTH } from '../block-kinds.ts'

export type Marks = TextShape['marks']

/** What lines stand in that have no block of their own: the page (null), a quotation, or a callout with its tone. */
export interface Around {
  readonly kind: string | null
  readonly attributes: Attributes
}

interface OpenBlock {
  readonly kind: string | null
  readonly attributes: Attributes
  readonly depth: number
  readonly content: (NodeShape | TextShape)[]
  /** Whether any of its text came with spaces that count. */
  exact: boolean
}

interface OpenItem {
  readonly list: 'bullet' | 'ordered'
  readonly depth: number
  readonly attributes: Attributes
  /** Whether the item has its block already, or is one that only holds deeper items. */
  claimed: boolean
  checked: boolean | null
}

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }

export class BlockWriter {
  readonly blocks: NodeShape[] = []
  readonly #lists: ('bullet' | 'ordered')[] = []
  readonly #items: OpenItem[] = []
  readonly #own: boolean
  #open: OpenBlock | null = null

  /** `own` says that the page is one of ours: every space and every empty block in it is meant. */
  constructor(own: boolean) {
    this.#own = own
  }

  text(value: string, marks: Marks, around: Around, exact: boolean): void {
    if (!exact && this.#open === null && /^\s*$/.test(value) && !value.includes('\u00a0')) return
    if (value === '') return
    const open = this.#current(around)
    open.exact ||= exact
    // Browsers show any white space but the no-break space as one space.
    open.content.push({ text: exact ? value : value.replace(/[ \t\n\r\f]+/g, ' '), marks })
  }

  lineBreak(around: Around): void {
    this.inlineNode(LINE_BREAK, around)
  }

  inlineNode(node: NodeShape, around: Around): void {
    this.#current(around).content.push(node)
  }

  /** A picture or a table: nothing stands around it. */
  flowNode(node: NodeShape): void {
    this.end()
    this.blocks.push(node)
  }

  verbatim(kind: 'code' | 'math', text: string, lang: string | null): void {
    this.end()
    this.#claimEmpty()
    const attributes: Record<string, unknown> = { kind, ...this.#depth(this.#lists.length) }
    if (lang !== null && lang !== '') attributes['lang'] = lang
    // Elsewhere the last line of code ends as all others do.
    const lines = this.#own ? text : text.replace(/\n$/, '')
    const content = normalContent([{ text: lines, marks: {} }])
    this.blocks.push({ node: 'block', attributes, content })
  }

  /** A block element begins. Inside an item the first plain one is the item's own words. */
  enter(kind: string | null, attributes: Attributes): void {
    this.end()
    if (kind !== null) this.#claimEmpty()
    this.#open = this.#start(kind, attributes)
  }

  /** A block element ends. Empty ones count when the page is ours, or when they are paragraphs that say "empty". */
  leave(isParagraph: boolean): void {
    if (this.#open !== null && (this.#own ? isParagraph || this.#open.kind !== null : false)) this.#write(true)
    else this.end()
  }

  /** Closes the block that is open; an empty one was only room for something else. */
  end(): void {
    this.#write(false)
  }

  enterList(list: 'bullet' | 'ordered'): void {
    this.end()
    const item = this.#items.at(-1)
    if (item !== undefined && item.depth === this.#lists.length - 1) item.claimed = true
    this.#lists.push(list)
  }

  leaveList(): void {
    this.end()
    this.#lists.pop()
  }

  enterItem(deeper: boolean, attributes: Attributes): void {
    this.end()
    const list = this.#lists.at(-1) ?? 'bullet'
    const depth = Math.max(this.#lists.length - 1, 0)
    this.#items.push({ list, depth, attributes, claimed: deeper, checked: null })
  }

  leaveItem(): void {
    this.end()
    this.#claimEmpty()
    this.#items.pop()
  }

  checkbox(checked: boolean): void {
    const item = this.#items.at(-1)
    if (item !== undefined && !item.claimed) item.checked = checked
  }

  #current({ kind, attributes }: Around): OpenBlock {
    this.#open ??= this.#start(kind, attributes)
    return this.#open
  }

  #start(kind: string | null, attributes: Attributes): OpenBlock {
    return { kind, attributes, depth: this.#lists.length, content: [], exact: false }
  }

  #claimEmpty(): void {
    const item = this.#items.at(-1)
    if (item === undefined || item.claimed) return
    item.claimed = true
    this.#push(itemAttributes(item, {}), item.depth, [])
  }

  #write(evenEmpty: boolean): void {
    const open = this.#open
    this.#open = null
    if (open === null) return
    const empty = open.content.length === 0 || (!open.exact && isBlank(open.content))
    const content = this.#own || open.exact ? withBreaks(open.content) : trimmed(open.content)
    // Elsewhere a line break or a no-break space alone is how an empty paragraph is written.
    const meant = evenEmpty || (empty && open.content.length > 0 && isMeant(open.content))
    if (empty && !meant) return
    const item = this.#items.at(-1)
    if (item !== undefined && !item.claimed && open.kind === null) {
      item.claimed = true
      this.#push(itemAttributes(item, open.attributes), item.depth, content)
      return
    }
    const kind = open.kind === null ? {} : { kind: open.kind }
    this.#push({ ...kind, ...open.attributes }, open.depth, content)
  }

  #push(attributes: Attributes, depth: number, content: Content): void {
    this.blocks.push({ node: 'block', attributes: { ...attributes, ...this.#depth(depth) }, content })
  }

  #depth(depth: number): Attributes {
    return depth > 0 ? { depth: Math.min(depth, MAX_DEPTH) } : {}
  }
}

function itemAttributes(item: OpenItem, own: Attributes): Attributes {
  const kind = item.checked === null ? item.list : 'task'
  return { kind, ...item.attributes, ...own, ...(item.checked === true ? { checked: true } : {}) }
}

function isBlank(content: Content): boolean {
  return content.every((part) => (isText(part) ? /^\s*$/.test(part.text) : part.node === 'hard_break'))
}

function isMeant(content: Content): boolean {
  return content.some((part) => !isText(part) || part.text.includes('\u00a0'))
}

/** As a browser shows it: no spaces at the ends of lines, one between words, no break at the end of the block. */
function trimmed(content: Content): Content {
  const parts: (NodeShape | TextShape)[] = []
  let spaceBefore = true
  for (const part of content) {
    if (!isText(part)) {
      if (part.node === 'hard_break') trimLast(parts)
      parts.push(part)
      spaceBefore = part.node === 'hard_break'
      continue
    }
    const text: string = spaceBefore ? part.text.replace(/^ +/, '') : part.text
    if (text === '') continue
    parts.push({ text, marks: part.marks })
    spaceBefore = text.endsWith(' ')
  }
  trimLast(parts)
  const last = parts.at(-1)
  if (last !== undefined && !isText(last) && last.node === 'hard_break') parts.pop()
  if (isBlank(parts)) return []
  return normalContent(parts)
}

function trimLast(parts: (NodeShape | TextShape)[]): void {
  const last = parts.at(-1)
  if (last === undefined || !isText(last)) return
  parts.pop()
  const text = last.text.replace(/ +$/, '')
  if (text !== '') parts.push({ text, marks: last.marks })
}
