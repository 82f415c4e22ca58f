/**
 * The HTML export: one complete page that needs nothing else and runs nothing. The title is the `h1`, headings of the
 * text come below it, lists nest as lists.
 */
import type { ListTree, Tree } from './block-tree.ts'
import { blockTree, isList } from './block-tree.ts'
import type { Attributes, DocumentShape, NodeShape } from './document-shape.ts'
import { isText } from './document-shape.ts'
import { Losses } from './losses.ts'
import type { MarkTree } from './mark-tree.ts'
import { markTree } from './mark-tree.ts'
import { normalShape } from './normal-shape.ts'
import { nodeText } from './plain-text.ts'
import { alignment, blockKind, calloutTone, direction, headingLevel, isVerbatim, listStart } from './block-kinds.ts'
import { blobHash, columnWidth, imageSide, imageWidth } from './flow-node-specs.ts'
import { mentionLabel } from './inline-node-specs.ts'
import { isDocumentId } from '../ids.ts'
import { mentionAddress } from './mention-address.ts'
import { HIGHLIGHTS, highlightColor } from './mark-specs.ts'
import type { Content } from './normal-shape.ts'
import { safeHref } from './safe-href.ts'

/** Names our own files to the import, which then keeps every space as it stands. */
export const HTML_GENERATOR = 'Sheaf'

const STYLE = `
body { max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; font: 1.125rem/1.6 Georgia, "Times New Roman", serif; color: #1c1b19; background: #fff; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .6em; }
h1 { margin-top: 0; }
h1, h2, h3, h4, h5, h6, p, li, pre, td, th, figcaption { white-space: pre-wrap; overflow-wrap: break-word; }
ul, ol, blockquote, aside { white-space: normal; }
p:empty::before { content: "\\200b"; }
blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid #c9c5bd; }
pre { padding: .75em 1em; background: #f4f2ee; font: .875em/1.5 ui-monospace, Menlo, Consolas, monospace; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; }
hr { border: 0; margin: 2em 0; text-align: center; }
hr::before { content: "* * *"; letter-spacing: .5em; }
li.task, li.deeper { list-style: none; }
li.task > input { margin: 0 .5em 0 -1.4em; }
aside.callout { margin: 1em 0; padding: .25em 1em; border-radius: .4em; background: #eef2f8; border-inline-start: 4px solid #5b7fb5; }
aside.callout::before { content: attr(data-tone); display: block; margin-top: .5em; font: 600 .75em/1.5 system-ui, sans-serif; text-transform: capitalize; }
aside[data-tone=tip] { background: #eaf4ec; border-color: #4c8a5b; }
aside[data-tone=important] { background: #f2eef9; border-color: #7f63b8; }
aside[data-tone=warning] { background: #fbf3e2; border-color: #b98218; }
aside[data-tone=caution] { background: #faeceb; border-color: #b9483f; }
figure { margin: 1.5em 0; text-align: center; }
figure[data-align=start] { text-align: start; }
figure[data-align=end] { text-align: end; }
img { max-width: 100%; }
figcaption { font-size: .85em; color: #6a655c; }
table { border-collapse: collapse; margin: 1.25em 0; }
td, th { border: 1px solid #c9c5bd; padding: .3em .6em; text-align: start; vertical-align: top; }
th { background: #f4f2ee; }
mark.green { background: #cdeccf; } mark.blue { background: #cfe3fb; } mark.pink { background: #fbd3e3; } mark.orange { background: #fde0bd; }
.math { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; }
sup, sub { line-height: 0; }
a[role=doc-noteref] { text-decoration: none; }
.footnotes { margin-top: 3em; border-top: 1px solid #c9c5bd; font-size: .9em; }
@media (prefers-color-scheme: dark) { body { color: #e8e6e1; background: #1b1a18; } pre { background: #26241f; } a { color: #9ec1ff; } aside.callout, th { background: #26241f; } mark { color: #1c1b19; } }
@media print { body { margin: 0; max-width: none; } }
`.trim()

export interface HtmlOptions {
  /** The language of the text when the document does not say, as a BCP 47 tag; `und` says that nobody said. */
  readonly language?: string
  /** Where a picture's bytes are, by its name; null when they are not at hand. */
  readonly pictureSource?: (name: string) => string | null
}

export function shapeToHtml(document: DocumentShape, options: HtmlOptions = {}): { html: string; losses: string[] } {
  const losses = new Losses()
  const shape = normalShape(document)
  const title = shape.title === '' ? '' : `<h1>${escape(shape.title)}</h1>\n`
  const html = [
    '<!doctype html>',
    `<html lang="${escape(shape.language ?? options.language ?? 'und')}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${HTML_GENERATOR}">`,
    `<title>${escape(shape.title === '' ? 'Untitled' : shape.title)}</title>`,
    `<style>\n${STYLE}\n</style>`,
    '</head>',
    '<body>',
    `<article>\n${title}${new HtmlWriter(losses, options.pictureSource ?? (() => null)).article(shape.content)}\n</article>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
  return { html, losses: losses.toList() }
}

class HtmlWriter {
  readonly #losses: Losses
  readonly #pictureSource: (name: string) => string | null
  /** The notes so far, as the words of their list items. */
  readonly #notes: string[] = []

  constructor(losses: Losses, pictureSource: (name: string) => string | null) {
    this.#losses = losses
    this.#pictureSource = pictureSource
  }

  article(content: readonly NodeShape[]): string {
    const flow = this.#flow(blockTree(content))
    if (this.#notes.length === 0) return flow
    const notes = this.#notes.map(
      (words, index) =>
        `<li id="note-${index + 1}">${words}<a href="#ref-${index + 1}" role="doc-backlink">\u21A9\uFE0E</a></li>`,
    )
    return `${flow}\n<section class="footnotes" role="doc-endnotes">\n<ol>\n${notes.join('\n')}\n</ol>\n</section>`
  }

  #flow(trees: readonly Tree[], between = '\n'): string {
    const pieces: string[] = []
    let around: { readonly open: string; readonly close: string } | null = null
    let inside: string[] = []
    const end = (): void => {
      if (around !== null) pieces.push(`${around.open}\n${inside.join('\n')}\n${around.close}`)
      around = null
      inside = []
    }
    for (const tree of trees) {
      const next = isList(tree) ? null : surroundings(tree)
      if (next?.open !== (around as { open: string } | null)?.open) end()
      if (next !== null) {
        around = next
        inside.push(this.#element('p', tree as NodeShape))
      } else pieces.push(isList(tree) ? this.#list(tree) : this.#block(tree))
    }
    end()
    return pieces.join(between)
  }

  #list(tree: ListTree): string {
    const tag = tree.list === 'ordered' ? 'ol' : 'ul'
    const items = tree.items.map(({ block: node, children }) => {
      // No line feeds between the parts of an item: white space in items is shown.
      const inside = children.length === 0 ? '' : this.#flow(children, '')
      if (node === null) return `<li class="deeper">${inside}</li>`
      const task = blockKind(node.attributes['kind']) === 'task'
      const box = `<input type="checkbox" disabled${node.attributes['checked'] === true ? ' checked' : ''}>`
      // The words of an empty item with something under it need an element of their own, to be told from no words.
      const words = this.#inline(node.content)
      const own = words === '' && inside !== '' ? '<p></p>' : words
      return `<li${task ? ' class="task"' : ''}${this.#attributes(node)}>${task ? box : ''}${own}${inside}</li>`
    })
    return `<${tag}>\n${items.join('\n')}\n</${tag}>`
  }

  #block(node: NodeShape): string {
    switch (node.node) {
      case 'divider':
        return '<hr>'
      case 'image':
        return this.#picture(node)
      case 'table':
        return this.#table(node)
      case 'block':
        break
      default:
        this.#losses.note('a block of an unknown kind, written as its words')
        return `<p>${escape(nodeText(node)).replace(/\n/g, '<br>')}</p>`
    }
    const kind = blockKind(node.attributes['kind'])
    if (isVerbatim(kind)) return this.#verbatim(kind, node)
    const level = headingLevel(kind)
    // Below the title there are five levels in HTML; the sixth says so itself.
    if (level === 6) return this.#element('h6', node, ' data-kind="h6"')
    return this.#element(level === 0 ? 'p' : `h${level + 1}`, node)
  }

  #element(tag: string, node: NodeShape, more = ''): string {
    return `<${tag}${more}${this.#attributes(node)}>${this.#inline(node.content)}</${tag}>`
  }

  #verbatim(kind: 'code' | 'math', node: NodeShape): string {
    let words = ''
    for (const part of node.content) {
      if (isText(part)) {
        if (Object.keys(part.marks).length > 0) this.#losses.note('formatting inside code')
        words += part.text
      } else words += part.node === 'hard_break' ? '\n' : nodeText(part)
    }
    const { lang } = node.attributes
    const name = typeof lang === 'string' && lang !== '' ? ` data-lang="${escape(lang)}"` : ''
    // A first line feed directly after the tag would be dropped by whoever reads it.
    return `<pre${kind === 'math' ? ' class="math"' : name}>\n${escape(words)}</pre>`
  }

  #picture({ attributes, content }: NodeShape): string {
    const blob = blobHash(attributes['blob'])
    const source = blob === null ? null : this.#pictureSource(blob)
    const width = imageWidth(attributes['width'])
    const side = imageSide(attributes['align'])
    const facts = [
      blob === null ? '' : ` data-blob="${blob}"`,
      width === null ? '' : ` data-width="${width}"`,
      side === 'center' ? '' : ` data-align="${side}"`,
    ].join('')
    const image = [
      source === null ? '' : ` src="${escape(source)}"`,
      ` alt="${typeof attributes['alt'] === 'string' ? escape(attributes['alt']) : ''}"`,
      width === null ? '' : ` style="width: ${width}%"`,
    ].join('')
    return `<figure${facts}><img${image}><figcaption>${this.#inline(content)}</figcaption></figure>`
  }

  #table({ attributes, content }: NodeShape): string {
    const rows = content.filter((row): row is NodeShape => !isText(row))
    const header = attributes['header'] === true
    const lines = rows.map((row, index) => {
      const tag = header && index === 0 ? 'th' : 'td'
      const cells = row.content.filter((cell): cell is NodeShape => !isText(cell))
      return `<tr>${cells.map((cell) => this.#cell(tag, cell)).join('')}</tr>`
    })
    return `<table${header ? ' class="headed"' : ''}>\n${lines.join('\n')}\n</table>`
  }

  #cell(tag: string, cell: NodeShape): string {
    const align = alignment(cell.attributes['align'])
    const width = columnWidth(cell.attributes['width'])
    const facts = [
      align === null ? '' : ` style="text-align: ${align}"`,
      width === null ? '' : ` data-width="${width}"`,
    ].join('')
    return `<${tag}${facts}>${this.#inline(cell.content)}</${tag}>`
  }

  #attributes(node: NodeShape): string {
    let text = ''
    for (const [name, value] of Object.entries(node.attributes)) {
      if (name === 'align' && alignment(value) !== null) text += ` style="text-align: ${String(value)}"`
      else if (name === 'lang' && typeof value === 'string') text += ` lang="${escape(value)}"`
      else if (name === 'dir' && direction(value) !== null) text += ` dir="${String(value)}"`
      else if (name === 'start' && listStart(value) !== null) text += ` value="${String(value)}"`
      else if (!['kind', 'depth', 'checked', 'tone'].includes(name)) this.#losses.note('an unknown property of a block')
    }
    return text
  }

  #inline(content: Content): string {
    for (const part of content) {
      if (!isText(part)) continue
      for (const name of Object.keys(part.marks)) if (!(name in TAGS)) this.#losses.note('unknown formatting')
    }
    return this.#spans(markTree(content))
  }

  #spans(trees: readonly MarkTree[]): string {
    return trees
      .map((tree) => {
        switch (tree.kind) {
          case 'text':
            return tree.code ? `<code>${escape(tree.text)}</code>` : escape(tree.text)
          case 'node':
            return this.#inlineNode(tree.node)
          case 'mark':
            return this.#span(tree.mark, tree.attributes, this.#spans(tree.children))
        }
      })
      .join('')
  }

  #inlineNode(node: NodeShape): string {
    switch (node.node) {
      case 'hard_break':
        return '<br>'
      case 'footnote': {
        // The note's own place in the list first: it holds no notes itself.
        const number = this.#notes.push('')
        this.#notes[number - 1] = this.#inline(node.content)
        return `<a href="#note-${number}" id="ref-${number}" role="doc-noteref"><sup>${number}</sup></a>`
      }
      case 'math':
        return `<span class="math" role="math">${escape(nodeText(node))}</span>`
      case 'mention': {
        const { document } = node.attributes
        const label = escape(mentionLabel(node.attributes['label']))
        return isDocumentId(document) ? `<a class="mention" href="${mentionAddress(document)}">${label}</a>` : label
      }
      default:
        this.#losses.note('an unknown thing in a line, written as its words')
        return escape(nodeText(node))
    }
  }

  #span(mark: string, marked: Attributes, inner: string): string {
    const tag = TAGS[mark] ?? 'span'
    if (mark === 'highlight') {
      const color = highlightColor(marked['color'])
      return color === HIGHLIGHTS[0] ? `<mark>${inner}</mark>` : `<mark class="${color}">${inner}</mark>`
    }
    if (mark !== 'link') return `<${tag}>${inner}</${tag}>`
    const href = marked['href']
    if (typeof href !== 'string' || safeHref(href) === null) {
      this.#losses.note('a link with an address that can not be followed')
      return inner
    }
    const title = typeof marked['title'] === 'string' ? ` title="${escape(marked['title'])}"` : ''
    return `<a href="${escape(href)}"${title} rel="noopener noreferrer">${inner}</a>`
  }
}

const TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  superscript: 'sup',
  subscript: 'sub',
  highlight: 'mark',
  code: 'code',
  link: 'a',
}

/** What stands around quotations and callouts in a row; null for any other block. */
function surroundings(node: NodeShape): { readonly open: string; readonly close: string } | null {
  const kind = node.node === 'block' ? blockKind(node.attributes['kind']) : null
  if (kind === 'quote') return { open: '<blockquote>', close: '</blockquote>' }
  if (kind !== 'callout') return null
  return { open: `<aside class="callout" data-tone="${calloutTone(node.attributes['tone'])}">`, close: '</aside>' }
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;')
    .replace(/\0/g, '')
}
