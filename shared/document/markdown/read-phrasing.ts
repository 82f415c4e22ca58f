/** Markdown's inline content as runs of text with marks. */
import type { Definition, Nodes, PhrasingContent, Root } from 'mdast'
import type { Attributes, NodeShape, TextShape } from '../document-shape.ts'
import type { Losses } from '../losses.ts'
import type { Content } from '../normal-shape.ts'
import { normalContent } from '../normal-shape.ts'
import { safeHref } from '../safe-href.ts'

type Marks = Readonly<Record<string, Attributes>>

export interface PhrasingReader {
  readonly source: string
  readonly losses: Losses
  /** Link definitions by their identifier. */
  readonly definitions: ReadonlyMap<string, Definition>
}

export function readPhrasing(children: readonly PhrasingContent[], reader: PhrasingReader): Content {
  const content: (NodeShape | TextShape)[] = []
  for (const child of children) readInto(content, child, {}, reader)
  return normalContent(content)
}

/** All link definitions of a file; the first of a name counts. */
export function definitionsIn(root: Root): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>()
  const visit = (node: { type: string; children?: unknown[] }): void => {
    if (node.type === 'definition') {
      const definition = node as unknown as Definition
      if (!definitions.has(definition.identifier)) definitions.set(definition.identifier, definition)
    }
    for (const child of node.children ?? []) visit(child as { type: string; children?: unknown[] })
  }
  visit(root)
  return definitions
}

/** The Markdown a node was read from. */
export function sourceOf(node: Nodes, reader: PhrasingReader): string {
  return reader.source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}

function readInto(into: (NodeShape | TextShape)[], node: PhrasingContent, marks: Marks, reader: PhrasingReader): void {
  const inside = (children: readonly PhrasingContent[], more: Marks): void => {
    for (const child of children) readInto(into, child, { ...marks, ...more }, reader)
  }
  switch (node.type) {
    case 'text':
      into.push({ text: withoutSoftBreaks(node.value), marks })
      return
    case 'inlineCode':
      into.push({ text: node.value, marks: { ...marks, code: {} } })
      return
    case 'strong':
      inside(node.children, { bold: {} })
      return
    case 'emphasis':
      inside(node.children, { italic: {} })
      return
    case 'delete':
      inside(node.children, { strike: {} })
      return
    case 'break':
      into.push({ node: 'hard_break', attributes: {}, content: [] })
      return
    case 'link':
      inside(node.children, link(node.url, node.title, reader))
      return
    case 'linkReference': {
      const definition = reader.definitions.get(node.identifier)
      inside(node.children, definition === undefined ? {} : link(definition.url, definition.title, reader))
      return
    }
    case 'image':
    case 'imageReference': {
      const url = node.type === 'image' ? node.url : reader.definitions.get(node.identifier)?.url
      reader.losses.note('a picture, kept as a link')
      into.push({ text: node.alt || url || 'picture', marks: { ...marks, ...link(url ?? '', null, reader) } })
      return
    }
    case 'html':
      if (/^<br\s*\/?>$/i.test(node.value)) into.push({ node: 'hard_break', attributes: {}, content: [] })
      else {
        reader.losses.note('HTML inside Markdown, kept as it is written')
        into.push({ text: withoutSoftBreaks(node.value), marks })
      }
      return
    default:
      reader.losses.note('something this version can not read, kept as its Markdown')
      into.push({ text: withoutSoftBreaks(sourceOf(node, reader)), marks })
  }
}

/** A link as a mark; an address with a scheme that is never followed is left out, a relative one stays. */
function link(url: string, title: string | null | undefined, reader: PhrasingReader): Marks {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(url.trim())
  if (url === '' || (hasScheme && safeHref(url) === null)) {
    reader.losses.note('a link with an address that can not be followed')
    return {}
  }
  return { link: typeof title === 'string' && title !== '' ? { href: url, title } : { href: url } }
}

/** A line end inside a paragraph is a space; between characters of scripts without spaces it is nothing. */
function withoutSoftBreaks(text: string): string {
  return text
    .replace(
      /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])(?:\r\n|\r|\n)(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/gu,
      '$1',
    )
    .replace(/\r\n|\r|\n/g, ' ')
}
