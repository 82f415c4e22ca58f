/** The HTML import: any page or fragment as a document. */
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { treeToShape } from '../../shared/document/html/html-to-shape.ts'
import { parsePage } from './parse-page.ts'

/** Keeps a picture that stands in the page itself. Answers its name, or null for what is no picture. */
export type PictureKeeper = (bytes: Uint8Array) => string | null

/** Every text is HTML; `losses` has one phrase for each thing a document can't hold. Throws `too-big`. */
export function htmlToShape(
  html: string,
  keepPicture: PictureKeeper = () => null,
): { shape: DocumentShape; losses: string[] } {
  const { shape, losses } = treeToShape(parsePage(html), {
    keepPicture: (address) =>
      keepPicture(new Uint8Array(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'))),
  })
  return { shape, losses }
}
