/** How a paragraph of a Word file stands: its style, its list, its side and its direction. */
import { AlignmentType, type IParagraphOptions } from 'docx'
import { blockKind, calloutTone, headingLevel } from '../../../../shared/document/block-kinds.ts'
import type { NodeShape } from '../../../../shared/document/document-shape.ts'
import { wordsOf } from '../../../../shared/document/plain-text.ts'
import { isRightToLeft } from '../text-direction.ts'
import { CALLOUT_STYLES, STEP, STYLES } from '../word-names.ts'
import { BULLET_LIST, TASK_LIST } from './word-lists.ts'

/** In the file, "right" is where lines end; the library takes it for the right side of the page. */
export function sideOf(align: unknown, rtl: boolean): Pick<IParagraphOptions, 'alignment' | 'bidirectional'> {
  const side =
    align === 'center'
      ? AlignmentType.CENTER
      : align === 'justify'
        ? AlignmentType.BOTH
        : rtl
          ? AlignmentType.LEFT
          : AlignmentType.RIGHT
  return { ...(typeof align === 'string' ? { alignment: side } : {}), ...(rtl ? { bidirectional: true } : {}) }
}

/** Word has to be told the direction, also when the letters tell it. */
export function sidesOf({ attributes, content }: NodeShape): IParagraphOptions {
  const { align, dir } = attributes
  const rtl = dir === 'rtl' || (dir !== 'ltr' && isRightToLeft(wordsOf(content)))
  return sideOf(align, rtl)
}

/** `ordered` names the numbered list that is open where the block stands. */
export function styleOf({ attributes }: NodeShape, depth: number, ordered: string): IParagraphOptions {
  const kind = blockKind(attributes['kind'])
  const level = headingLevel(kind)
  const list = (reference: string): IParagraphOptions => ({ numbering: { reference, level: depth } })
  if (level > 0) return { style: `Heading${level}`, ...indent(depth, 0) }
  switch (kind) {
    case 'bullet':
      return list(BULLET_LIST)
    case 'task':
      return list(TASK_LIST)
    case 'ordered':
      return list(ordered)
    case 'quote':
      return { style: STYLES.quote, ...indent(depth, 284) }
    case 'callout':
      return { style: CALLOUT_STYLES[calloutTone(attributes['tone'])], ...indent(depth, 170) }
    default:
      return indent(depth, 0)
  }
}

/** Inside an item, text goes in as far as the item's words; what its style goes in comes on top. */
export function indent(depth: number, own: number): IParagraphOptions {
  return depth === 0 ? {} : { indent: { left: STEP * depth + own } }
}
