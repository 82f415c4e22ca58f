/**
 * Foreign HTML as flat blocks: a row of `<div data-kind data-depth>` with nothing in them but text, breaks and our marks.
 *
 * Nothing of the source is copied but words, link addresses and a few facts (heading level, list depth, bold), so no
 * script, style, image or remote reference can come along; DOMPurify has thrown those away before we look.
 */
import DOMPurify from 'dompurify'
import { type BlockKind, MAX_DEPTH } from '../../shared/document/block-kinds.ts'
import { blobHash } from '../../shared/document/flow-node-specs.ts'
import { mentionedDocument } from '../../shared/document/mention-address.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { isBold } from './parse-dom.ts'

type MarkTag = 'strong' | 'em' | 's' | 'code' | 'a'

interface Inline {
  readonly marks: ReadonlyMap<MarkTag, string>
  readonly preformatted: boolean
}

interface Place {
  readonly kind: BlockKind
  readonly depth: number
}

const HEADINGS: Record<string, BlockKind> = { H1: 'h1', H2: 'h2', H3: 'h3', H4: 'h3', H5: 'h3', H6: 'h3' }
const MARKS: Record<string, MarkTag> = {
  B: 'strong',
  STRONG: 'strong',
  I: 'em',
  EM: 'em',
  S: 's',
  DEL: 's',
  STRIKE: 's',
  CODE: 'code',
  KBD: 'code',
  SAMP: 'code',
  TT: 'code',
}
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM HEADER HTML LEGEND LI MAIN NAV P SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR'.split(
    ' ',
  ),
)

const CELL_SIDES: Record<string, string> = { center: 'center', right: 'end', end: 'end' }

/** Whether a table holds data: web pages and mail use tables of one cell, and tables in tables, to arrange things. */
function isGrid(table: HTMLElement): boolean {
  const cells = table.querySelectorAll('td, th')
  return table instanceof HTMLTableElement && cells.length > 1 && table.querySelector('table, [data-kind]') === null
}

/** Flattens HTML of any origin. The result is safe to parse with `pasteParser`; nothing is fetched on the way. */
export function flattenHtml(html: string): string {
  const source = DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    FORBID_TAGS: [
      'style',
      'img',
      'picture',
      'source',
      'video',
      'audio',
      'svg',
      'math',
      'iframe',
      'object',
      'embed',
      'link',
    ],
    ALLOW_DATA_ATTR: true,
    // What has no scheme, what links may lead to (see `safeHref`), and other documents by their ids.
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|sheaf:[0-9a-f]{64}$|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  })
  const flattener = new Flattener(source.ownerDocument)
  flattener.read(source)
  return flattener.finish(sliceMark(html))
}

/** ProseMirror's note of how a copied piece was cut; it says whether its first and last block are whole. */
function sliceMark(html: string): string | null {
  return /\sdata-pm-slice="(\d+ \d+(?: -\d+)? \[\])"/.exec(html)?.[1] ?? null
}

class Flattener {
  readonly #document: Document
  readonly #out: HTMLElement
  #block: HTMLElement | null = null
  #place: Place = { kind: 'paragraph', depth: 0 }
  #list: { readonly ordered: boolean; readonly depth: number } | null = null
  /** Attributes of the next block only: the facts of one list item. */
  #once: Record<string, string> = {}

  constructor(document: Document) {
    this.#document = document.implementation.createHTMLDocument('')
    this.#out = this.#document.createElement('div')
  }

  read(source: DocumentFragment): void {
    this.#children(source, { marks: new Map(), preformatted: false })
    this.#close()
  }

  finish(slice: string | null): string {
    const first = this.#out.firstElementChild
    if (slice !== null && first !== null) first.setAttribute('data-pm-slice', slice)
    return this.#out.innerHTML
  }

  #children(parent: Node, inline: Inline): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === 3) this.#text(child.nodeValue ?? '', inline)
      else if (child.nodeType === 1) this.#element(child as HTMLElement, inline)
    }
  }

  #element(element: HTMLElement, inline: Inline): void {
    const tag = element.tagName
    const own = element.dataset['kind']
    const heading = HEADINGS[tag]
    const document = tag === 'A' ? mentionedDocument(element.getAttribute('href') ?? '') : null
    if (document !== null) this.#mention(element, document)
    else if (tag === 'FIGURE' && blobHash(element.dataset['blob']) !== null) this.#image(element, inline)
    else if (own !== undefined) this.#ownBlock(element, own as BlockKind, inline)
    else if (heading !== undefined) this.#inPlace({ kind: heading, depth: 0 }, () => this.#children(element, inline))
    else if (tag === 'PRE') this.#inPlace({ kind: 'code', depth: 0 }, () => this.#code(element))
    else if (tag === 'BLOCKQUOTE') this.#inPlace({ kind: 'quote', depth: 0 }, () => this.#children(element, inline))
    else if (tag === 'UL' || tag === 'OL') this.#listOf(element, tag === 'OL', inline)
    else if (tag === 'LI') this.#item(element, inline)
    else if (tag === 'TABLE' && isGrid(element)) this.#table(element as HTMLTableElement, inline)
    else if (tag === 'HR') {
      this.#close()
      this.#out.append(this.#document.createElement('hr'))
    } else if (tag === 'BR') this.#break(inline)
    else if (tag === 'INPUT') this.#checkbox(element)
    else if (BLOCKS.has(tag)) {
      this.#close()
      this.#children(element, withStyle(element, inline))
      this.#close()
    } else this.#children(element, withMarks(element, inline))
  }

  /** A block of ours: copied from a page of Sheaf, or from an export. */
  #ownBlock(element: HTMLElement, kind: BlockKind, inline: Inline): void {
    const { depth = '0', checked, lang } = element.dataset
    this.#inPlace({ kind, depth: Number(depth) }, () => {
      if (checked !== undefined) this.#once['data-checked'] = checked
      if (lang !== undefined) this.#once['data-lang'] = lang
      this.#open()
      this.#children(element, { ...inline, preformatted: true })
    })
  }

  /** A picture of ours with its caption. */
  #image(element: HTMLElement, inline: Inline): void {
    this.#close()
    const figure = this.#document.createElement('figure')
    for (const name of ['blob', 'alt', 'width', 'align']) {
      const value = element.dataset[name]
      if (value !== undefined) figure.dataset[name] = value
    }
    this.#out.append(figure)
    this.#block = figure
    for (const caption of element.querySelectorAll('figcaption')) this.#children(caption, inline)
    this.#close()
  }

  /** A mention of another document, under the words it stands on. */
  #mention(element: HTMLElement, document: string): void {
    const mention = this.#document.createElement('a')
    mention.dataset['mention'] = document
    mention.textContent = (element.textContent ?? '').replace(/\s+/g, ' ').trim()
    this.#open().append(mention)
  }

  /** A table with its cells' words; what stands in several paragraphs of a cell becomes lines. */
  #table(source: HTMLTableElement, inline: Inline): void {
    this.#close()
    const table = this.#out.appendChild(this.#document.createElement('table'))
    const [first] = source.rows
    if (first !== undefined && [...first.cells].every(({ tagName }) => tagName === 'TH'))
      table.dataset['header'] = 'true'
    for (const row of source.rows) {
      const line = table.appendChild(this.#document.createElement('tr'))
      for (const cell of row.cells) this.#cell(cell, line.appendChild(this.#document.createElement('td')), inline)
    }
  }

  #cell(source: HTMLTableCellElement, into: HTMLElement, inline: Inline): void {
    const align = source.dataset['align'] ?? CELL_SIDES[source.style.textAlign || source.align]
    if (align !== undefined) into.dataset['align'] = align
    const { width } = source.dataset
    if (width !== undefined) into.dataset['width'] = width
    const words = new Flattener(this.#document)
    words.#children(source, withStyle(source, inline))
    words.#close()
    for (const [index, block] of [...words.#out.children].entries()) {
      if (index > 0) into.append(this.#document.createElement('br'))
      into.append(...block.childNodes)
    }
    for (let gap = 1; gap < source.colSpan; gap++) into.after(this.#document.createElement('td'))
  }

  #code(element: HTMLElement): void {
    const language = /\blanguage-([\w+#-]+)/.exec(element.firstElementChild?.className ?? '')?.[1]
    if (language !== undefined) this.#once['data-lang'] = language
    this.#open()
    this.#block?.append((element.textContent ?? '').replace(/\r\n?/g, '\n').replace(/\n$/, ''))
  }

  #listOf(element: HTMLElement, ordered: boolean, inline: Inline): void {
    const outer = this.#list
    this.#close()
    this.#list = { ordered, depth: outer === null ? 0 : Math.min(outer.depth + 1, MAX_DEPTH) }
    this.#children(element, inline)
    this.#close()
    this.#list = outer
  }

  #item(element: HTMLElement, inline: Inline): void {
    const list = this.#list ?? { ordered: false, depth: 0 }
    const kind = list.ordered ? 'ordered' : 'bullet'
    this.#inPlace({ kind, depth: list.depth }, () => this.#children(element, inline))
  }

  #checkbox(element: HTMLElement): void {
    if (
      element.getAttribute('type') !== 'checkbox' ||
      (this.#place.kind !== 'bullet' && this.#place.kind !== 'ordered')
    )
      return
    this.#place = { ...this.#place, kind: 'task' }
    this.#once['data-checked'] = String(element.hasAttribute('checked'))
  }

  #inPlace(place: Place, read: () => void): void {
    const outer = this.#place
    this.#close()
    this.#place = place
    read()
    this.#close()
    this.#once = {}
    this.#place = outer
  }

  #text(text: string, inline: Inline): void {
    let words = inline.preformatted ? text : text.replace(/[ \t\r\n\f]+/g, ' ')
    if (!inline.preformatted && (this.#block === null || endsWithSpace(this.#block))) words = words.replace(/^ /, '')
    if (words === '') return
    let node: Node = this.#document.createTextNode(words)
    for (const [tag, href] of inline.marks) {
      const mark = this.#document.createElement(tag)
      if (href !== '') mark.setAttribute('href', href)
      mark.append(node)
      node = mark
    }
    this.#open().append(node)
  }

  #break(inline: Inline): void {
    // A break with nothing before it is the empty line of a web editor.
    if (this.#block !== null || inline.preformatted) this.#open().append(this.#document.createElement('br'))
  }

  #open(): HTMLElement {
    if (this.#block !== null) return this.#block
    const block = this.#document.createElement('div')
    block.dataset['kind'] = this.#place.kind
    if (this.#place.depth > 0) block.dataset['depth'] = String(this.#place.depth)
    for (const [name, value] of Object.entries(this.#once)) block.setAttribute(name, value)
    this.#once = {}
    this.#out.append(block)
    this.#block = block
    return block
  }

  #close(): void {
    const block = this.#block
    this.#block = null
    if (block === null) return
    while (block.lastChild?.nodeName === 'BR') block.lastChild.remove()
    if (block.dataset['kind'] !== 'code') trimEnd(block)
  }
}

function withMarks(element: HTMLElement, inline: Inline): Inline {
  const styled = withStyle(element, inline)
  const marks = new Map(styled.marks)
  const mark = MARKS[element.tagName]
  // Google Docs wraps everything it copies in a bold element that says it isn't bold.
  if (mark !== undefined && !(mark === 'strong' && element.style.fontWeight === 'normal')) marks.set(mark, '')
  const href = element.tagName === 'A' ? safeHref(element.getAttribute('href')) : null
  if (href !== null) marks.set('a', href)
  return { ...styled, marks }
}

function withStyle(element: HTMLElement, inline: Inline): Inline {
  const { fontWeight, fontStyle, textDecoration, textDecorationLine } = element.style
  const marks = new Map(inline.marks)
  if (isBold(fontWeight)) marks.set('strong', '')
  if (fontStyle === 'italic') marks.set('em', '')
  if (/line-through/.test(`${textDecoration} ${textDecorationLine}`)) marks.set('s', '')
  return { marks, preformatted: inline.preformatted || element.style.whiteSpace.startsWith('pre') }
}

function endsWithSpace(block: HTMLElement): boolean {
  const text = block.textContent ?? ''
  return text === '' || text.endsWith(' ') || block.lastChild?.nodeName === 'BR'
}

function trimEnd(block: HTMLElement): void {
  let last: ChildNode | null = block.lastChild
  while (last !== null && last.nodeType === 1) last = last.lastChild
  if (last !== null && last.nodeType === 3) last.nodeValue = (last.nodeValue ?? '').replace(/ $/, '')
}
