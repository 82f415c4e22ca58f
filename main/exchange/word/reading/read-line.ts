/** A paragraph's line as it is read: words with their marks, breaks, notes, formulas, pictures and fields. */
import { type Attributes, isText, type NodeShape, type TextShape } from '../../../../shared/document/document-shape.ts'
import type { Losses } from '../../../../shared/document/losses.ts'
import { mentionedDocument } from '../../../../shared/document/mention-address.ts'
import { wordsOf } from '../../../../shared/document/plain-text.ts'
import { safeHref } from '../../../../shared/document/safe-href.ts'
import { texOfMath } from '../formula/read-formula.ts'
import { marksOf } from './read-marks.ts'
import type { WordStyles } from './read-styles.ts'
import { wordsIn } from './read-words.ts'
import { fieldLink, type WordFields } from './word-fields.ts'
import { WORD_STYLES } from '../word-names.ts'
import type { Relationship } from '../package/word-package.ts'
import { descendants, elementsOf, textOf, valueOf, within, type XmlElement } from '../package/xml-tree.ts'
import { LOST } from '../lost.ts'

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }

/** What a line refers to. */
export interface LineSources {
  readonly styles: WordStyles
  readonly losses: Losses
  readonly isOwn: boolean
  readonly relationships: ReadonlyMap<string, Relationship>
  /** Those that were left open before this line. */
  readonly fields: WordFields
  /** The content of a note, or null for one that is not there. */
  note(kind: 'footnote' | 'endnote', id: string): NodeShape['content'] | null
  picture(drawing: XmlElement): NodeShape | null
  /** What stands in a text box, as blocks of its own. */
  textBox(content: XmlElement): void
}

export class LineReader {
  readonly content: (NodeShape | TextShape)[] = []
  readonly pictures: NodeShape[] = []
  /** The first check box, when it stands before all words. */
  checkbox: boolean | null = null
  /** Languages of the runs, where they say one. */
  readonly languages = new Set<string>()
  readonly #sources: LineSources
  #displayed = 0

  constructor(sources: LineSources) {
    this.#sources = sources
  }

  /** Whether it is formulas that stand by themselves, and no words. */
  get isEquation(): boolean {
    return this.#displayed > 0 && this.content.every((part) => !isText(part) && part.node === 'math')
  }

  read(parent: XmlElement, link: Attributes | null = null): void {
    for (const child of elementsOf(parent)) this.#read(child, link)
  }

  #read(element: XmlElement, link: Attributes | null): void {
    const { losses } = this.#sources
    switch (element.name) {
      case 'w:r':
        this.#run(element, link)
        return
      case 'w:hyperlink':
        this.#hyperlink(element, link)
        return
      case 'w:fldSimple':
        this.read(element, fieldLink(element.attributes['w:instr'] ?? '') ?? link)
        return
      case 'w:sdt':
        if (!this.#isCheckbox(element)) this.read(within(element, 'w:sdtContent') ?? element, link)
        return
      case 'm:oMath':
        this.#formula(texOfMath(element))
        return
      case 'm:oMathPara':
        this.#displayed++
        for (const math of elementsOf(element)) if (math.name === 'm:oMath') this.#formula(texOfMath(math))
        return
      case 'w:ins':
      case 'w:moveTo':
        losses.note(LOST.trackedChanges)
        this.read(element, link)
        return
      case 'w:del':
      case 'w:moveFrom':
        losses.note(LOST.trackedChanges)
        return
      case 'mc:AlternateContent':
        this.read(within(element, 'mc:Choice') ?? within(element, 'mc:Fallback') ?? element, link)
        return
      case 'w:smartTag':
      case 'w:customXml':
      case 'w:dir':
      case 'w:bdo':
        this.read(element, link)
        return
      default:
    }
  }

  #run(run: XmlElement, link: Attributes | null): void {
    const { styles, losses, isOwn, fields } = this.#sources
    const look = within(run, 'w:rPr')
    const marks = marksOf(look, styles, losses, isOwn)
    const target = link ?? fields.link
    const hidden = fields.isHidden
    const isFormula = valueOf(within(look, 'w:rStyle')) === WORD_STYLES.formula
    const language = valueOf(within(look, 'w:lang'))
    const add = (text: string): void => {
      if (hidden) return
      if (isFormula) this.#formula(text)
      else if (text !== '') this.content.push({ text, marks: target === null ? marks : { ...marks, link: target } })
      if (text !== '' && language !== null) this.languages.add(language)
    }
    let words = ''
    const flush = (): void => {
      if (words !== '' || (isFormula && elementsOf(run).some((child) => child.name === 'w:t'))) add(words)
      words = ''
    }
    for (const child of elementsOf(run)) {
      const written = wordsIn(child)
      if (written !== null) {
        words += written
        continue
      }
      if (child.name === 'w:rPr') continue
      flush()
      if (!hidden || child.name === 'w:fldChar' || child.name === 'w:instrText') this.#runPart(child)
    }
    flush()
  }

  #runPart(element: XmlElement): void {
    const { losses, fields } = this.#sources
    switch (element.name) {
      case 'w:br':
      case 'w:cr':
        if (['page', 'column'].includes(element.attributes['w:type'] ?? '')) losses.note(LOST.pageBreaks)
        else this.content.push(LINE_BREAK)
        return
      case 'w:fldChar':
        fields.step(element.attributes['w:fldCharType'] ?? '')
        return
      case 'w:instrText':
        fields.instruct(textOf(element))
        return
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        this.#note(element)
        return
      case 'w:commentReference':
        losses.note(LOST.comments)
        return
      case 'w:drawing':
      case 'w:pict':
      case 'w:object':
        this.#drawing(element)
        return
      case 'mc:AlternateContent': {
        const chosen = within(element, 'mc:Choice') ?? within(element, 'mc:Fallback')
        for (const child of elementsOf(chosen)) this.#runPart(child)
        return
      }
      default:
    }
  }

  #hyperlink(element: XmlElement, link: Attributes | null): void {
    const relationship = this.#sources.relationships.get(element.attributes['r:id'] ?? '')
    const document = relationship?.external === true ? mentionedDocument(relationship.target) : null
    if (document === null) {
      this.read(element, this.#target(element) ?? link)
      return
    }
    const before = this.content.length
    this.read(element)
    const label = wordsOf(this.content.splice(before))
    this.content.push({ node: 'mention', attributes: label === '' ? { document } : { document, label }, content: [] })
  }

  #target({ attributes }: XmlElement): Attributes | null {
    const { losses, relationships } = this.#sources
    const id = attributes['r:id']
    const relationship = id === undefined ? undefined : relationships.get(id)
    const anchor = attributes['w:anchor']
    if (relationship === undefined || !relationship.external) {
      losses.note(LOST.innerLink)
      return null
    }
    const href = safeHref(anchor === undefined ? relationship.target : `${relationship.target}#${anchor}`)
    if (href === null) losses.note(LOST.unsafeLink)
    const title = attributes['w:tooltip'] ?? ''
    return href === null ? null : title === '' ? { href } : { href, title }
  }

  #isCheckbox(control: XmlElement): boolean {
    const box = within(control, 'w:sdtPr', 'w14:checkbox')
    if (box === undefined || this.checkbox !== null || this.content.length > 0) return false
    const checked = within(box, 'w14:checked')?.attributes['w14:val'] ?? '0'
    this.checkbox = checked === '1' || checked === 'true'
    return true
  }

  #formula(tex: string): void {
    this.content.push({ node: 'math', attributes: {}, content: tex === '' ? [] : [{ text: tex, marks: {} }] })
  }

  #note(reference: XmlElement): void {
    const kind = reference.name === 'w:endnoteReference' ? 'endnote' : 'footnote'
    const content = this.#sources.note(kind, reference.attributes['w:id'] ?? '')
    if (content !== null) this.content.push({ node: 'footnote', attributes: {}, content })
  }

  #drawing(element: XmlElement): void {
    const boxes = descendants(element, 'w:txbxContent')
    for (const box of boxes) this.#sources.textBox(box)
    if (boxes.length > 0) return
    const picture = this.#sources.picture(element)
    if (picture === null) this.#sources.losses.note(LOST.drawings)
    else this.pictures.push(picture)
  }
}
