/** How DOM becomes document: what the browser's own editing leaves on the page. Blocks are elements with `data-kind`. */
import { DOMParser, type ParseRule, type Schema } from 'prosemirror-model'
import { alignment, type BlockKind, blockDepth, blockKind } from '../../shared/document/block-kinds.ts'
import { blobHash, columnWidth, imageSide, imageWidth } from '../../shared/document/flow-node-specs.ts'
import { mentionLabel } from '../../shared/document/inline-node-specs.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { isDocumentId } from '../../shared/ids.ts'
import { attrsAs } from './blocks.ts'

const MARK_TAGS: Record<string, readonly string[]> = {
  bold: ['strong', 'b'],
  italic: ['em', 'i'],
  strike: ['s', 'del', 'strike'],
  code: ['code'],
}

const KIND_TAGS: Record<string, BlockKind> = {
  h1: 'h1',
  h2: 'h1',
  h3: 'h2',
  h4: 'h3',
  p: 'paragraph',
  div: 'paragraph',
}

/** Rules for our own nodes and marks; opaque ones can't come out of DOM. */
function parseRules(): ParseRule[] {
  const rules: ParseRule[] = [
    { tag: 'figure[data-blob]', node: 'image', getAttrs: imageAttrs },
    {
      tag: 'table',
      node: 'table',
      getAttrs: (table) => ({ header: table.dataset['header'] === 'true' ? true : null }),
    },
    { tag: 'tr', node: 'table_row' },
    { tag: 'td', node: 'table_cell', getAttrs: cellAttrs },
    { tag: '[data-kind]', node: 'block', getAttrs: blockAttrs },
    { tag: 'hr', node: 'divider' },
    { tag: 'br', node: 'hard_break' },
    { tag: 'a[data-mention]', node: 'mention', getAttrs: mentionAttrs },
    { tag: 'span[data-footnote]', node: 'footnote' },
    { tag: 'span[data-formula]', node: 'math' },
    { tag: 'a[href]', mark: 'link', getAttrs: linkAttrs },
    { style: 'font-weight', mark: 'bold', getAttrs: (value) => (isBold(value) ? null : false) },
    { style: 'font-style', mark: 'italic', getAttrs: (value) => (value === 'italic' ? null : false) },
  ]
  for (const [mark, tags] of Object.entries(MARK_TAGS)) for (const tag of tags) rules.push({ tag, mark })
  for (const [tag, kind] of Object.entries(KIND_TAGS)) {
    rules.push({ tag, node: 'block', getAttrs: () => attrsAs({}, kind), priority: 30 })
  }
  return rules
}

/** Reads what editing left on the page. */
export function pageParser(schema: Schema): DOMParser {
  return new DOMParser(schema, parseRules())
}

function isBold(weight: string): boolean {
  return weight === 'bold' || weight === 'bolder' || Number(weight) >= 600
}

function blockAttrs(element: HTMLElement) {
  const depth = blockDepth(Number(element.dataset['depth'] ?? 0))
  const attrs = attrsAs({ depth: depth > 0 ? depth : null }, blockKind(element.dataset['kind']))
  const lang = element.dataset['lang']
  return {
    ...attrs,
    checked: attrs['kind'] === 'task' && element.dataset['checked'] === 'true' ? true : null,
    lang: attrs['kind'] === 'code' && lang !== undefined ? lang.slice(0, 40) : null,
  }
}

function imageAttrs({ dataset }: HTMLElement) {
  const width = imageWidth(Number(dataset['width']))
  const side = imageSide(dataset['align'])
  return {
    blob: blobHash(dataset['blob']),
    alt: dataset['alt']?.slice(0, 1000) ?? null,
    width,
    align: side === 'center' ? null : side,
  }
}

function cellAttrs({ dataset }: HTMLElement) {
  return { align: alignment(dataset['align']), width: columnWidth(Number(dataset['width'])) }
}

function mentionAttrs({ dataset, textContent }: HTMLElement) {
  const document = dataset['mention']
  return { document: isDocumentId(document) ? document : null, label: mentionLabel(textContent) || null }
}

function linkAttrs(element: HTMLElement): { href: string } | false {
  const href = safeHref(element.getAttribute('href'))
  return href === null ? false : { href }
}
