/** The formats a document can be exported to and made from, in one place each way. */
import { jsonToShape, shapeToJson } from '../../shared/document/canonical-json.ts'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { markdownToShape } from '../../shared/document/markdown/markdown-to-shape.ts'
import { shapeToMarkdown } from '../../shared/document/markdown/shape-to-markdown.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { shapeToHtml } from '../../shared/document/shape-to-html.ts'
import { textLosses } from '../../shared/document/text-losses.ts'
import { textToShape } from '../../shared/document/text-to-shape.ts'
import { type ExportFormat, isTextFormat, type TextFormat } from '../../shared/exchange/formats.ts'
import { decodeText } from './decode-text.ts'
import { htmlToShape, type PictureKeeper } from './import-html.ts'
import { placePictures } from './word/place-pictures.ts'
import type { WordPicture } from './word/word-form.ts'
import { inWordThread } from './word/word-thread.ts'

export interface Picture {
  readonly mime: string
  readonly bytes: Uint8Array
}

/** A document's picture by its name, or null. */
export type PictureSource = (name: string) => Picture | null

function dataAddress(picture: Picture | null): string | null {
  return picture === null ? null : `data:${picture.mime};base64,${Buffer.from(picture.bytes).toString('base64')}`
}

/** `losses` has one phrase for each thing the format does not hold. */
export function exportDocument(
  shape: DocumentShape,
  format: TextFormat,
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
      return { text: shapeToText(shape), losses: textLosses(shape) }
    case 'json':
      return { text: shapeToJson(shape), losses: [] }
  }
}

/** Throws `invalid-argument` for JSON that is not a document; every other text is some document. */
export function importDocument(
  text: string,
  format: TextFormat,
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

/** An export as it goes into a file, in any format. Throws what writing a Word file does. */
export async function exportFile(
  shape: DocumentShape,
  format: ExportFormat,
  pictureOf: PictureSource = () => null,
): Promise<{ content: string | Uint8Array; losses: readonly string[] }> {
  if (isTextFormat(format)) {
    const { text, losses } = exportDocument(shape, format, pictureOf)
    return { content: text, losses }
  }
  const { bytes, losses } = await inWordThread('write', { shape, pictures: wordPictures(shape, pictureOf) })
  return { content: bytes, losses }
}

export interface ImportedFile {
  readonly shape: DocumentShape
  readonly losses: readonly string[]
  /** Whether it is text in an encoding that had to be guessed. */
  readonly guessed: boolean
}

/** A file's bytes as a document. Throws as `importDocument` does, and the refusals of Word files. */
export async function importFile(
  bytes: Uint8Array,
  format: ExportFormat,
  keepPicture: PictureKeeper,
): Promise<ImportedFile> {
  if (isTextFormat(format)) {
    const { text, guessed } = decodeText(bytes)
    return { ...importDocument(text, format, keepPicture), guessed }
  }
  return { ...placePictures(await inWordThread('read', { bytes }), keepPicture), guessed: false }
}

function wordPictures(shape: DocumentShape, pictureOf: PictureSource): Map<string, WordPicture> {
  const pictures = new Map<string, WordPicture>()
  for (const { node, attributes } of shape.content) {
    const name = attributes['blob']
    if (node !== 'image' || typeof name !== 'string') continue
    const picture = pictureOf(name)
    if (picture !== null) pictures.set(name, WORD_PICTURES.has(picture.mime) ? picture.bytes : 'format')
  }
  return pictures
}

/** Word shows no WebP. */
const WORD_PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif'])
