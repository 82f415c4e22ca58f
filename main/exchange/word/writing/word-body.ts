/** The body of a Word file: each block as paragraphs, pictures and tables. */
import { CheckBox, type FileChild, Paragraph, type ParagraphChild, Tab, TextRun, XmlComponent } from 'docx'
import { Math as WordMath } from 'docx/math'
import { blockDepth, blockKind, listStart } from '../../../../shared/document/block-kinds.ts'
import type { DocumentShape, NodeShape } from '../../../../shared/document/document-shape.ts'
import { nodeText } from '../../../../shared/document/plain-text.ts'
import { assert } from '../../../../shared/errors.ts'
import { wordFormula } from '../formula/word-formula.ts'
import { ListNumbers } from '../list-numbers.ts'
import { isRightToLeft } from '../text-direction.ts'
import type { WordPictures } from '../word-form.ts'
import { STYLES } from '../word-names.ts'
import { indent, sidesOf, styleOf } from './paragraph-look.ts'
import { WordLists } from './word-lists.ts'
import { wordPicture } from './word-picture.ts'
import { WordRuns } from './word-runs.ts'
import { languageOf } from './word-styles.ts'
import { wordTable } from './word-table.ts'

/** An equation that stands by itself, as large as such ones are set. */
class DisplayedMath extends XmlComponent {
  constructor(math: XmlComponent) {
    super('m:oMathPara')
    this.root.push(math)
  }
}

export class WordBody {
  readonly lists = new WordLists()
  readonly runs = new WordRuns()
  readonly #pictures: WordPictures
  readonly #numbers = new ListNumbers()
  /** The ordered list that is open at each depth. */
  readonly #open: string[] = []
  #pictureCount = 0

  constructor(pictures: WordPictures) {
    this.#pictures = pictures
  }

  /** All that stands in the file, in its order. */
  children({ title, content }: DocumentShape): FileChild[] {
    const children: FileChild[] = []
    if (title !== '') {
      children.push(
        new Paragraph({
          style: STYLES.title,
          ...(isRightToLeft(title) ? { bidirectional: true } : {}),
          children: this.runs.line([{ text: title, marks: {} }]),
        }),
      )
    }
    for (const [index, node] of content.entries()) {
      children.push(...this.#block(node))
      const next = content[index + 1]
      // Word makes one of two tables side by side, and wants a paragraph after the last.
      if (node.node === 'table' && (next === undefined || next.node === 'table'))
        children.push(new Paragraph({ style: STYLES.gap }))
    }
    return children
  }

  #block(node: NodeShape): FileChild[] {
    const given = listStart(node.attributes['start'])
    const depth = blockDepth(node.attributes['depth'])
    const number = given ?? this.#numbers.next(depth)
    if (node.node === 'block' && blockKind(node.attributes['kind']) === 'ordered') {
      if (given !== null || !this.#numbers.isOpen(depth)) this.#open[depth] = this.lists.begin(depth, number)
    }
    this.#numbers.pass(node, number)
    switch (node.node) {
      case 'divider':
        return [new Paragraph({ style: STYLES.divider })]
      case 'image':
        return wordPicture(node, this.#bytes(node), ++this.#pictureCount, this.runs)
      case 'table':
        return [wordTable(node, this.runs)]
      default:
        return [this.#paragraph(node, depth)]
    }
  }

  #paragraph(node: NodeShape, depth: number): Paragraph {
    const kind = blockKind(node.attributes['kind'])
    if (kind === 'code') {
      return new Paragraph({
        style: STYLES.code,
        ...indent(depth, 110),
        children: this.runs.verbatim(nodeText(node)),
      })
    }
    if (kind === 'math') return this.#formula(nodeText(node), depth)
    const { lang, checked } = node.attributes
    const words = this.runs.line(node.content, typeof lang === 'string' ? lang : null)
    return new Paragraph({
      ...styleOf(node, depth, this.#open[depth] ?? ''),
      ...sidesOf(node),
      ...(typeof lang === 'string' ? { run: { language: languageOf(lang) } } : {}),
      children:
        kind === 'task'
          ? [
              new CheckBox({
                checked: checked === true,
                checkedState: { value: '2612', font: 'MS Gothic' },
                uncheckedState: { value: '2610', font: 'MS Gothic' },
              }),
              new TextRun({ children: [new Tab()] }),
              ...words,
            ]
          : words,
    })
  }

  #formula(tex: string, depth: number): Paragraph {
    const parts = tex === '' ? [] : wordFormula(tex)
    return new Paragraph({
      style: STYLES.formula,
      ...indent(depth, 0),
      children:
        parts === null
          ? this.runs.source(tex)
          : parts.length === 0
            ? []
            : [new DisplayedMath(new WordMath({ children: [...parts] })) as unknown as ParagraphChild],
    })
  }

  #bytes({ attributes }: NodeShape): Uint8Array {
    const bytes = this.#pictures(String(attributes['blob']))
    assert(bytes !== null && bytes !== 'format', 'a held picture has its bytes')
    return bytes
  }
}
