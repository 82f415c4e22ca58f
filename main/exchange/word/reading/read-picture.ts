/** A picture of a Word file: its bytes, its description and how wide it stands. */
import type { NodeShape } from '../../../../shared/document/document-shape.ts'
import { naturalWidth, pictureSize } from '../picture-size.ts'
import type { Relationship } from '../package/word-package.ts'
import { descendants, type XmlElement } from '../package/xml-tree.ts'
import type { WordFile } from './word-file.ts'
import { LOST } from '../lost.ts'

const EMU_PER_PIXEL = 9525

/** More than any camera's; such a picture could take up all memory when it is shown. */
const MOST_PIXELS = 150_000_000

/**
 * Null for a drawing without a picture, and for a picture that is not in the file or too large to be shown. Its name
 * is that of `pictures`.
 */
export function readPicture(
  drawing: XmlElement,
  { file, column, losses, pictures }: WordFile,
  relationships: ReadonlyMap<string, Relationship>,
): NodeShape | null {
  const blip = descendants(drawing, 'a:blip')[0]?.attributes
  const old = descendants(drawing, 'v:imagedata')[0]?.attributes
  const relationship = relationships.get(blip?.['r:embed'] ?? old?.['r:id'] ?? '')
  if (relationship === undefined || relationship.external) return null
  const bytes = file.part(relationship.target)
  if (bytes === null) return null
  const size = pictureSize(bytes)
  if (size !== null && size.width * size.height > MOST_PIXELS) {
    losses.note(LOST.hugePicture)
    return null
  }
  const extent = Number(descendants(drawing, 'wp:extent')[0]?.attributes['cx'] ?? Number.NaN)
  const alt = descendants(drawing, 'wp:docPr')[0]?.attributes['descr'] ?? ''
  const width = shareOf(extent / EMU_PER_PIXEL, bytes, column)
  return {
    node: 'image',
    attributes: {
      blob: pictures.keep(relationship.target, bytes),
      ...(alt === '' ? {} : { alt }),
      ...(width === null ? {} : { width }),
    },
    content: [],
  }
}

/** Its width in percent of the column, or null when it has its own. */
function shareOf(pixels: number, bytes: Uint8Array, column: number): number | null {
  if (Number.isNaN(pixels) || Math.abs(pixels - naturalWidth(bytes, column)) <= 0.5) return null
  return Math.min(Math.max(Math.round((pixels / column) * 100), 10), 100)
}
