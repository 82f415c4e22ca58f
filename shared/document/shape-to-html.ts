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
import { EXPORT_STYLE } from './export-style.ts'
import { alignment, blockKind, calloutTone, direction, headingLevel, isVerbatim, listStart } from './block-kinds.ts'
import { blobHash, columnWidth, imageSide, imageWidth } from './flow-node-specs.ts'
import { mentionLabel } from './inline-node-specs.ts'
import { isDocumentId } from '../ids.ts'
import { mentionAddress } from './mention-address.ts'
import { HIGHLIGHTS, highlightColor } from './mark-specs.ts'
import type { Content } from './normal-shape.ts'
import { safeHref } from './safe-href.ts'
import { escapeHtml } from './escape-html.ts'

/** Names our own files to the import, which then keeps every space as it stands. */
export const HTML_GENERATOR = 'Sheaf'

/** Blocks as a piece of a page, for other programs and for ourselves: headings keep their levels, as there is no title. */
export function shapesToHtmlPiece(content: readonly NodeShape[]): string {
  const writer = new HtmlWriter(new Losses(), {}, true)
  return `<meta name="generator" content="${HTML_GENERATOR}">${writer.article(content)}`
}

export interface HtmlOptions {
  /** The language of the text when the document does not say, as a BCP 47 tag; `und` says that nobody said. */
  readonly language?: string
  /** Where a picture's bytes are, by its name; null when they are not at hand. */
  readonly pictureSource?: (name: string) => string | null
  /** Draws a formula as HTML; null when it can't be, and stands as its TeX. */
  readonly drawFormula?: (tex: string, style: 'inline' | 'block') => string | null
}

export function shapeToHtml(document: DocumentShape, options: HtmlOptions = {}): { html: string; losses: string[] } {
  const { title, article, losses } = shapeToArticle(document, options)
  const html = [
    '<!doctype html>',
    `<html lang="${escapeHtml(document.language ?? options.language ?? 'und')}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${HTML_GENERATOR}">`,
    `<title>${title === '' ? 'Untitled' : title}</title>`,
    `<style>\n${EXPORT_STYLE}\n</style>`,
    '</head>',
    '<body>',
    article,
    '</body>',
    '</html>',
    '',
  ].join('\n')
  return { html, losses }
}

/** What stands on such a page, as an `article` without any style sheet, and its title as HTML. */
export function shapeToArticle(
  document: DocumentShape,
  options: HtmlOptions = {},
): { title: string; article: string; losses: string[] } {
  const losses = new Losses()
  const shape = normalShape(document)
  const title = escapeHtml(shape.title)
  const heading = title === '' ? '' : `<h1>${title}</h1>\n`
  const content = new HtmlWriter(losses, options).article(shape.content)
  return { title, article: `<article>\n${heading}${content}\n</article>`, losses: losses.toList() }
}

class HtmlWriter {
  readonly #losses: Losses
  readonly #options: HtmlOptions
  /** There is no title above a piece of a page, and other programs know code by its element. */
  readonly #isPiece: boolean
  /** The notes so far, as the words of their list items. */
  readonly #notes: string[] = []

  constructor(losses: Losses, options: HtmlOptions, isPiece = false) {
    this.#losses = losses
    this.#options = options
    this.#isPiece = isPiece
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
        return `<p>${escapeHtml(nodeText(node)).replace(/\n/g, '<br>')}</p>`
    }
    const kind = blockKind(node.attributes['kind'])
    if (isVerbatim(kind)) return this.#verbatim(kind, node)
    const level = headingLevel(kind)
    // Below the title there are five levels in HTML; the sixth says so itself.
    if (level === 6) return this.#element('h6', node, ' data-kind="h6"')
    return this.#element(level === 0 ? 'p' : `h${this.#isPiece ? level : level + 1}`, node)
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
    const name = typeof lang === 'string' && lang !== '' ? ` data-lang="${escapeHtml(lang)}"` : ''
    // A first line feed directly after the tag would be dropped by whoever reads it.
    if (this.#isPiece && kind === 'code') {
      const language = name === '' ? '' : ` class="language-${escapeHtml(String(lang))}"`
      return `<pre${name}>\n<code${language}>${escapeHtml(words)}</code></pre>`
    }
    if (kind === 'math') {
      const drawn = this.#options.drawFormula?.(words, 'block') ?? null
      if (drawn !== null) return `<div class="math" role="math" aria-label="${escapeHtml(words)}">${drawn}</div>`
    }
    return `<pre${kind === 'math' ? ' class="math"' : name}>\n${escapeHtml(words)}</pre>`
  }

  #picture({ attributes, content }: NodeShape): string {
    const blob = blobHash(attributes['blob'])
    const source = blob === null ? null : (this.#options.pictureSource?.(blob) ?? null)
    // Where nobody asks for bytes none are missed.
    if (source === null && this.#options.pictureSource !== undefined)
      this.#losses.note('a picture that is not there, written as its words')
    const width = imageWidth(attributes['width'])
    const side = imageSide(attributes['align'])
    const facts = [
      blob === null ? '' : ` data-blob="${blob}"`,
      width === null ? '' : ` data-width="${width}"`,
      side === 'center' ? '' : ` data-align="${side}"`,
    ].join('')
    const image = [
      source === null ? '' : ` src="${escapeHtml(source)}"`,
      ` alt="${typeof attributes['alt'] === 'string' ? escapeHtml(attributes['alt']) : ''}"`,
      width === null ? '' : ` style="width: ${width}%"`,
    ].join('')
    return `<figure${facts}><img${image}><figcaption>${this.#inline(content)}</figcaption></figure>`
  }

  #table({ attributes, content }: NodeShape): string {
    const rows = content.filter((row): row is NodeShape => !isText(row))
    const header = attributes['header'] === true
    const lines = rows.map((row, index) => {
      const first = header && index === 0
      const cells = row.content.filter((cell): cell is NodeShape => !isText(cell))
      const line = `<tr>${cells.map((cell) => this.#cell(first ? 'th' : 'td', cell)).join('')}</tr>`
      // On paper it stands on every page the table reaches.
      return first ? `<thead>${line}</thead>` : line
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
      else if (name === 'lang' && typeof value === 'string') text += ` lang="${escapeHtml(value)}"`
      else if (name === 'dir' && direction(value) !== null) text += ` dir="${String(value)}"`
      else if (name === 'start' && listStart(value) !== null) text += ` value="${String(value)}"`
      else if (!['kind', 'depth', 'checked', 'tone'].includes(name)) this.#losses.note('an unknown property of a block')
    }
    return text
  }

  #inline(content: Content): string {
    for (const part of content) {
      if (!isText(part)) continue
      for (const name of Object.keys(part.marks)) if (!TAGS.has(name)) this.#losses.note('unknown formatting')
    }
    return this.#spans(markTree(content))
  }

  #spans(trees: readonly MarkTree[]): string {
    return trees
      .map((tree) => {
        switch (tree.kind) {
          case 'text':
            return tree.code ? `<code>${escapeHtml(tree.text)}</code>` : escapeHtml(tree.text)
          case 'node':
            return this.#inlineNode(tree.node)
          case 'mark':
            return this.#span(tree.mark, tree.attributes, this.#spans(tree.children))
        }
      })
      .join('')
  }

  #formula(tex: string): string {
    const drawn = this.#options.drawFormula?.(tex, 'inline') ?? null
    if (drawn === null) return `<span class="math" role="math">${escapeHtml(tex)}</span>`
    return `<span class="math" role="math" aria-label="${escapeHtml(tex)}">${drawn}</span>`
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
        return this.#formula(nodeText(node))
      case 'mention': {
        const { document } = node.attributes
        const label = escapeHtml(mentionLabel(node.attributes['label']))
        return isDocumentId(document) ? `<a class="mention" href="${mentionAddress(document)}">${label}</a>` : label
      }
      default:
        this.#losses.note('an unknown thing in a line, written as its words')
        return escapeHtml(nodeText(node))
    }
  }

  #span(mark: string, marked: Attributes, inner: string): string {
    const tag = TAGS.get(mark) ?? 'span'
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
    const title = typeof marked['title'] === 'string' ? ` title="${escapeHtml(marked['title'])}"` : ''
    return `<a href="${escapeHtml(href)}"${title} rel="noopener noreferrer">${inner}</a>`
  }
}

const TAGS: ReadonlyMap<string, string> = new Map([
  ['bold', 'strong'],
  ['italic', 'em'],
  ['underline', 'u'],
  ['strike', 's'],
  ['superscript', 'sup'],
  ['subscript', 'sub'],
  ['highlight', 'mark'],
  ['code', 'code'],
  ['link', 'a'],
])

/** What stands around quotations and callouts in a row; null for any other block. */
function surroundings(node: NodeShape): { readonly open: string; readonly close: string } | null {
  const kind = node.node === 'block' ? blockKind(node.attributes['kind']) : null
  if (kind === 'quote') return { open: '<blockquote>', close: '</blockquote>' }
  if (kind !== 'callout') return null
  return { open: `<aside class="callout" data-tone="${calloutTone(node.attributes['tone'])}">`, close: '</aside>' }
}
