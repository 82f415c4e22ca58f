/** Reads a Word, Markdown, HTML, text or JSON file as a document to be. */
import fs from 'node:fs/promises'
import path from 'node:path'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { toHex } from '../../shared/ids.ts'
import { SheafError } from '../../shared/errors.ts'
import { formatOfName, isTextFormat } from '../../shared/exchange/formats.ts'
import { importFile } from '../exchange/convert-document.ts'
import type { StoredBlob } from '../storage/sheaf-file.ts'
import { diskError } from '../storage/disk-error.ts'

/** In bytes; a novel has about one million. */
const LONGEST = 50 * 2 ** 20
/** A Word file holds its pictures. */
const LONGEST_WORD = 256 * 2 ** 20

export interface ReadImport {
  readonly shape: DocumentShape
  readonly blobs: readonly StoredBlob[]
  /** A phrase for each kind of thing a document can't hold. */
  readonly losses: readonly string[]
}

/** A document without a title of its own gets the file's name. Throws `unsupported`, `too-big`, and what the disk says. */
export async function readImport(
  file: string,
  pictureOf: (bytes: Uint8Array) => StoredBlob | null,
): Promise<ReadImport> {
  const format = formatOfName(file)
  if (format === null) throw new SheafError('unsupported', 'Sheaf can import Word, Markdown, HTML and text files.')
  let bytes: Uint8Array
  try {
    const stats = await fs.stat(file)
    if (!stats.isFile()) throw new SheafError('unsupported', 'This is not a file Sheaf can import.')
    if (stats.size > (isTextFormat(format) ? LONGEST : LONGEST_WORD))
      throw new SheafError('too-big', 'This file is larger than Sheaf can import.')
    bytes = new Uint8Array(await fs.readFile(file))
  } catch (cause) {
    throw diskError(cause, 'The file could not be imported.')
  }
  const blobs: StoredBlob[] = []
  const { shape, losses } = await importFile(bytes, format, (picture) => {
    const blob = pictureOf(picture)
    if (blob === null) return null
    blobs.push(blob)
    return toHex(blob.hash)
  })
  const title = shape.title.trim() === '' ? path.parse(file).name.normalize('NFC') : shape.title
  return { shape: { ...shape, title }, blobs, losses }
}
