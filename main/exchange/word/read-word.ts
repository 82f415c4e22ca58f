/** The Word import: a .docx file's parts as a document. What a document can't hold is counted. */
import { type DocumentShape, languageTag, type NodeShape } from '../../../shared/document/document-shape.ts'
import { Losses } from '../../../shared/document/losses.ts'
import { normalShape } from '../../../shared/document/normal-shape.ts'
import { nodeText } from '../../../shared/document/plain-text.ts'
import { Refused } from './package/refused.ts'
import { type Relationship, WordPackage } from './package/word-package.ts'
import { textOf, within, type XmlElement } from './package/xml-tree.ts'
import { KeptPictures } from './reading/kept-pictures.ts'
import { BodyReader } from './reading/read-body.ts'
import { WordNotes } from './reading/read-notes.ts'
import { WordNumbering } from './reading/read-numbering.ts'
import { WordStyles } from './reading/read-styles.ts'
import { TITLE_KIND } from './reading/style-kind.ts'
import { columnPixels, PAGE, STYLES } from './word-names.ts'
import { LOST } from './lost.ts'

export interface WordReading {
  /** Its pictures have the names of `pictures`. */
  readonly shape: DocumentShape
  readonly losses: readonly string[]
  /** The bytes of each picture, whatever they are. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
}

/** Throws `Refused`. Nothing the file refers to outside of itself is ever opened. */
export function readWord(bytes: Uint8Array): WordReading {
  const file = new WordPackage(bytes)
  const main = [...file.relationships('').values()].find(({ type }) => type === 'officeDocument')
  const root = main === undefined || main.external ? null : file.xml(main.target)
  const body = within(root ?? undefined, 'w:body')
  if (main === undefined || body === undefined) throw new Refused('no-word-file')
  const relationships = file.relationships(main.target)
  const styles = new WordStyles(partOf(file, relationships, 'styles'))
  const losses = new Losses()
  const pictures = new KeptPictures()
  const reader = new BodyReader({
    file,
    relationships,
    styles,
    losses,
    pictures,
    isOwn: styles.has(STYLES.gap),
    numbering: new WordNumbering(partOf(file, relationships, 'numbering')),
    notes: new WordNotes(file, relationships),
    column: columnOf(body),
  })
  reader.read(body)
  noteEdges(file, relationships, losses)
  const language = languageTag(styles.language)
  const [first, ...rest] = reader.blocks
  const isTitled = first?.attributes['kind'] === TITLE_KIND
  const shape = normalShape({
    title: isTitled ? nodeText(first).replace(/\n/g, ' ') : '',
    ...(language === null ? {} : { language }),
    content: (isTitled ? rest : reader.blocks).map(titlesAsHeadings),
  })
  return { shape, losses: losses.toList(), pictures: pictures.bytes }
}

/** A title below other words is a heading. */
function titlesAsHeadings(block: NodeShape): NodeShape {
  return block.attributes['kind'] === TITLE_KIND ? { ...block, attributes: { ...block.attributes, kind: 'h1' } } : block
}

function partOf(file: WordPackage, relationships: ReadonlyMap<string, Relationship>, type: string): XmlElement | null {
  const found = [...relationships.values()].find((each) => each.type === type && !each.external)
  return found === undefined ? null : file.xml(found.target)
}

function noteEdges(file: WordPackage, relationships: ReadonlyMap<string, Relationship>, losses: Losses): void {
  for (const { type, target, external } of relationships.values()) {
    if (external || (type !== 'header' && type !== 'footer')) continue
    const part = file.xml(target)
    if (part !== null && textOf(part).trim() !== '') losses.note(LOST.headersAndFooters)
  }
}

/** The width of the column of text, by the last section's page. */
function columnOf(body: XmlElement): number {
  const section = within(body, 'w:sectPr')
  const size = Number(within(section, 'w:pgSz')?.attributes['w:w'] ?? PAGE.width)
  const margin = within(section, 'w:pgMar')?.attributes
  const sides = Number(margin?.['w:left'] ?? PAGE.margin) + Number(margin?.['w:right'] ?? PAGE.margin)
  return columnPixels(size, sides)
}
