/**
 * Copying and pasting. What is copied and pasted inside one window comes back exactly, opaque content included; what
 * comes from elsewhere is flattened to words, links and a few facts.
 */
import { Fragment, type Node, type ResolvedPos, type Schema, Slice } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { DocumentId } from '../../shared/ids.ts'
import { isBlock, isListItem, kindOf } from './blocks.ts'
import { flattenHtml } from './flatten-html.ts'
import { mentionLabel } from '../../shared/document/inline-node-specs.ts'
import { pasteAddress } from '../links/paste-address.ts'
import { pageParser, pasteParser } from './parse-dom.ts'
import { clipboardSerializer } from './serialize-html.ts'
import { pasteIntoCells } from './tables/paste-cells.ts'

export function clipboard(schema: Schema, documentId: DocumentId): Plugin {
  /** What this window copied last, and the plain text that went along. */
  let copied: { readonly text: string; readonly slice: Slice } | null = null
  return new Plugin({
    props: {
      domParser: pageParser(schema),
      clipboardParser: pasteParser(schema),
      clipboardSerializer: clipboardSerializer(schema, documentId),
      transformPastedHTML: flattenHtml,
      transformCopied(slice) {
        copied = { slice, text: sliceToText(slice) }
        return slice
      },
      clipboardTextSerializer: sliceToText,
      clipboardTextParser: (text, $context) => textToSlice(schema, text, $context),
      handlePaste(view, event, slice) {
        const text = event.clipboardData?.getData('text/plain') ?? ''
        const html = event.clipboardData?.getData('text/html') ?? ''
        if (inCode(view)) return insertText(view, text.replace(/\r\n?/g, '\n'))
        if (pasteAddress(view, text, html)) return true
        const isOwn = copied !== null && html.includes('data-pm-slice') && copied.text === text
        const exact = isOwn && copied !== null ? adopt(copied.slice, schema) : slice
        if (pasteIntoCells(view, exact, isOwn ? '' : text)) return true
        if (!isOwn || copied === null || copied.slice.eq(slice)) return false
        view.dispatch(
          view.state.tr.replaceSelection(adopt(copied.slice, schema)).scrollIntoView().setMeta('paste', true),
        )
        return true
      },
    },
  })
}

/** The slice in the schema of this state; it may have been copied before the schema learned something. */
function adopt(slice: Slice, schema: Schema): Slice {
  return slice.content.firstChild?.type.schema === schema ? slice : Slice.fromJSON(schema, slice.toJSON())
}

/** Plain text for other programs: an empty line between blocks, none between list items. */
export function sliceToText(slice: Slice): string {
  let text = ''
  let previousIsItem = false
  slice.content.forEach((node, _offset, index) => {
    const item = isListItem(node)
    if (index > 0) text += item && previousIsItem ? '\n' : '\n\n'
    if (node.type.name === 'table') text += tableToText(node)
    else if (node.type.name === 'mention') text += leafWords(node)
    else text += node.isText ? (node.text ?? '') : node.textBetween(0, node.content.size, '\n', leafWords)
    previousIsItem = item
  })
  return text
}

/** A mention is its document's title, a break a new line. */
function leafWords(node: Node): string {
  return node.type.name === 'mention' ? mentionLabel(node.attrs['label']) : '\n'
}

/** A table as spreadsheets read it: a line for each row, tabs between cells. */
function tableToText(table: Node): string {
  const cell = (node: Node) => node.textBetween(0, node.content.size, ' ', leafWords).replace(/[\t\n]/g, ' ')
  return table.children.map((row) => row.children.map(cell).join('\t')).join('\n')
}

/** Plain text from elsewhere: each line becomes a block; in code, lines stay lines. */
function textToSlice(schema: Schema, text: string, $context: ResolvedPos): Slice {
  const lines = text.replace(/\r\n?/g, '\n')
  if (isBlock($context.parent) && kindOf($context.parent) === 'code') {
    return lines === '' ? Slice.empty : new Slice(Fragment.from(schema.text(lines)), 0, 0)
  }
  const marks = $context.marks()
  const blocks = lines
    .split(/\n+/)
    .map((line) => schema.node('block', null, line === '' ? undefined : schema.text(line, marks)))
  return new Slice(Fragment.from(blocks), 1, 1)
}

function inCode(view: EditorView): boolean {
  const { $from, $to } = view.state.selection
  return $from.sameParent($to) && isBlock($from.parent) && kindOf($from.parent) === 'code'
}

function insertText(view: EditorView, text: string): boolean {
  if (text !== '') view.dispatch(view.state.tr.insertText(text).scrollIntoView().setMeta('paste', true))
  return true
}
