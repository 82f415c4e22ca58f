/** Copied blocks as clean HTML: real headings, nested lists, no classes, no editor attributes. Other programs read it, and so do we. */
import {
  type DOMOutputSpec,
  DOMSerializer,
  type Fragment,
  type Node as ProseMirrorNode,
  type Schema,
} from 'prosemirror-model'
import type { DocumentId } from '../../shared/ids.ts'
import { alignment } from '../../shared/document/block-kinds.ts'
import { columnWidth } from '../../shared/document/flow-node-specs.ts'
import { mentionLabel } from '../../shared/document/inline-node-specs.ts'
import { mentionAddress } from '../../shared/document/mention-address.ts'
import { isDocumentId } from '../../shared/ids.ts'
import { depthOf, isBlock, isListItem, kindOf } from './blocks.ts'
import { isTable } from './tables/cells.ts'

function isImage(node: ProseMirrorNode): boolean {
  return node.type.name === 'image'
}

interface OpenList {
  readonly list: HTMLElement
  readonly depth: number
}

export function clipboardSerializer(schema: Schema, documentId: DocumentId): DOMSerializer {
  return new CleanSerializer(schema, documentId)
}

/** A mention as exports write it: by the document's id, under the title it had when it was written. */
function mentionLink({ attrs }: ProseMirrorNode): DOMOutputSpec {
  const { document } = attrs
  const label = mentionLabel(attrs['label'])
  return isDocumentId(document) ? ['a', { href: mentionAddress(document) }, label] : ['span', label]
}

class CleanSerializer extends DOMSerializer {
  readonly #documentId: DocumentId

  constructor(schema: Schema, documentId: DocumentId) {
    super({ ...DOMSerializer.nodesFromSchema(schema), mention: mentionLink }, DOMSerializer.marksFromSchema(schema))
    this.#documentId = documentId
  }

  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    if (!fragment.content.some((node) => isBlock(node) || isImage(node) || isTable(node)))
      return super.serializeFragment(fragment, options, target)
    const doc = options.document ?? document
    const out = target ?? doc.createDocumentFragment()
    /** The open lists, outermost first. */
    const lists: OpenList[] = []
    fragment.forEach((node) => {
      if (!isListItem(node)) {
        lists.length = 0
        if (isImage(node)) out.append(this.#image(node, doc))
        else if (isTable(node)) out.append(this.#table(node, doc))
        else out.append(isBlock(node) ? this.#block(node, doc) : this.serializeNode(node, { document: doc }))
        return
      }
      this.#listFor(node, lists, out, doc).append(this.#item(node, doc))
    })
    return out
  }

  /** The list an item belongs in, made where there is none yet. Depths that are skipped get no list of their own. */
  #listFor(item: ProseMirrorNode, lists: OpenList[], out: ParentNode, doc: Document): HTMLElement {
    const tag = kindOf(item) === 'ordered' ? 'OL' : 'UL'
    const depth = depthOf(item)
    while ((lists.at(-1)?.depth ?? -1) > depth) lists.pop()
    const last = lists.at(-1)
    if (last?.depth === depth) {
      if (last.list.tagName === tag) return last.list
      lists.pop()
    }
    const list = doc.createElement(tag)
    const parent = lists.at(-1)?.list.lastElementChild ?? out
    parent.append(list)
    lists.push({ list, depth })
    return list
  }

  #item(node: ProseMirrorNode, doc: Document): HTMLElement {
    const item = doc.createElement('li')
    if (kindOf(node) === 'task') {
      const box = doc.createElement('input')
      box.setAttribute('type', 'checkbox')
      if (node.attrs['checked'] === true) box.setAttribute('checked', '')
      item.append(box, ' ')
    }
    this.#inline(node, item, doc)
    return item
  }

  #block(node: ProseMirrorNode, doc: Document): HTMLElement {
    const kind = kindOf(node)
    const tags = { h1: 'h1', h2: 'h2', h3: 'h3', quote: 'blockquote', code: 'pre' } as const
    const element = doc.createElement(kind in tags ? tags[kind as keyof typeof tags] : 'p')
    if (kind === 'code') {
      const code = doc.createElement('code')
      if (typeof node.attrs['lang'] === 'string') code.className = `language-${node.attrs['lang']}`
      code.textContent = node.textBetween(0, node.content.size, '', '\n')
      element.append(code)
      return element
    }
    const inner = kind === 'quote' ? element.appendChild(doc.createElement('p')) : element
    this.#inline(node, inner, doc)
    return element
  }

  /** The picture by its name; its bytes are asked for where it is pasted. */
  #image(node: ProseMirrorNode, doc: Document): HTMLElement {
    const figure = doc.createElement('figure')
    const { blob, alt, width, align } = node.attrs
    const facts = { blob, alt, width, align, document: this.#documentId }
    for (const [name, value] of Object.entries(facts)) if (value !== null) figure.dataset[name] = String(value)
    this.#inline(node, figure.appendChild(doc.createElement('figcaption')), doc)
    return figure
  }

  #table(node: ProseMirrorNode, doc: Document): HTMLElement {
    const table = doc.createElement('table')
    const body = table.appendChild(doc.createElement('tbody'))
    const aligned = (node.firstChild?.children ?? []).map((cell) => alignment(cell.attrs['align']))
    for (const [index, row] of node.children.entries()) {
      const line = body.appendChild(doc.createElement('tr'))
      for (const [column, cell] of row.children.entries()) {
        const isName = index === 0 && node.attrs['header'] === true
        const into = line.appendChild(doc.createElement(isName ? 'th' : 'td'))
        const align = aligned[column] ?? null
        if (align !== null) {
          into.style.textAlign = align
          if (index === 0) into.dataset['align'] = align
        }
        const width = columnWidth(cell.attrs['width'])
        if (index === 0 && width !== null) into.dataset['width'] = String(width)
        this.#inline(cell, into, doc)
      }
    }
    return table
  }

  #inline(node: ProseMirrorNode, into: HTMLElement, doc: Document): void {
    super.serializeFragment(node.content, { document: doc }, into)
    for (const link of into.querySelectorAll('a')) {
      link.removeAttribute('class')
      link.removeAttribute('rel')
    }
  }
}
