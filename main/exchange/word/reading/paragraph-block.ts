/** A paragraph of a Word file as a block: its kind, where it stands, what it says of itself. */
import { type Alignment, alignment, MAX_DEPTH, TONES } from '../../../../shared/document/block-kinds.ts'
import { isText, languageTag, type NodeShape } from '../../../../shared/document/document-shape.ts'
import { type Content, normalContent } from '../../../../shared/document/normal-shape.ts'
import { nodeText, wordsOf } from '../../../../shared/document/plain-text.ts'
import type { ListNumbers } from '../list-numbers.ts'
import { isOn, valueOf, within, type XmlElement } from '../package/xml-tree.ts'
import { isRightToLeft } from '../text-direction.ts'
import { CALLOUT_STYLES } from '../word-names.ts'
import type { ListPlaces } from './list-places.ts'
import type { LineReader } from './read-line.ts'
import { withoutFirstSpace } from './read-lines.ts'
import type { WordFile } from './word-file.ts'

export interface ReadParagraph {
  /** Its own properties. */
  readonly look: XmlElement | undefined
  /** The id of its style, or null for that of plain text. */
  readonly style: string | null
  /** The names of its style and of all it is based on. */
  readonly names: readonly string[]
  readonly line: LineReader
}

/** A block, and the number it has as an item of an ordered list. */
export interface NumberedBlock {
  readonly block: NodeShape
  readonly number: number
}

/** `kind` is that of its style. */
export function paragraphBlock(
  paragraph: ReadParagraph,
  kind: string | null,
  word: WordFile,
  places: ListPlaces,
  numbers: ListNumbers,
): NumberedBlock {
  const { look, style, names, line } = paragraph
  const item = places.item(look, style, kind)
  const box = taskBox(paragraph, kind, word.isOwn)
  const isTask = box !== null || (item !== null && places.isTask(item))
  const content = box?.content ?? line.content
  const attributes: Record<string, unknown> = {}
  let depth: number
  let number = 1
  if (isTask || item !== null) {
    depth = Math.min(item?.depth ?? 0, MAX_DEPTH)
    const ordered = !isTask && item !== null && !['bullet', 'none'].includes(item.level.format)
    attributes['kind'] = isTask ? 'task' : ordered ? 'ordered' : 'bullet'
    if (isTask && (box?.checked ?? item?.level.text === '\uf0fe')) attributes['checked'] = true
    if (item !== null) number = word.numbering.count(item.id, item.depth)
    if (ordered && number !== numbers.next(depth)) attributes['start'] = number
    places.enter(item?.id ?? '', depth)
  } else {
    depth = places.depthInside(look, style, names)
    if (kind !== null) attributes['kind'] = kind
    const tone = TONES.find((each) => CALLOUT_STYLES[each] === style)
    if (tone !== undefined) {
      attributes['kind'] = 'callout'
      if (tone !== 'note') attributes['tone'] = tone
    }
  }
  if (depth > 0) attributes['depth'] = depth
  const align = alignmentOf(paragraph, word)
  if (align !== null) attributes['align'] = align
  const rtl = (isOn(within(look, 'w:bidi')) ?? isOn(word.styles.property(style, 'w:pPr', 'w:bidi'))) === true
  if (rtl !== isRightToLeft(wordsOf(content))) attributes['dir'] = rtl ? 'rtl' : 'ltr'
  const lang = languageOf(paragraph, word)
  if (lang !== null) attributes['lang'] = lang
  return { block: { node: 'block', attributes, content: normalContent(content) }, number }
}

/** Code and TeX, as their characters. */
export function verbatimBlock(kind: 'code' | 'math', { line, look }: ReadParagraph, places: ListPlaces): NodeShape {
  const text = line.content.map((part) => (isText(part) ? part.text : nodeText(part))).join('')
  const depth = places.depthInside(look, null, [])
  const attributes = depth > 0 ? { kind, depth } : { kind }
  return { node: 'block', attributes, content: normalContent([{ text, marks: {} }]) }
}

interface TaskBox {
  readonly checked: boolean
  /** The words without it. */
  readonly content: Content
}

/** The box before the words of a task: one that can be ticked, or in files of others a sign. */
function taskBox({ line }: ReadParagraph, kind: string | null, isOwn: boolean): TaskBox | null {
  if (line.checkbox !== null) return { checked: line.checkbox, content: withoutFirstSpace(line.content) }
  const [first, ...rest] = line.content
  if (isOwn || kind !== null || first === undefined || !isText(first)) return null
  const sign = /^([☐☑☒])[ \t\u00a0]/.exec(first.text)
  if (sign === null) return null
  return { checked: sign[1] !== '☐', content: [{ ...first, text: first.text.slice(2) }, ...rest] }
}

export function alignmentOf({ look, style }: ReadParagraph, { styles, isOwn }: WordFile): Alignment | null {
  const value = valueOf(within(look, 'w:jc')) ?? (isOwn ? null : valueOf(styles.property(style, 'w:pPr', 'w:jc')))
  if (value === 'both' || value === 'distribute') return 'justify'
  return alignment(value === 'right' ? 'end' : value)
}

/** That all its words say, when it is not the document's. */
function languageOf({ look, line }: ReadParagraph, { styles }: WordFile): string | null {
  const marked = valueOf(within(look, 'w:rPr', 'w:lang'))
  const languages = new Set(marked === null ? line.languages : [marked, ...line.languages])
  const only = languages.size === 1 ? languageTag([...languages][0]) : null
  return only === null || only === languageTag(styles.language) ? null : only
}
