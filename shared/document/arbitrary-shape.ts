/** Test support: random documents for fast-check, rich in what trips converters and mergers. */
import fc from 'fast-check'
import type { Attributes, DocumentShape, NodeShape, TextShape } from './document-shape.ts'
import { normalShape } from './normal-shape.ts'
import { BLOCK_KINDS, isVerbatim, MAX_DEPTH, storedKind, TONES } from './block-kinds.ts'

const NASTY = [
  ' ', '  ', '\t', 'a', 'word', 'two words', '#', '# ', '## x', '1.', '1. ', '2) x', '- ', '-', '---', '***', '* x', '+ ', '> ', '>',
  '`', '``', '```', '~', '~~', '~~~', '*', '**', '_', '__', '\\', '|', '| a |', '[ ] ', '[x] ', '[a](b)', '![a](b)', '[', ']', '(', ')',
  '<', '>', '<b>', '<br>', '<!-- x -->', '&', '&amp;', '&nbsp;', '&#x20;', '\u00a0', '=', '===', ':', '!', '"', "'", '.',
  'https://example.org/a', 'www.example.org', 'a@example.org', '漢字', 'かな', '「あ」', '。', 'שלום', 'العربية', '👩‍👩‍👧', '🇩🇪', 'é', 'e\u0301', '\u200b', '\u2028',
  '\ufeff', '\u0001', '\u000b', '\u000c', '\u007f', '\u0085', 'x'.repeat(300),
] // biome-ignore format: one table

/** Text as people type or paste it: well-formed Unicode, no line feeds, no NUL. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .map((text) => text.replace(/[\r\n\0]/g, '.')),
  },
)

const arbitraryHref = fc.constantFrom(
  'https://example.org/',
  'https://example.org/a',
  'https://example.org/(a)_b)',
  'https://example.org/?q="a"&b=\'c\'#d',
  'https://例え.jp/道',
  'mailto:bob@example.org',
  'https://example.org/a b',
)

const arbitraryLink: fc.Arbitrary<Attributes> = fc.oneof(
  arbitraryHref.map((href) => ({ href })),
  fc.tuple(arbitraryHref, fc.constantFrom('title', 'a "quoted" one', '(x)')).map(([href, title]) => ({ href, title })),
)

const arbitraryMarks: fc.Arbitrary<Record<string, Attributes>> = fc
  .record(
    {
      bold: fc.constant({}),
      italic: fc.constant({}),
      strike: fc.constant({}),
      code: fc.constant({}),
      link: arbitraryLink,
      underline: fc.constant({}),
      superscript: fc.constant({}),
      highlight: fc.constantFrom<Attributes>({}, { color: 'green' }, { color: 'pink' }),
    },
    { requiredKeys: [] },
  )
  .map((marks) => ({ ...marks }) as Record<string, Attributes>)

const arbitraryRun: fc.Arbitrary<TextShape> = fc
  .tuple(arbitraryText, fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: arbitraryMarks }))
  .map(([text, marks]) => ({ text, marks }))

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }

const arbitraryName = fc.constantFrom('0'.repeat(64), 'f'.repeat(64))

const arbitraryFormula: fc.Arbitrary<NodeShape> = fc
  .oneof(fc.constantFrom('x^2', '\\frac{a}{b}', 'a|b', '$', 'a_{1}', '\\'), arbitraryText)
  .map((text) => ({ node: 'math', attributes: {}, content: [{ text, marks: {} }] }))

const arbitraryMention: fc.Arbitrary<NodeShape> = fc
  .record({ document: arbitraryName, label: arbitraryText })
  .map(({ document, label }) => ({
    node: 'mention',
    attributes: { document, label: label.slice(0, 200) },
    content: [],
  }))

/** What may stand in a line, footnotes aside. */
const arbitraryLine: fc.Arbitrary<readonly (NodeShape | TextShape)[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: arbitraryRun },
    { weight: 2, arbitrary: fc.constant(LINE_BREAK) },
    { weight: 1, arbitrary: arbitraryFormula },
    { weight: 1, arbitrary: arbitraryMention },
  ),
  { maxLength: 5 },
)

const arbitraryFootnote: fc.Arbitrary<NodeShape> = arbitraryLine.map((content) => ({
  node: 'footnote',
  attributes: {},
  content,
}))

const arbitraryInline: fc.Arbitrary<readonly (NodeShape | TextShape)[]> = fc.oneof(
  { weight: 5, arbitrary: arbitraryLine },
  {
    weight: 1,
    arbitrary: fc
      .tuple(arbitraryLine, arbitraryFootnote, arbitraryLine)
      .map(([before, note, after]) => [...before, note, ...after]),
  },
)

const arbitraryKnownBlock: fc.Arbitrary<NodeShape> = fc
  .record({
    kind: fc.constantFrom(...BLOCK_KINDS),
    depth: fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: MAX_DEPTH }) },
    ),
    checked: fc.boolean(),
    lang: fc.constantFrom('', 'ts', 'c++', 'a b', 'x`y'),
    tone: fc.constantFrom(...TONES),
    content: arbitraryInline,
  })
  .map(({ kind, depth, checked, lang, tone, content }) => {
    const attributes: Record<string, unknown> = {}
    if (storedKind(kind) !== null) attributes['kind'] = kind
    if (depth > 0) attributes['depth'] = depth
    if (kind === 'task' && checked) attributes['checked'] = true
    if (kind === 'code' && lang !== '') attributes['lang'] = lang
    if (kind === 'callout' && tone !== 'note') attributes['tone'] = tone
    const plain = !isVerbatim(kind)
      ? content
      : content.map((part) => ({ text: 'text' in part ? part.text : '\n', marks: {} }))
    return { node: 'block', attributes, content: plain }
  })

const DIVIDER: NodeShape = { node: 'divider', attributes: {}, content: [] }

const arbitraryImage: fc.Arbitrary<NodeShape> = fc
  .record({ blob: arbitraryName, alt: fc.oneof(fc.constant(''), arbitraryText), content: arbitraryLine })
  .map(({ blob, alt, content }) => ({ node: 'image', attributes: alt === '' ? { blob } : { blob, alt }, content }))

const arbitraryTable: fc.Arbitrary<NodeShape> = fc
  .record({
    header: fc.boolean(),
    rows: fc.array(fc.array(fc.tuple(arbitraryInline, fc.constantFrom(null, 'center', 'end')), { maxLength: 3 }), {
      maxLength: 3,
    }),
  })
  .map(({ header, rows }) => ({
    node: 'table',
    attributes: header ? { header: true } : {},
    content: rows.map((cells, row) => ({
      node: 'table_row',
      attributes: {},
      content: cells.map(([content, align]) => ({
        node: 'table_cell',
        attributes: row === 0 && align !== null ? { align } : {},
        content,
      })),
    })),
  }))

const arbitraryBlock = fc.oneof(
  { weight: 12, arbitrary: arbitraryKnownBlock },
  { weight: 1, arbitrary: arbitraryImage },
  { weight: 1, arbitrary: arbitraryTable },
  { weight: 1, arbitrary: fc.constant(DIVIDER) },
)

/** A document of what this version can write. */
export const arbitraryShape: fc.Arbitrary<DocumentShape> = fc
  .record({
    title: fc.oneof(fc.constant(''), arbitraryText),
    content: fc.array(arbitraryBlock, { maxLength: 6 }),
  })
  .map(normalShape)

const arbitraryStranger: fc.Arbitrary<NodeShape> = fc.oneof(
  fc.constant<NodeShape>({ node: 'chart', attributes: { src: 'a.png', width: 3 }, content: [] }),
  arbitraryKnownBlock.map(
    (inner): NodeShape => ({
      node: 'board',
      attributes: { border: true },
      content: [{ node: 'row', attributes: {}, content: [{ node: 'cell', attributes: {}, content: [inner] }] }],
    }),
  ),
  arbitraryKnownBlock.map(
    (block): NodeShape => ({ ...block, attributes: { ...block.attributes, align: 'center', mood: 'dark' } }),
  ),
  arbitraryRun.map(
    (run): NodeShape => ({
      node: 'block',
      attributes: {},
      content: [{ text: run.text, marks: { ...run.marks, 'comment--AbCd1234': { id: 'c1' } } }],
    }),
  ),
)

/** A document that may also have nodes, marks and attributes of a later version. */
export const arbitraryStrangeShape: fc.Arbitrary<DocumentShape> = fc
  .record({
    title: fc.oneof(fc.constant(''), arbitraryText),
    content: fc.array(fc.oneof({ weight: 4, arbitrary: arbitraryBlock }, { weight: 1, arbitrary: arbitraryStranger }), {
      maxLength: 6,
    }),
  })
  .map(normalShape)
