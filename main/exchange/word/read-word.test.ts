import { describe, expect, it } from 'vitest'
import { isText, type NodeShape } from '../../../shared/document/document-shape.ts'
import { nodeText } from '../../../shared/document/plain-text.ts'
import { LOST } from './lost.ts'
import { readWord } from './read-word.ts'
import { item, paragraph, run, style, wordFixture } from './testing/word-fixture.ts'

const PIXEL = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image'
const LINK = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink'

const drawing = (id: string, more = '') =>
  `<w:drawing><wp:inline><wp:extent cx="2850000" cy="100"/><wp:docPr id="1" name="Picture 1" descr="A bridge"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic>${more}</a:graphicData></a:graphic></wp:inline></w:drawing>`

const block = (attributes: NodeShape['attributes'], text: string, marks = {}): NodeShape => ({
  node: 'block',
  attributes,
  content: text === '' ? [] : [{ text, marks }],
})
const blocksOf = (body: string) => readWord(wordFixture({ body })).shape.content

describe('a file that Word wrote', () => {
  it('WORD-4: has its title, its headings in any language, and its language', () => {
    const { shape, losses } = readWord(
      wordFixture({
        body:
          paragraph(run('On rivers'), style('Title')) +
          paragraph(
            `<w:bookmarkStart w:id="0" w:name="_Toc1"/>${run('One')}<w:bookmarkEnd w:id="0"/>`,
            style('Heading1'),
          ) +
          paragraph(run('Two'), style('berschrift2')) +
          paragraph(run('Based on another'), style('Chapter')),
      }),
    )
    expect(shape).toEqual({
      title: 'On rivers',
      language: 'en-GB',
      content: [block({ kind: 'h1' }, 'One'), block({ kind: 'h2' }, 'Two'), block({ kind: 'h1' }, 'Based on another')],
    })
    expect(losses).toEqual([])
  })

  it('WORD-4: is one line where Word cut it into runs, checked its spelling and tagged its places', () => {
    const body = paragraph(
      `${run('The ')}<w:proofErr w:type="spellStart"/>${run('Spr')}${run('ee')}<w:proofErr w:type="spellEnd"/><w:r><w:lastRenderedPageBreak/><w:t xml:space="preserve"> runs through </w:t></w:r><w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="City">${run('Berlin')}</w:smartTag><w:sdt><w:sdtPr><w:alias w:val="Year"/></w:sdtPr><w:sdtContent>${run(' since 1237')}</w:sdtContent></w:sdt>`,
    )
    expect(blocksOf(body)).toEqual([block({}, 'The Spree runs through Berlin since 1237')])
  })

  it('WORD-4: has its lists with their depth and their numbers, and text inside an item', () => {
    const inside = '<w:pStyle w:val="ListParagraph"/>'
    const body =
      paragraph(run('a'), item(1)) +
      paragraph(run('b'), item(1, 1)) +
      paragraph(run('more of b'), `${inside}<w:ind w:left="1440"/>`) +
      paragraph(run('one'), item(2)) +
      paragraph(run('inner'), item(2, 1)) +
      paragraph(run('two'), item(2)) +
      paragraph(run('between')) +
      paragraph(run('three'), item(2)) +
      paragraph(run('five'), item(3))
    expect(blocksOf(body)).toEqual([
      block({ kind: 'bullet' }, 'a'),
      block({ kind: 'bullet', depth: 1 }, 'b'),
      block({ depth: 2 }, 'more of b'),
      block({ kind: 'ordered' }, 'one'),
      block({ kind: 'ordered', depth: 1 }, 'inner'),
      block({ kind: 'ordered' }, 'two'),
      block({}, 'between'),
      block({ kind: 'ordered', start: 3 }, 'three'),
      block({ kind: 'ordered', start: 5 }, 'five'),
    ])
  })

  it('WORD-4: has its tasks, whether boxes that can be ticked or signs', () => {
    const box = (state: string) =>
      `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${state}"/></w14:checkbox></w:sdtPr><w:sdtContent>${run(state === '1' ? '☒' : '☐')}</w:sdtContent></w:sdt>`
    const body =
      paragraph(`${box('1')}${run(' bread')}`) +
      paragraph(`${box('0')}${run(' milk')}`) +
      paragraph(run('☑ salt')) +
      paragraph(run('☐ pepper'))
    expect(blocksOf(body)).toEqual([
      block({ kind: 'task', checked: true }, 'bread'),
      block({ kind: 'task' }, 'milk'),
      block({ kind: 'task', checked: true }, 'salt'),
      block({ kind: 'task' }, 'pepper'),
    ])
  })

  it('WORD-4: has its formatting, by itself and by styles', () => {
    const [line] = blocksOf(
      paragraph(
        run('b', '<w:rStyle w:val="Strong"/>') +
          run('c', '<w:b w:val="0"/><w:i/>') +
          run('d', '<w:dstrike/>') +
          run('e', '<w:vertAlign w:val="subscript"/>') +
          run('f', '<w:position w:val="6"/>') +
          run('g', '<w:highlight w:val="cyan"/>') +
          run('h', '<w:rFonts w:ascii="Consolas"/>') +
          run('i', '<w:u w:val="single"/>'),
      ),
    )
    expect(line?.content).toEqual([
      { text: 'b', marks: { bold: {} } },
      { text: 'c', marks: { italic: {} } },
      { text: 'd', marks: { strike: {} } },
      { text: 'e', marks: { subscript: {} } },
      { text: 'f', marks: { superscript: {} } },
      { text: 'g', marks: { highlight: { color: 'blue' } } },
      { text: 'h', marks: { code: {} } },
      { text: 'i', marks: { underline: {} } },
    ])
  })

  it('WORD-4: has its links, as elements and as fields, and leaves those that lead nowhere', () => {
    const field = (instruction: string, words: string) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(words)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
    const { shape, losses } = readWord(
      wordFixture({
        body: paragraph(
          `<w:hyperlink r:id="rId9" w:anchor="top" w:tooltip="There">${run('one', '<w:rStyle w:val="Hyperlink"/>')}</w:hyperlink>` +
            field(' HYPERLINK &quot;https://example.org/f&quot; \\l &quot;g&quot; ', 'two') +
            field(' PAGE ', '7') +
            `<w:hyperlink r:id="rId10">${run('three')}</w:hyperlink><w:hyperlink w:anchor="_Toc1">${run('four')}</w:hyperlink>`,
        ),
        relationships: `<Relationship Id="rId9" Type="${LINK}" Target="https://example.org/a" TargetMode="External"/><Relationship Id="rId10" Type="${LINK}" Target="javascript:alert(1)" TargetMode="External"/>`,
      }),
    )
    expect(shape.content[0]?.content).toEqual([
      { text: 'one', marks: { link: { href: 'https://example.org/a#top', title: 'There' } } },
      { text: 'two', marks: { link: { href: 'https://example.org/f#g' } } },
      { text: '7threefour', marks: {} },
    ])
    expect(losses).toEqual([`${LOST.unsafeLink} (1)`, `${LOST.innerLink} (1)`])
  })

  it('WORD-4: has its footnotes, pictures, captions and tables', () => {
    const cell = (words: string, look = '') => `<w:tc><w:tcPr>${look}</w:tcPr>${paragraph(run(words))}</w:tc>`
    const { shape, losses, pictures } = readWord(
      wordFixture({
        body:
          paragraph(`${run('Said.')}<w:r><w:footnoteReference w:id="2"/></w:r>`) +
          paragraph(`<w:r>${drawing('rId8')}</w:r>`, '<w:jc w:val="center"/>') +
          paragraph(run('In May'), style('Caption')) +
          `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell('Name', '<w:tcW w:w="3000" w:type="dxa"/>')}${cell('N')}</w:tr><w:tr>${cell('both', '<w:gridSpan w:val="2"/>')}</w:tr></w:tbl>`,
        footnotes: `<w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="2">${paragraph(`<w:r><w:footnoteRef/></w:r>${run(' The note.')}`)}</w:footnote>`,
        relationships: `<Relationship Id="rId8" Type="${IMAGE}" Target="media/image1.png"/>`,
        files: { 'word/media/image1.png': PIXEL },
      }),
    )
    const tableCell = (text: string, attributes = {}) => ({
      node: 'table_cell',
      attributes,
      content: text === '' ? [] : [{ text, marks: {} }],
    })
    expect(shape.content).toEqual([
      {
        node: 'block',
        attributes: {},
        content: [
          { text: 'Said.', marks: {} },
          { node: 'footnote', attributes: {}, content: [{ text: 'The note.', marks: {} }] },
        ],
      },
      {
        node: 'image',
        attributes: { blob: 'picture-1', alt: 'A bridge', width: 50 },
        content: [{ text: 'In May', marks: {} }],
      },
      {
        node: 'table',
        attributes: { header: true },
        content: [
          { node: 'table_row', attributes: {}, content: [tableCell('Name', { width: 200 }), tableCell('N')] },
          { node: 'table_row', attributes: {}, content: [tableCell('both'), tableCell('')] },
        ],
      },
    ])
    expect(pictures.get('picture-1')).toEqual(PIXEL)
    expect(losses).toEqual([`${LOST.joinedCells} (1)`])
  })

  it('WORD-4: has its equations as formulas', () => {
    const r = (words: string) => `<m:r><m:t>${words}</m:t></m:r>`
    const fraction = `<m:f><m:num>${r('a')}</m:num><m:den>${r('β')}</m:den></m:f>`
    const body =
      paragraph(`${run('So ')}<m:oMath>${fraction}</m:oMath>`) +
      paragraph(`<m:oMathPara><m:oMath>${r('x=')}${fraction}</m:oMath></m:oMathPara>`)
    expect(blocksOf(body)).toEqual([
      {
        node: 'block',
        attributes: {},
        content: [
          { text: 'So ', marks: {} },
          { node: 'math', attributes: {}, content: [{ text: '\\frac{a}{\\beta}', marks: {} }] },
        ],
      },
      block({ kind: 'math' }, 'x=\\frac{a}{\\beta}'),
    ])
  })

  it('WORD-4: has its quotes, rules and code, and the words of its text boxes', () => {
    const box = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${paragraph(run('In a box'))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>${paragraph(run('In a box'))}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
    const body =
      paragraph(run('Quoted'), style('IntenseQuote')) +
      paragraph('', '<w:pBdr><w:bottom w:val="single" w:sz="6"/></w:pBdr>') +
      paragraph(run('if x:'), style('HTMLPreformatted')) +
      paragraph(run('  go()'), style('HTMLPreformatted')) +
      paragraph(box)
    expect(blocksOf(body)).toEqual([
      block({ kind: 'quote' }, 'Quoted'),
      { node: 'divider', attributes: {}, content: [] },
      block({ kind: 'code' }, 'if x:\n  go()'),
      block({}, 'In a box'),
    ])
  })

  it('WORD-5: is read with its changes accepted, and says what was left out', () => {
    const { shape, losses } = readWord(
      wordFixture({
        body:
          paragraph(run('Contents 1'), style('TOC1')) +
          paragraph(
            `<w:commentRangeStart w:id="0"/>${run('kept ')}<w:ins w:id="1" w:author="A">${run('added')}</w:ins><w:del w:id="2" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`,
          ) +
          paragraph(`${run('red', '<w:color w:val="FF0000"/>')}<w:r><w:br w:type="page"/></w:r>`),
        header: paragraph(run('A header')),
      }),
    )
    expect(shape.content).toEqual([block({}, 'kept added'), block({}, 'red')])
    expect(losses).toEqual(
      [
        LOST.tableOfContents,
        LOST.trackedChanges,
        LOST.comments,
        LOST.textColours,
        LOST.pageBreaks,
        LOST.headersAndFooters,
      ].map((phrase) => `${phrase} (${phrase === LOST.trackedChanges ? 2 : 1})`),
    )
  })

  it('WORD-5: keeps the words of what stands in a cell that holds lines only', () => {
    const inner = `<w:tbl><w:tr><w:tc>${paragraph(run('inner'))}</w:tc></w:tr></w:tbl>`
    const { shape, losses } = readWord(
      wordFixture({
        body: `<w:tbl><w:tr><w:tc>${paragraph(run('before'))}${inner}${paragraph(run('item'), item(1))}</w:tc></w:tr></w:tbl>`,
      }),
    )
    const [table] = shape.content
    const cells = table?.content.flatMap((row) => (isText(row) ? [] : row.content))
    expect(cells?.map((cell) => (isText(cell) ? null : nodeText(cell)))).toEqual(['before\ninner\nitem'])
    expect(losses).toEqual([`${LOST.cellBlocks} (2)`])
  })

  it('WORD-5: never hides words behind a field that has no end', () => {
    const body =
      paragraph(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>`) +
      paragraph(run('Still here'))
    expect(blocksOf(body).map(nodeText)).toEqual(['', 'Still here'])
  })
})
