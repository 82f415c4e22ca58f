/** Test support: random documents with all that Word can say beside words: sides, directions, languages, numbers, widths. */
import fc from 'fast-check'
import { arbitraryStrangeShape } from '../../../shared/document/arbitrary-shape.ts'
import { ALIGNMENTS, blockKind, isVerbatim } from '../../../shared/document/block-kinds.ts'
import { type DocumentShape, isText, type NodeShape } from '../../../shared/document/document-shape.ts'
import { normalShape } from '../../../shared/document/normal-shape.ts'

const arbitraryFacts = fc.record(
  {
    align: fc.constantFrom(...ALIGNMENTS),
    dir: fc.constantFrom('ltr', 'rtl'),
    lang: fc.constantFrom('de', 'en-GB', 'he', 'ar', 'ja', 'zh-Hant', 'sr-Latn'),
    start: fc.constantFrom(0, 1, 2, 3, 7, 120),
    width: fc.integer({ min: 10, max: 100 }),
    cellWidth: fc.constantFrom(32, 60, 133, 250, 900),
    subscript: fc.boolean(),
    formula: fc.constantFrom(
      '\\frac{a}{b}',
      '\\sqrt{x^2+1}',
      '\\sum_{i=1}^{n} i',
      'e^{i\\pi}+1=0',
      '\\left(\\frac{1}{2}\\right)',
      '\\mathbb{R}',
    ),
  },
  { requiredKeys: [] },
)
type Facts = typeof arbitraryFacts extends fc.Arbitrary<infer T> ? T : never

export const arbitraryWordShape: fc.Arbitrary<DocumentShape> = fc
  .tuple(
    arbitraryStrangeShape,
    fc.array(arbitraryFacts, { minLength: 1, maxLength: 6 }),
    fc.constantFrom(undefined, 'de', 'en-GB', 'he'),
  )
  .map(([shape, facts, language]) =>
    normalShape({
      title: shape.title,
      ...(language === undefined ? {} : { language }),
      content: shape.content.map((node, index) => withFacts(node, facts[index % facts.length] ?? {})),
    }),
  )

function withFacts(
  node: NodeShape,
  { align, dir, lang, start, width, cellWidth, subscript, formula }: Facts,
): NodeShape {
  const attributes: Record<string, unknown> = { ...node.attributes }
  const give = (name: string, value: unknown): void => {
    if (value !== undefined) attributes[name] = value
  }
  if (node.node === 'image') {
    give('width', width)
    give('align', align === 'justify' ? 'start' : align)
    return { ...node, attributes }
  }
  if (node.node === 'table') {
    const content = node.content.map((row, index) =>
      index > 0 || isText(row) ? row : { ...row, content: row.content.map((cell) => withWidth(cell, cellWidth)) },
    )
    return { ...node, content }
  }
  if (node.node !== 'block') return node
  const kind = blockKind(node.attributes['kind'])
  if (isVerbatim(kind))
    return formula !== undefined && kind === 'math' ? { ...node, content: [{ text: formula, marks: {} }] } : node
  give('align', align)
  give('dir', dir)
  give('lang', lang)
  if (kind === 'ordered') give('start', start)
  const lowered = node.content.map((part) =>
    isText(part) && subscript === true && !('superscript' in part.marks)
      ? { ...part, marks: { ...part.marks, subscript: {} } }
      : part,
  )
  const math = formula === undefined ? [] : [{ node: 'math', attributes: {}, content: [{ text: formula, marks: {} }] }]
  return { ...node, attributes, content: [...lowered, ...math] }
}

function withWidth(cell: NodeShape['content'][number], width: number | undefined): NodeShape['content'][number] {
  return isText(cell) || width === undefined ? cell : { ...cell, attributes: { ...cell.attributes, width } }
}
