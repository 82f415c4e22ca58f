/** What stands in a cell, a note or a text box of a Word file: its paragraphs as lines of one line of ours. */
import { isText, type NodeShape, type TextShape } from '../../../../shared/document/document-shape.ts'
import { type Content, normalContent } from '../../../../shared/document/normal-shape.ts'
import { nodeText } from '../../../../shared/document/plain-text.ts'
import { elementsOf, valueOf, within, type XmlElement } from '../package/xml-tree.ts'
import { LineReader, type LineSources } from './read-line.ts'
import type { NoteKind } from './read-notes.ts'
import { readPicture } from './read-picture.ts'
import { WordFields } from './word-fields.ts'
import type { WordFile } from './word-file.ts'
import { LOST } from '../lost.ts'

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }

/** What a line of the body refers to; `boxes` takes up the text boxes that hang on it. */
export function lineSources(
  word: WordFile,
  fields: WordFields,
  boxes: XmlElement[],
  note: LineSources['note'] = (kind, id) => noteContent(word, kind, id),
  relationships = word.relationships,
): LineSources {
  return {
    styles: word.styles,
    losses: word.losses,
    isOwn: word.isOwn,
    relationships,
    fields,
    note,
    picture: (drawing) => readPicture(drawing, word, relationships),
    textBox: (content) => boxes.push(content),
  }
}

/** The line of a cell. */
export function cellContent(cell: XmlElement, word: WordFile): Content {
  const lines = new LinesReader(word, (boxes) => lineSources(word, new WordFields(), boxes))
  lines.read(cell)
  return lines.content()
}

/** The line of a note, or null for one that is not there. A note in a note is left out of it. */
function noteContent(word: WordFile, kind: NoteKind, id: string): Content | null {
  const found = word.notes.find(kind, id)
  if (found === null) return null
  const nested: LineSources['note'] = () => {
    word.losses.note(LOST.nestedFootnote)
    return null
  }
  const lines = new LinesReader(word, (boxes) =>
    lineSources(word, new WordFields(), boxes, nested, found.relationships),
  )
  lines.read(found.element)
  return normalContent(withoutFirstSpace(lines.content()))
}

class LinesReader {
  readonly #word: WordFile
  readonly #sources: (boxes: XmlElement[]) => LineSources
  readonly #lines: Content[] = []

  constructor(word: WordFile, sources: (boxes: XmlElement[]) => LineSources) {
    this.#word = word
    this.#sources = sources
  }

  content(): Content {
    return normalContent(this.#lines.flatMap((line, index) => (index === 0 ? line : [LINE_BREAK, ...line])))
  }

  read(parent: XmlElement): void {
    const { losses } = this.#word
    for (const child of elementsOf(parent)) {
      switch (child.name) {
        case 'w:p':
          this.#paragraph(child)
          break
        case 'w:tbl':
          losses.note(LOST.cellBlocks)
          this.read(child)
          break
        case 'w:del':
        case 'w:moveFrom':
          losses.note(LOST.trackedChanges)
          break
        case 'w:tr':
        case 'w:tc':
        case 'w:sdt':
        case 'w:sdtContent':
        case 'w:customXml':
        case 'w:smartTag':
        case 'w:ins':
        case 'w:moveTo':
          this.read(child)
          break
        default:
      }
    }
  }

  #paragraph(paragraph: XmlElement): void {
    const { losses } = this.#word
    const boxes: XmlElement[] = []
    const line = new LineReader(this.#sources(boxes))
    line.read(paragraph)
    const list = valueOf(within(paragraph, 'w:pPr', 'w:numPr', 'w:numId'))
    losses.note(LOST.cellBlocks, line.pictures.length + (list === null || list === '0' ? 0 : 1))
    this.#lines.push([
      ...line.content,
      ...line.pictures.map((picture): TextShape => ({ text: nodeText(picture), marks: {} })),
    ])
    for (const box of boxes) this.read(box)
  }
}

/** The line without its first character, when that is white space that belongs to what stands before it. */
export function withoutFirstSpace(content: Content): Content {
  const [first, ...rest] = content
  if (first === undefined || !isText(first) || !/^[ \t\u00a0]/.test(first.text)) return content
  return first.text.length === 1 ? rest : [{ ...first, text: first.text.slice(1) }, ...rest]
}
