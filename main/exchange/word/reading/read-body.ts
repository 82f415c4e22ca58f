/** The blocks of a Word file: its paragraphs, tables and pictures, one after the other. */
import { isText, type NodeShape } from '../../../../shared/document/document-shape.ts'
import { normalContent } from '../../../../shared/document/normal-shape.ts'
import { ListNumbers } from '../list-numbers.ts'
import { valueOf, elementsOf, within, type XmlElement } from '../package/xml-tree.ts'
import { STYLES } from '../word-names.ts'
import { ListPlaces } from './list-places.ts'
import { alignmentOf, paragraphBlock, type ReadParagraph, verbatimBlock } from './paragraph-block.ts'
import { LineReader } from './read-line.ts'
import { cellContent, lineSources } from './read-lines.ts'
import { readTable } from './read-table.ts'
import { isContentsStyle, kindOfStyle } from './style-kind.ts'
import { WordFields } from './word-fields.ts'
import type { WordFile } from './word-file.ts'
import { LOST } from '../lost.ts'

const DIVIDER: NodeShape = { node: 'divider', attributes: {}, content: [] }

export class BodyReader {
  readonly blocks: NodeShape[] = []
  readonly #word: WordFile
  readonly #numbers = new ListNumbers()
  readonly #places: ListPlaces
  readonly #fields = new WordFields()

  constructor(word: WordFile) {
    this.#word = word
    this.#places = new ListPlaces(word)
  }

  read(parent: XmlElement): void {
    for (const child of elementsOf(parent)) this.#read(child)
  }

  #read(element: XmlElement): void {
    const { losses } = this.#word
    switch (element.name) {
      case 'w:p':
        this.#paragraph(element)
        return
      case 'w:tbl':
        this.#add(
          readTable(element, { losses, isOwn: this.#word.isOwn, line: (cell) => cellContent(cell, this.#word) }),
        )
        return
      case 'w:sdt':
        if (valueOf(within(element, 'w:sdtPr', 'w:docPartObj', 'w:docPartGallery')) === 'Table of Contents') {
          losses.note(LOST.tableOfContents)
        } else this.read(within(element, 'w:sdtContent') ?? element)
        return
      case 'w:del':
      case 'w:moveFrom':
        losses.note(LOST.trackedChanges)
        return
      case 'mc:AlternateContent':
        this.read(within(element, 'mc:Choice') ?? within(element, 'mc:Fallback') ?? element)
        return
      case 'w:ins':
      case 'w:moveTo':
      case 'w:customXml':
      case 'w:smartTag':
        this.read(element)
        return
      default:
    }
  }

  #add(block: NodeShape, number = 1): void {
    this.#numbers.pass(block, number)
    this.blocks.push(block)
    if (block.node !== 'block') this.#places.leave()
  }

  #paragraph(element: XmlElement): void {
    const { styles, losses, isOwn } = this.#word
    const look = within(element, 'w:pPr')
    const style = valueOf(within(look, 'w:pStyle'))
    const names = styles.chain(style).map(({ name }) => name)
    if (isContentsStyle(names)) {
      losses.note(LOST.tableOfContents)
      return
    }
    const boxes: XmlElement[] = []
    const line = new LineReader(lineSources(this.#word, this.#fields, boxes))
    line.read(element)
    this.#fields.endParagraph()
    const paragraph: ReadParagraph = { look, style, names, line }
    const isEmpty = line.content.length === 0 && line.pictures.length === 0
    if (isEmpty && style === STYLES.gap) return
    if (isEmpty && (names.includes('horizontal line') || (!isOwn && hasRule(look)))) {
      this.#add(DIVIDER)
      return
    }
    const hasWords = line.content.some((part) => !isText(part) || isOwn || part.text.trim() !== '')
    if (hasWords || (line.pictures.length === 0 && boxes.length === 0)) this.#words(paragraph)
    const align = alignmentOf(paragraph, this.#word)
    const side = align === 'end' ? { align } : align === 'center' ? {} : { align: 'start' }
    for (const picture of line.pictures) {
      this.#add({ ...picture, attributes: { ...picture.attributes, ...side } })
    }
    for (const box of boxes) this.read(box)
  }

  #words(paragraph: ReadParagraph): void {
    const { style, names, line } = paragraph
    const last = this.blocks.at(-1)
    if (names[0] === 'caption' && last?.node === 'image' && last.content.length === 0) {
      this.blocks[this.blocks.length - 1] = { ...last, content: normalContent(line.content) }
      return
    }
    const kind = kindOfStyle(style, names)
    if (kind === 'code' || kind === 'math') {
      const block = verbatimBlock(kind, paragraph, this.#places)
      if (kind === 'code' && !this.#word.isOwn && last?.attributes['kind'] === 'code') this.#goOn(last, block)
      else this.#add(block)
      return
    }
    if (line.isEquation) {
      for (const part of line.content) {
        if (!isText(part)) this.#add({ node: 'block', attributes: { kind: 'math' }, content: part.content })
      }
      return
    }
    const { block, number } = paragraphBlock(paragraph, kind, this.#word, this.#places, this.#numbers)
    this.#add(block, number)
  }

  /** Other programs write each line of code as a paragraph. */
  #goOn(code: NodeShape, line: NodeShape): void {
    const content = normalContent([...code.content, { text: '\n', marks: {} }, ...line.content])
    this.blocks[this.blocks.length - 1] = { ...code, content }
  }
}

/** A line at its foot: what Word makes of three hyphens. */
function hasRule(look: XmlElement | undefined): boolean {
  const border = within(look, 'w:pBdr', 'w:bottom')
  return border !== undefined && valueOf(border) !== 'nil' && valueOf(border) !== 'none'
}
