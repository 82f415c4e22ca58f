/** A picture of a Word file, with its caption below it. */
import { AlignmentType, ImageRun, Paragraph } from 'docx'
import type { NodeShape } from '../../../../shared/document/document-shape.ts'
import { wordsOf } from '../../../../shared/document/plain-text.ts'
import { naturalWidth, pictureSize, shareWidth } from '../picture-size.ts'
import { isRightToLeft } from '../text-direction.ts'
import { COLUMN } from '../word-form.ts'
import { STYLES } from '../word-names.ts'
import type { WordRuns } from './word-runs.ts'

/** `number` is the picture's own among all of the file. */
export function wordPicture(
  { attributes, content }: NodeShape,
  bytes: Uint8Array,
  number: number,
  words: WordRuns,
): Paragraph[] {
  const size = pictureSize(bytes) ?? { width: 4, height: 3 }
  const { width: share, alt, align } = attributes
  const width = typeof share === 'number' ? shareWidth(share, COLUMN) : naturalWidth(bytes, COLUMN)
  const side = align === 'start' ? {} : { alignment: align === 'end' ? AlignmentType.RIGHT : AlignmentType.CENTER }
  const image = new ImageRun({
    type: typeOf(bytes),
    data: bytes,
    transformation: { width, height: Math.max(1, Math.round((width * size.height) / size.width)) },
    altText: {
      id: String(number),
      name: `Picture ${number}`,
      description: typeof alt === 'string' ? alt : '',
      title: '',
    },
  })
  const picture = new Paragraph({ style: STYLES.picture, keepNext: content.length > 0, ...side, children: [image] })
  if (content.length === 0) return [picture]
  const bidi = isRightToLeft(wordsOf(content)) ? { bidirectional: true } : {}
  return [picture, new Paragraph({ style: STYLES.caption, ...side, ...bidi, children: words.line(content) })]
}

function typeOf(bytes: Uint8Array): 'png' | 'jpg' | 'gif' {
  return bytes[0] === 0x89 ? 'png' : bytes[0] === 0xff ? 'jpg' : 'gif'
}
