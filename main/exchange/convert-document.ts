/** The formats a document can be exported to and made from, in one place each way. */
import { jsonToShape, shapeToJson } from '../../shared/document/canonical-json.ts'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { markdownToShape } from '../../shared/document/markdown/markdown-to-shape.ts'
import { shapeToMarkdown } from '../../shared/document/markdown/shape-to-markdown.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { shapeToHtml } from '../../shared/document/shape-to-html.ts'
import type { ExportFormat } from '../../shared/ipc/contract.ts'
import { htmlToShape, type PictureKeeper } from './html-to-shape.ts'
import { textToShape } from './text-to-shape.ts'

export interface Picture {
  readonly mime: string
  readonly bytes: Uint8Array
}

export const FORMATS: readonly ExportFormat[] = ['md', 'html', 'txt', 'json']

/** File name endings, in lower case and without the dot, and what they mean. */
const ENDINGS: Readonly<Record<string, ExportFormat>> = {
  md: 'md',
  markdown: 'md',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  txt: 'txt',
  text: 'txt',
  json: 'json',
}

/** The format a file's name tells, or null. */
export function formatOfName(name: string): ExportFormat | null {
  const ending = /\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(ENDINGS, ending) ? (ENDINGS[ending] ?? null) : null
}

/** A document's picture by its name, or null. */
export type PictureSource = (name: string) => Picture | null

function dataAddress(picture: Picture | null): string | null {
  return picture === null ? null : `data:${picture.mime};base64,${Buffer.from(picture.bytes).toString('base64')}`
}

/** `losses` has one phrase for each thing the format does not hold. */
export function exportDocument(
  shape: DocumentShape,
  format: ExportFormat,
  pictureOf: PictureSource = () => null,
): { text: string; losses: string[] } {
  switch (format) {
    case 'md': {
      const { markdown, losses } = shapeToMarkdown(shape)
      const pictures = shape.content.filter((node) => node.node === 'image').length
      return { text: markdown, losses: pictures === 0 ? losses : [...losses, `the bytes of a picture (${pictures})`] }
    }
    case 'html': {
      const { html, losses } = shapeToHtml(shape, { pictureSource: (name) => dataAddress(pictureOf(name)) })
      return { text: html, losses }
    }
    case 'txt':
      return { text: shapeToText(shape), losses: [] }
    case 'json':
      return { text: shapeToJson(shape), losses: [] }
  }
}

/** Throws `invalid-argument` for JSON that is not a document; every other text is some document. */
export function importDocument(
  text: string,
  format: ExportFormat,
  keepPicture: PictureKeeper = () => null,
): { shape: DocumentShape; losses: string[] } {
  switch (format) {
    case 'md':
      return markdownToShape(text)
    case 'html':
      return htmlToShape(text, keepPicture)
    case 'txt':
      return { shape: textToShape(text), losses: [] }
    case 'json':
      return { shape: jsonToShape(text), losses: [] }
  }
}
