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
import { blockKind, headingLevel } from './block-kinds.ts'
import { safeHref } from './safe-href.ts'

/** Names our own files to the import, which then keeps every space as it stands. */
export const HTML_GENERATOR = 'Sheaf'
export const ALIGNMENTS: readonly unknown[] = ['left', 'center', 'right', 'justify']

const STYLE = `
body { max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; font: 1.125rem/1.6 Georgia, "Times New Roman", serif; color: #1c1b19; background: #fff; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 .6em; }
h1 { margin-top: 0; }
h1, h2, h3, h4, p, li, pre { white-space: pre-wrap; overflow-wrap: break-word; }
ul, ol, blockquote { white-space: normal; }
p:empty::before { content: "\\200b"; }
blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid #c9c5bd; }
pre { padding: .75em 1em; background: #f4f2ee; font: .875em/1.5 ui-monospace, Menlo, Consolas, monospace; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; }
hr { border: 0; margin: 2em 0; text-align: center; }
hr::before { content: "* * *"; letter-spacing: .5em; }
li.task, li.deeper { list-style: none; }
li.task > input { margin: 0 .5em 0 -1.4em; }
@media (prefers-color-scheme: dark) { body { color: #e8e6e1; background: #1b1a18; } pre { background: #26241f; } a { color: #9ec1ff; } }
@media print { body { margin: 0; max-width: none; } }
`.trim()

/** `lang` is the language of the text, as a BCP 47 tag; `und` says that nobody said. */
export function shapeToHtml(document: DocumentShape, lang = 'und'): { html: string; losses: string[] } {
  const losses = new Losses()
  const shape = normalShape(document)
  const title = shape.title === '' ? '' : `<h1>${escape(shape.title)}</h1>\n`
  const html = [
    '<!doctype html>',
    `<html lang="${escape(lang)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${HTML_GENERATOR}">`,
    `<title>${escape(shape.title === '' ? 'Untitled' : shape.title)}</title>`,
    `<style>\n${STYLE}\n</style>`,
    '</head>',
    '<body>',
    `<article>\n${title}${flow(blockTree(shape.content), losses)}\n</article>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
  return { html, losses: losses.toList() }
}

function flow(trees: readonly Tree[], losses: Losses, between = '\n'): string {
  const pieces: string[] = []
  let quotes: string[] = []
  const endQuotes = (): void => {
    if (quotes.length > 0) pieces.push(`<blockquote>\n${quotes.join('\n')}\n</blockquote>`)
    quotes = []
  }
  for (const tree of trees) {
    if (!isList(tree) && tree.node === 'block' && blockKind(tree.attributes['kind']) === 'quote') {
      quotes.push(element('p', tree, losses))
      continue
    }
    endQuotes()
    pieces.push(isList(tree) ? list(tree, losses) : block(tree, losses))
  }
  endQuotes()
  return pieces.join(between)
}

function list(tree: ListTree, losses: Losses): string {
  const tag = tree.list === 'ordered' ? 'ol' : 'ul'
  const items = tree.items.map(({ block: node, children }) => {
    // No line feeds between the parts of an item: white space in items is shown.
    const inside = children.length === 0 ? '' : flow(children, losses, '')
    if (node === null) return `<li class="deeper">${inside}</li>`
    const task = blockKind(node.attributes['kind']) === 'task'
    const box = `<input type="checkbox" disabled${node.attributes['checked'] === true ? ' checked' : ''}>`
    // The words of an empty item with something under it need an element of their own, to be told from no words.
    const words = inline(node, losses)
    const own = words === '' && inside !== '' ? '<p></p>' : words
    return `<li${task ? ' class="task"' : ''}${attributes(node, losses)}>${task ? box : ''}${own}${inside}</li>`
  })
  return `<${tag}>\n${items.join('\n')}\n</${tag}>`
}

function block(node: NodeShape, losses: Losses): string {
  if (node.node === 'divider') return '<hr>'
  if (node.node !== 'block') {
    losses.note('a block of an unknown kind, written as its words')
    return `<p>${escape(nodeText(node)).replace(/\n/g, '<br>')}</p>`
  }
  const kind = blockKind(node.attributes['kind'])
  switch (kind) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return element(`h${Math.min(headingLevel(kind) + 1, 6)}`, node, losses)
    case 'code':
      return code(node, losses)
    case 'paragraph':
    case 'quote':
    case 'callout':
    case 'math':
    case 'bullet':
    case 'ordered':
    case 'task':
      return element('p', node, losses)
  }
}

function element(tag: string, node: NodeShape, losses: Losses): string {
  return `<${tag}${attributes(node, losses)}>${inline(node, losses)}</${tag}>`
}

function code(node: NodeShape, losses: Losses): string {
  const words = node.content.map((part) => (isText(part) ? part.text : '\n')).join('')
  if (node.content.some((part) => isText(part) && Object.keys(part.marks).length > 0)) {
    losses.note('formatting inside code')
  }
  const { lang } = node.attributes
  const name = typeof lang === 'string' && lang !== '' ? ` data-lang="${escape(lang)}"` : ''
  // A first line feed directly after the tag would be dropped by whoever reads it.
  return `<pre${name}>\n${escape(words)}</pre>`
}

function attributes(node: NodeShape, losses: Losses): string {
  let text = ''
  for (const [name, value] of Object.entries(node.attributes)) {
    if (name === 'align' && ALIGNMENTS.includes(value)) text += ` style="text-align: ${String(value)}"`
    else if (name === 'lang' && typeof value === 'string') text += ` lang="${escape(value)}"`
    else if (!['kind', 'depth', 'checked'].includes(name)) losses.note('an unknown property of a block')
  }
  return text
}

function inline(node: NodeShape, losses: Losses): string {
  for (const part of node.content) {
    if (!isText(part)) continue
    for (const name of Object.keys(part.marks)) if (!(name in TAGS)) losses.note('unknown formatting')
  }
  return spans(markTree(node.content), losses)
}

const TAGS: Readonly<Record<string, string>> = { bold: 'strong', italic: 'em', strike: 's', code: 'code', link: 'a' }

function spans(trees: readonly MarkTree[], losses: Losses): string {
  return trees
    .map((tree) => {
      switch (tree.kind) {
        case 'text':
          return tree.code ? `<code>${escape(tree.text)}</code>` : escape(tree.text)
        case 'node':
          if (tree.node.node === 'hard_break') return '<br>'
          losses.note('an unknown thing in a line, written as its words')
          return escape(nodeText(tree.node))
        case 'mark':
          return span(tree.mark, tree.attributes, spans(tree.children, losses), losses)
      }
    })
    .join('')
}

function span(mark: string, marked: Attributes, inner: string, losses: Losses): string {
  if (mark !== 'link') return `<${TAGS[mark]}>${inner}</${TAGS[mark]}>`
  const href = marked['href']
  if (typeof href !== 'string' || safeHref(href) === null) {
    losses.note('a link with an address that can not be followed')
    return inner
  }
  const title = typeof marked['title'] === 'string' ? ` title="${escape(marked['title'])}"` : ''
  return `<a href="${escape(href)}"${title} rel="noopener noreferrer">${inner}</a>`
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
