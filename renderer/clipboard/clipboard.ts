/**
 * Copying and pasting. What is copied and pasted inside one window comes back exactly, opaque content included; what
 * comes from elsewhere is read for its words, its structure and its pictures, and for nothing else.
 */
import { type Schema, Slice } from 'prosemirror-model'
import { Plugin, Selection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { DocumentId } from '../../shared/ids.ts'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'
import { pageParser } from '../editor/parse-dom.ts'
import { inlineOf, pasteIntoCells } from '../editor/tables/paste-cells.ts'
import { pasteAddress } from '../links/paste-address.ts'
import { t } from '../strings/t.ts'
import { copiedText } from './copied-text.ts'
import { CODE_EDITOR_DATA, codeFrom, isMarkdownSource } from './code-editor-data.ts'
import { sliceOf } from './page-shapes.ts'
import { LongPaste } from './long-paste.ts'
import { HtmlSteps, PasteReader, type PasteReading } from './paste-reader.ts'
import { type PicturePorts, putIn, putInAsMarkdown, putInWithPictures } from './put-in.ts'
import { clipboardSerializer } from './serialize-html.ts'

export interface ClipboardPorts extends PicturePorts {
  readonly documentId: DocumentId
  readonly longPaste: LongPaste
}

export function clipboard(schema: Schema, ports: ClipboardPorts): Plugin {
  const reader = new PasteReader(schema)
  /** What this window copied last, and the plain text that went along. */
  let copied: { readonly text: string; readonly slice: Slice } | null = null
  return new Plugin({
    props: {
      domParser: pageParser(schema),
      clipboardParser: reader,
      clipboardSerializer: clipboardSerializer(schema, ports.documentId),
      transformPastedHTML: reader.readHtml,
      transformCopied(slice) {
        copied = { slice, text: copiedText(slice) }
        return slice
      },
      clipboardTextSerializer: copiedText,
      clipboardTextParser: reader.readText,
      handlePaste(view, { clipboardData }, slice) {
        const reading = reader.take()
        const given = givenIn(clipboardData)
        if (isVerbatimPlace(view)) return insertText(view, given.text === '' ? copiedText(slice) : given.text)
        if (pasteAddress(view, given.text, reading?.html ?? '')) return true
        const isOwn = copied?.text === given.text && reading?.html.includes('data-pm-slice') === true
        if (isOwn && copied !== null) {
          const exact = adopt(copied.slice, schema)
          return putInto(view, exact, '') || (!exact.eq(slice) && putIn(view, exact))
        }
        return (
          reading !== null &&
          (isUnread(reading) ? readLater(view, given, reading.html) : put(view, given, reading, slice))
        )
      },
      handleDrop(view, event, slice) {
        const reading = reader.take()
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
        if (reading?.from !== 'html' || place === null) return false
        if (!isUnread(reading) && !isEmpty(reading) && reading.pictures.length === 0) return false
        view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(place.pos))))
        view.focus()
        const given = givenIn(event.dataTransfer)
        return isUnread(reading)
          ? readLater(view, given, reading.html)
          : put(view, given, reading, slice) || putIn(view, slice)
      },
    },
  })

  function readLater(view: EditorView, given: Given, html: string): true {
    const reading = new HtmlSteps(html)
    const steps = [
      { done: 0.05, run: () => reading.clean() },
      { done: 0.35, run: () => reading.read() },
    ]
    ports.longPaste.start(view, steps, () => {
      const slice = sliceOf(view.state.schema, reading.reading.shapes)
      if (!put(view, given, reading.reading, slice)) putIn(view, slice)
    })
    return true
  }

  /** Puts what was read where the caret is. Answers whether it did, or leaves it to the view. */
  function put(view: EditorView, given: Given, reading: PasteReading, slice: Slice): boolean {
    if (reading.refusal !== null) ports.notify(reading.refusal)
    if (reading.lostPictures > 0) ports.notify(t('paste.lostPictures', reading.lostPictures))
    const plain = isEmpty(reading) ? reader.readText(given.text, view.state.selection.$from, true) : null
    if (putInto(view, plain ?? slice, given.text)) return true
    if (plain !== null) return putIn(view, plain)
    if (isMarkdownSource(given.editorData)) {
      const source = reader.readText(given.text, view.state.selection.$from, false)
      const markdown = reader.take()?.markdown ?? null
      if (markdown !== null) return putInAsMarkdown(view, source, sliceOf(schema, markdown))
    }
    if (reading.markdown !== null) return putInAsMarkdown(view, slice, sliceOf(schema, reading.markdown))
    if (reading.pictures.length > 0) return putInWithPictures(view, reading, ports)
    const code = codeFrom(given.editorData, reading.shapes)
    return code !== null && putIn(view, sliceOf(schema, code))
  }
}

/** What came beside the HTML. It is asked for once: the clipboard takes a second to hand over a long text. */
interface Given {
  readonly text: string
  readonly editorData: string
}

function givenIn(data: DataTransfer | null): Given {
  return { text: data?.getData('text/plain') ?? '', editorData: data?.getData(CODE_EDITOR_DATA) ?? '' }
}

/** Whether the HTML is so long that it is still to be read. */
function isUnread({ from, html, shapes }: PasteReading): boolean {
  return from === 'html' && shapes.length === 0 && LongPaste.isLong(html)
}

/** Nothing of the HTML can be had; there may be plain text beside it. */
function isEmpty({ from, shapes }: PasteReading): boolean {
  return from === 'html' && shapes.length === 0
}

/** Pastes where there is room for words only: into cells, and into a line of its own, as a caption is. */
function putInto(view: EditorView, slice: Slice, text: string): boolean {
  if (pasteIntoCells(view, slice, text)) return true
  const { $from, $to } = view.state.selection
  if (!$from.sameParent($to) || !$from.parent.inlineContent || isBlock($from.parent)) return false
  return putIn(view, new Slice(inlineOf(slice, view.state.schema.text(' ')), 0, 0))
}

/** The slice in the schema of this state; it may have been copied before the schema learned something. */
function adopt(slice: Slice, schema: Schema): Slice {
  return slice.content.firstChild?.type.schema === schema ? slice : Slice.fromJSON(schema, slice.toJSON())
}

/** Whether the caret stands in code or TeX, which hold characters as they are. */
function isVerbatimPlace(view: EditorView): boolean {
  const { $from, $to } = view.state.selection
  return $from.sameParent($to) && isBlock($from.parent) && isVerbatim(kindOf($from.parent))
}

function insertText(view: EditorView, text: string): boolean {
  const lines = text.replace(/\r\n?/g, '\n')
  if (lines !== '') view.dispatch(view.state.tr.insertText(lines).scrollIntoView().setMeta('paste', true))
  return true
}
