/** Reads a Markdown, HTML, text or JSON file as a document to be. */
import fs from 'node:fs/promises'
import path from 'node:path'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { toHex } from '../../shared/ids.ts'
import { SheafError } from '../../shared/errors.ts'
import { formatOfName, importDocument } from '../exchange/convert-document.ts'
import { decodeText } from '../exchange/decode-text.ts'
import type { StoredBlob } from '../storage/sheaf-file.ts'
import { diskError } from '../storage/disk-error.ts'

/** In bytes; a novel has about one million. */
const LONGEST = 50 * 2 ** 20

/** A document without a title of its own gets the file's name. Throws `unsupported`, `too-big`, and what the disk says. */
export async function readImport(
  file: string,
  pictureOf: (bytes: Uint8Array) => StoredBlob | null,
): Promise<{ shape: DocumentShape; blobs: readonly StoredBlob[] }> {
  const format = formatOfName(file)
  if (format === null) throw new SheafError('unsupported', 'Sheaf can import Markdown, HTML and text files.')
  let bytes: Uint8Array
  try {
    const stats = await fs.stat(file)
    if (!stats.isFile()) throw new SheafError('unsupported', 'This is not a file Sheaf can import.')
    if (stats.size > LONGEST) throw new SheafError('too-big', 'This file is larger than Sheaf can import.')
    bytes = new Uint8Array(await fs.readFile(file))
  } catch (cause) {
    throw diskError(cause, 'The file could not be imported.')
  }
  const blobs: StoredBlob[] = []
  const { shape } = importDocument(decodeText(bytes).text, format, (picture) => {
    const blob = pictureOf(picture)
    if (blob === null) return null
    blobs.push(blob)
    return toHex(blob.hash)
  })
  const title = shape.title.trim() === '' ? path.parse(file).name.normalize('NFC') : shape.title
  return { shape: { ...shape, title }, blobs }
}
