/** A line of a document as Word writes it: runs, links, breaks, footnotes and equations. */
import { FootnoteReferenceRun, type IRunOptions, Paragraph, type ParagraphChild, ShadingType, Tab, TextRun } from 'docx'
import { Math as WordMath } from 'docx/math'
import { isText, type NodeShape, type TextShape } from '../../../../shared/document/document-shape.ts'
import { mentionAddress } from '../../../../shared/document/mention-address.ts'
import { highlightColor } from '../../../../shared/document/mark-specs.ts'
import { type Content, equalValues } from '../../../../shared/document/normal-shape.ts'
import { nodeText, wordsOf } from '../../../../shared/document/plain-text.ts'
import type { DocumentId } from '../../../../shared/ids.ts'
import { directedPieces, isRightToLeft } from '../text-direction.ts'
import { wordFormula } from '../formula/word-formula.ts'
import { ORANGE_SHADE, PENS, STYLES, WORD_STYLES } from '../word-names.ts'
import { type LinkTarget, WordLink } from './word-link.ts'
import { languageOf } from './word-styles.ts'

export class WordRuns {
  readonly notes: Paragraph[] = []
  #links = 0

  line(content: Content, lang: string | null = null): ParagraphChild[] {
    const children: ParagraphChild[] = []
    for (let at = 0; at < content.length; at++) {
      const part = content[at] as NodeShape | TextShape
      if (!isText(part)) {
        children.push(...this.#node(part, lang))
        continue
      }
      const link = part.marks['link']
      if (link === undefined) {
        children.push(...runs(part, lang))
        continue
      }
      const linked = [part]
      for (let next = content[at + 1]; next !== undefined && isText(next); next = content[at + 1]) {
        if (!equalValues(next.marks['link'], link)) break
        linked.push(next)
        at++
      }
      const title = link['title']
      children.push(
        this.#link(
          { href: String(link['href']), ...(typeof title === 'string' ? { title } : {}) },
          linked.flatMap((each) => runs(each, lang)),
        ),
      )
    }
    return children
  }

  /** Code as it stands: its line ends are breaks. */
  verbatim(text: string, look: IRunOptions = {}): ParagraphChild[] {
    return text
      .split('\n')
      .flatMap((line, index) => [
        ...(index === 0 ? [] : [new TextRun({ break: 1 })]),
        ...(line === '' ? [] : [new TextRun({ ...look, children: tabbed(line) })]),
      ])
  }

  /** A formula's TeX, where Word has no equation for it. */
  source(tex: string): ParagraphChild[] {
    return this.verbatim(tex, { style: WORD_STYLES.formula })
  }

  #link(target: LinkTarget, words: readonly TextRun[]): ParagraphChild {
    // The library's type of what may stand in a line is a list of its own classes.
    return new WordLink(++this.#links, target, words) as unknown as ParagraphChild
  }

  #node(node: NodeShape, lang: string | null): ParagraphChild[] {
    switch (node.node) {
      case 'hard_break':
        return [new TextRun({ break: 1 })]
      case 'math':
        return formulaOf(nodeText(node))
      case 'footnote': {
        const number = this.notes.length + 1
        const words = wordsOf(node.content)
        // The place first: a note's own line asks for no further number.
        this.notes.push(
          new Paragraph({
            style: STYLES.noteText,
            ...(isRightToLeft(words) ? { bidirectional: true } : {}),
            children: [new TextRun(' '), ...this.line(node.content, lang)],
          }),
        )
        return [new FootnoteReferenceRun(number)]
      }
      case 'mention': {
        const label = node.attributes['label']
        const words = typeof label === 'string' ? label : ''
        return [
          this.#link({ href: mentionAddress(node.attributes['document'] as DocumentId) }, mentionRuns(words, lang)),
        ]
      }
      default:
        throw new Error(`Broken invariant: what a Word file can hold has no ${node.node} in a line`)
    }
  }
}

function runs({ text, marks }: TextShape, lang: string | null): TextRun[] {
  const look = lookOf(marks, lang)
  return directedPieces(text).map(
    (piece) => new TextRun({ ...look, ...(piece.rtl ? { rightToLeft: true } : {}), children: tabbed(piece.text) }),
  )
}

/** An equation, or its TeX where Word has none. */
function formulaOf(tex: string): ParagraphChild[] {
  const parts = wordFormula(tex)
  return [
    parts === null
      ? new TextRun({ style: WORD_STYLES.formula, children: tex === '' ? [''] : tabbed(tex) })
      : new WordMath({ children: [...parts] }),
  ]
}

/** An unnamed mention still is one. */
function mentionRuns(words: string, lang: string | null): TextRun[] {
  return words === '' ? [new TextRun('')] : runs({ text: words, marks: { link: {} } }, lang)
}

/** Word takes a tab among letters for a space. */
function tabbed(text: string): (string | Tab)[] {
  return text
    .split('\t')
    .flatMap((piece, index) => [...(index === 0 ? [] : [new Tab()]), ...(piece === '' ? [] : [piece])])
}

function lookOf(marks: TextShape['marks'], lang: string | null): IRunOptions {
  const color = 'highlight' in marks ? highlightColor(marks['highlight']?.['color']) : null
  const isCode = 'code' in marks
  const isLink = 'link' in marks
  return {
    ...('bold' in marks ? { bold: true } : {}),
    ...('italic' in marks ? { italics: true } : {}),
    ...('underline' in marks ? { underline: {} } : {}),
    ...('strike' in marks ? { strike: true } : {}),
    ...('superscript' in marks ? { superScript: true } : 'subscript' in marks ? { subScript: true } : {}),
    ...(color === null
      ? {}
      : color === 'orange'
        ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: ORANGE_SHADE } }
        : { highlight: PENS[color] }),
    ...(isCode ? { style: WORD_STYLES.code } : isLink ? { style: WORD_STYLES.link } : {}),
    // Words have one style; a link in code is told by its colour.
    ...(isCode && isLink ? { color: '0563C1' } : {}),
    ...(lang === null ? {} : { language: languageOf(lang) }),
  }
}
