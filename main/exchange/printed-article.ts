/** A document as it goes onto paper: its HTML, without what only works on a screen. */
import type { DocumentShape, NodeShape } from '../../shared/document/document-shape.ts'
import { isText } from '../../shared/document/document-shape.ts'
import { mentionLabel } from '../../shared/document/inline-node-specs.ts'
import { Losses } from '../../shared/document/losses.ts'
import { displayTitle } from '../../shared/document/plain-text.ts'
import { shapeToArticle } from '../../shared/document/shape-to-html.ts'
import { formulaHtml } from './formula-html.ts'

export interface PrintedArticle {
  /** What to call it, or ''. */
  readonly title: string
  /** A BCP 47 tag, or null when nobody said. */
  readonly language: string | null
  /** One `article` element. */
  readonly html: string
  /** What paper and PDF do not hold of it, one phrase each. */
  readonly losses: readonly string[]
}

/** `pictureAddress` says where a picture's bytes are found by its name, or null when they are not at hand. */
export function printedArticle(
  shape: DocumentShape,
  pictureAddress: (name: string) => string | null = () => null,
): PrintedArticle {
  const losses = new Losses()
  const content = shape.content.map((node) => printed(node.node === 'table' ? alignedColumns(node) : node, losses))
  const { article, losses: ofHtml } = shapeToArticle(
    { ...shape, content },
    {
      pictureSource: pictureAddress,
      drawFormula(tex, style) {
        const drawn = formulaHtml(tex, style)
        if (drawn === null) losses.note('a formula, written as its TeX')
        return drawn
      },
    },
  )
  return {
    title: displayTitle(shape),
    language: shape.language ?? null,
    html: article,
    losses: [...losses.toList(), ...ofHtml],
  }
}

/** A table's first row aligns its columns; in HTML each cell says so itself. */
function alignedColumns(table: NodeShape): NodeShape {
  const [first, ...others] = table.content
  if (first === undefined || isText(first)) return table
  const aligned = first.content.map((cell) => (isText(cell) ? undefined : cell.attributes['align']))
  const rows = others.map((row) => {
    if (isText(row)) return row
    const content = row.content.map((cell, column) =>
      isText(cell) ? cell : { ...cell, attributes: { ...cell.attributes, align: aligned[column] } },
    )
    return { ...row, content }
  })
  return { ...table, content: [first, ...rows] }
}

/** A mention leads nowhere on paper, and in a PDF only where this very library is: it is the title it shows. */
function printed(node: NodeShape, losses: Losses): NodeShape {
  return {
    ...node,
    content: node.content.map((part) => {
      if (isText(part)) return part
      if (part.node !== 'mention') return printed(part, losses)
      losses.note('a link to another document, written as its title')
      return { text: mentionLabel(part.attributes['label']), marks: {} }
    }),
  }
}
