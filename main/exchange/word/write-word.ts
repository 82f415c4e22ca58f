/** The Word export: a document as a .docx file that looks as one made in Word, and reads back as it was. */
import { Document, Packer } from 'docx'
import type { DocumentShape } from '../../../shared/document/document-shape.ts'
import { steadyPackage } from './package/steady-package.ts'
import { type WordPictures, wordForm } from './word-form.ts'
import { PAGE } from './word-names.ts'
import { WordBody } from './writing/word-body.ts'
import { wordStyles } from './writing/word-styles.ts'

/** The same document gives the same bytes. */
export async function writeWord(
  document: DocumentShape,
  pictures: WordPictures,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; losses: string[] }> {
  const { shape, losses } = wordForm(document, pictures)
  const body = new WordBody(pictures)
  const children = body.children(shape)
  const file = new Document({
    title: shape.title,
    creator: 'Sheaf',
    lastModifiedBy: 'Sheaf',
    compatibility: { version: 15 },
    styles: wordStyles(shape.language),
    numbering: body.lists.numbering(),
    footnotes: Object.fromEntries(body.runs.notes.map((note, index) => [index + 1, { children: [note] }])),
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { top: PAGE.margin, right: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin },
          },
        },
        children,
      },
    ],
  })
  return { bytes: steadyPackage(new Uint8Array(await Packer.toArrayBuffer(file))), losses: losses.toList() }
}
