/**
 * The Markdown export: the title as a first `# ` line, headings of the text from `## ` down, lists nested. An untitled
 * document has no `# ` line at all, so that reading it back never takes a heading for the title.
 */
import type { BlockContent, Heading, List, ListItem, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import { toMarkdown } from 'mdast-util-to-markdown'
import type { Tree } from '../block-tree.ts'
import { blockTree, isList } from '../block-tree.ts'
import type { DocumentShape, NodeShape } from '../document-shape.ts'
import { isText } from '../document-shape.ts'
import type { MarkTree } from '../mark-tree.ts'
import { markTree } from '../mark-tree.ts'
import type { Content } from '../normal-shape.ts'
import { blockKind, headingLevel } from '../block-kinds.ts'
import { BREAK_TAG, EMPTY_BLOCK, PRINT } from './markdown-dialect.ts'
import { markdownForm } from './markdown-form.ts'

const BYTE_ORDER_MARK = '\uFEFF'

/** `losses` has one phrase for each thing the file does not hold. */
export function shapeToMarkdown(document: DocumentShape): { markdown: string; losses: string[] } {
  const { shape, losses } = markdownForm(document)
  const children: RootContent[] = flow(blockTree(shape.content))
  if (shape.title !== '') {
    children.unshift({ type: 'heading', depth: 1, children: [{ type: 'text', value: shape.title }] })
  }
  const root: Root = { type: 'root', children }
  const markdown = toMarkdown(root, PRINT)
  return {
    // A byte order mark at the start of a file would be taken for an encoding.
    markdown: markdown.startsWith(BYTE_ORDER_MARK) ? `&#xFEFF;${markdown.slice(1)}` : markdown,
    losses: losses.toList(),
  }
}

function flow(trees: readonly Tree[]): BlockContent[] {
  const nodes: BlockContent[] = []
  for (const tree of trees) {
    if (isList(tree)) {
      nodes.push(list(tree.list === 'ordered', tree.items.map(item)))
      continue
    }
    if (tree.node !== 'divider' && blockKind(tree.attributes['kind']) === 'quote') {
      const last = nodes.at(-1)
      if (last?.type === 'blockquote') last.children.push(paragraph(tree))
      else nodes.push({ type: 'blockquote', children: [paragraph(tree)] })
    } else nodes.push(block(tree))
  }
  return nodes
}

function list(ordered: boolean, children: ListItem[]): List {
  return { type: 'list', ordered, spread: false, ...(ordered ? { start: 1 } : {}), children }
}

function item(tree: { readonly block: NodeShape | null; readonly children: Tree[] }): ListItem {
  const children = flow(tree.children)
  if (tree.block === null) return { type: 'listItem', spread: false, children }
  const task = blockKind(tree.block.attributes['kind']) === 'task'
  return {
    type: 'listItem',
    spread: false,
    checked: task ? tree.block.attributes['checked'] === true : null,
    children: [paragraph(tree.block), ...children],
  }
}

function block(node: NodeShape): BlockContent {
  if (node.node === 'divider') return { type: 'thematicBreak' }
  const kind = blockKind(node.attributes['kind'])
  switch (kind) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return {
        type: 'heading',
        depth: Math.min(headingLevel(kind) + 1, 6) as Heading['depth'],
        children: phrasing(markTree(node.content), true),
      }
    case 'code': {
      const lang = node.attributes['lang']
      return { type: 'code', value: lines(node.content), lang: typeof lang === 'string' ? lang : null }
    }
    case 'paragraph':
    case 'bullet':
    case 'ordered':
    case 'task':
    case 'quote':
    case 'callout':
    case 'math':
      return paragraph(node)
  }
}

function paragraph(node: NodeShape): Paragraph {
  const children = phrasing(markTree(node.content), false)
  return { type: 'paragraph', children: children.length === 0 ? [{ type: 'html', value: EMPTY_BLOCK }] : children }
}

function lines(content: Content): string {
  return content.map((part) => (isText(part) ? part.text : '\n')).join('')
}

function phrasing(trees: readonly MarkTree[], heading: boolean): PhrasingContent[] {
  return trees.map((tree, index): PhrasingContent => {
    switch (tree.kind) {
      case 'text':
        return tree.code ? { type: 'inlineCode', value: tree.text } : { type: 'text', value: tree.text }
      case 'node':
        // Breaks are never inside a mark, so this is the last thing in the block.
        return heading || index === trees.length - 1 ? { type: 'html', value: BREAK_TAG } : { type: 'break' }
      case 'mark':
        return mark(tree, heading)
    }
  })
}

function mark(tree: Extract<MarkTree, { kind: 'mark' }>, heading: boolean): PhrasingContent {
  const children = phrasing(tree.children, heading)
  switch (tree.mark) {
    case 'bold':
      return { type: 'strong', children }
    case 'italic':
      return { type: 'emphasis', children }
    case 'strike':
      return { type: 'delete', children }
    default: {
      const { href, title } = tree.attributes
      const url = typeof href === 'string' ? href : ''
      const only = tree.children[0]
      if (title === undefined && tree.children.length === 1 && only?.kind === 'text' && only.text === url) {
        if (!only.code && /^https?:\/\/[\x21-\x3B\x3D\x3F-\x7E]+$/.test(url)) return { type: 'html', value: `<${url}>` }
      }
      return {
        type: 'link',
        url,
        title: typeof title === 'string' ? title : null,
        children: children as Extract<PhrasingContent, { type: 'link' }>['children'],
      }
    }
  }
}
