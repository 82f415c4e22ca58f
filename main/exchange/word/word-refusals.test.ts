import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { nodeText } from '../../../shared/document/plain-text.ts'
import { SheafError } from '../../../shared/errors.ts'
import { importFile } from '../convert-document.ts'
import { LOST } from './lost.ts'
import { Refused, REFUSALS, type Refusal } from './package/refused.ts'
import { readWord } from './read-word.ts'
import { paragraph, run, wordFixture } from './testing/word-fixture.ts'
import { inWordThread } from './word-thread.ts'
import { writeWord } from './write-word.ts'

const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image'

const OUTCOMES = [null, ...Object.keys(REFUSALS)]

function refusalOf(bytes: Uint8Array): Refusal | null {
  try {
    readWord(bytes)
    return null
  } catch (error) {
    if (error instanceof Refused) return error.reason
    throw error
  }
}

const withBody = (xml: string) => wordFixture({ files: { 'word/document.xml': xml } })
const document = (body: string, before = '') =>
  `<?xml version="1.0"?>${before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`

/** A picture that says it is `side` pixels wide and high, and has none. */
function emptyPicture(side: number): Uint8Array {
  const bytes = new Uint8Array(64)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, side)
  new DataView(bytes.buffer).setUint32(20, side)
  return bytes
}

const picture = (id: string) =>
  paragraph(
    `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="" descr="A view"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="${id}" r:link="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
  )

describe('a file that is no Word file', () => {
  it.each<[string, Uint8Array, Refusal]>([
    ['an empty one', new Uint8Array(0), 'no-word-file'],
    ['a text', strToU8('Dear Word,'), 'no-word-file'],
    [
      'one locked with a password, or of the old kind',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'locked',
    ],
    [
      'an OpenDocument text',
      zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.text'), 'content.xml': strToU8('<a/>') }),
      'no-word-file',
    ],
    ['a spreadsheet', wordFixture({ files: { 'word/document.xml': '<workbook xmlns="urn:x"/>' } }), 'no-word-file'],
    ['one whose main part is not there', wordFixture({ files: { 'word/document.xml': null } }), 'no-word-file'],
    ['one that is cut off', wordFixture({ body: paragraph(run('Words')) }).slice(0, 700), 'damaged'],
    ['one whose XML has no end', withBody(document('<w:p>').slice(0, -30)), 'damaged'],
    ['one with an entity that nobody declared', withBody(document('<w:p>&unknown;</w:p>')), 'damaged'],
  ])('WORD-6: %s is refused', (_, bytes, reason) => {
    expect(refusalOf(bytes)).toBe(reason)
  })

  it('WORD-6: one with a changed byte in it is refused', () => {
    const bytes = wordFixture({
      files: { 'word/media/image1.png': new Uint8Array(3000).map((_, at) => (at * 7919) % 251) },
      body: picture('rId9'),
      relationships: `<Relationship Id="rId9" Type="${IMAGE}" Target="media/image1.png"/>`,
    })
    const at = Buffer.from(bytes).indexOf('word/media/image1.png') + 100
    bytes[at] = (bytes[at] ?? 0) ^ 0xff
    expect(refusalOf(bytes)).toBe('damaged')
  })

  it('WORD-6: is told to the person as one sentence of a known kind, and nothing is kept of it', async () => {
    const kept: Uint8Array[] = []
    const keep = (bytes: Uint8Array): string => String(kept.push(bytes))
    for (const [bytes, kind, reason] of [
      [strToU8('no'), 'unsupported', 'no-word-file'],
      [withBody(document('', '<!DOCTYPE a>')), 'hostile', 'hostile'],
      [withBody('<w:'), 'damaged', 'damaged'],
    ] as const) {
      const refused = importFile(bytes, 'docx', keep)
      await expect(refused).rejects.toBeInstanceOf(SheafError)
      await expect(refused).rejects.toMatchObject({ kind, message: REFUSALS[reason] })
    }
    expect(kept).toEqual([])
  }, 30_000)
})

describe('a Word file that means harm', () => {
  it.each<[string, () => Uint8Array]>([
    ['grows a thousandfold', () => withBody(document(`<w:p>${' '.repeat(2 ** 24)}</w:p>`))],
    [
      'has more parts than any',
      () => wordFixture({ files: Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`a/${at}`, ''])) }),
    ],
    ['nests its elements without end', () => withBody(document('<w:sdt>'.repeat(5000) + '</w:sdt>'.repeat(5000)))],
    [
      'declares what it says elsewhere',
      () =>
        withBody(
          document('<w:p><w:r><w:t>&a;</w:t></w:r></w:p>', '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        ),
    ],
    [
      'declares words that expand',
      () => withBody(document('&b;', '<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>')),
    ],
  ])(
    'WORD-7: that %s is refused',
    (_, bytes) => {
      expect(refusalOf(bytes())).toBe('hostile')
    },
    60_000,
  )

  it('WORD-7: with two parts of one name is refused', () => {
    const bytes = wordFixture({
      body: paragraph(run('one')),
      files: { 'word/documenu.xml': document(paragraph(run('two'))) },
    })
    const twice = Buffer.from(bytes)
    for (let at = twice.indexOf('word/documenu.xml'); at !== -1; at = twice.indexOf('word/documenu.xml'))
      twice.write('word/document.xml', at)
    expect(refusalOf(new Uint8Array(twice))).toBe('hostile')
  })

  it('WORD-7: that lies about the size of a part is refused', () => {
    const bytes = Buffer.from(wordFixture({ body: paragraph(run('Words, words. '.repeat(5000))) }))
    // The list at the end says how large each part is.
    const entry = bytes.lastIndexOf('word/document.xml') - 46
    bytes.writeUInt32LE(1000, entry + 24)
    expect(refusalOf(new Uint8Array(bytes))).toBe('damaged')
  })

  it('WORD-7: reaches no file beside it, by whatever path it names', () => {
    const { shape, losses, pictures } = readWord(
      wordFixture({
        body: picture('rId8') + picture('rId9') + paragraph(run('Words')),
        relationships: `<Relationship Id="rId8" Type="${IMAGE}" Target="../../../../../../etc/passwd"/><Relationship Id="rId9" Type="${IMAGE}" Target="file:///etc/passwd" TargetMode="External"/>`,
        files: { '../../escaped.txt': 'x', '/etc/escaped.txt': 'x' },
      }),
    )
    expect(shape.content.map(nodeText)).toEqual(['', '', 'Words'])
    expect(losses).toEqual([`${LOST.drawings} (2)`])
    expect(pictures.size).toBe(0)
  })

  it('WORD-7: with a picture that would fill all memory is read without it', () => {
    const { shape, losses } = readWord(
      wordFixture({
        body: picture('rId9'),
        relationships: `<Relationship Id="rId9" Type="${IMAGE}" Target="media/image1.png"/>`,
        files: { 'word/media/image1.png': emptyPicture(60_000) },
      }),
    )
    expect(shape.content.map(({ node }) => node)).not.toContain('image')
    expect(losses).toContain(`${LOST.hugePicture} (1)`)
  })

  it('WORD-7: whose numbers are no numbers is read all the same', () => {
    const { shape } = readWord(
      wordFixture({
        body: `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/><w:tcW w:w="x" w:type="dxa"/></w:tcPr>${paragraph(run('a'))}</w:tc></w:tr></w:tbl>${paragraph(run('b'), '<w:pStyle w:val="loop"/><w:numPr><w:ilvl w:val="-3"/><w:numId w:val="1"/></w:numPr>')}`,
        files: {
          'word/styles.xml': `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="loop"><w:basedOn w:val="pool"/></w:style><w:style w:styleId="pool"><w:basedOn w:val="loop"/></w:style></w:styles>`,
        },
      }),
    )
    expect(shape.content.map((block) => nodeText(block).trim())).toEqual(['a', 'b'])
  })

  it('WORD-8: that takes too long or too much memory is given up, and the next one is read', async () => {
    // Each paragraph another: one repeated would be refused for how little it packs to.
    const paragraphs = Array.from({ length: 60_000 }, (_, n) => paragraph(run(`Words ${(n * 7919) % 99_991}. `)))
    const large = wordFixture({ body: paragraphs.join(''), head: '<?xml version="1.0"?>' })
    await expect(inWordThread('read', { bytes: large }, { time: 1 })).rejects.toMatchObject({ kind: 'too-big' })
    await expect(inWordThread('read', { bytes: large }, { memory: 16 })).rejects.toMatchObject({ kind: 'too-big' })
    const small = wordFixture({ body: paragraph(run('Words')) })
    const { shape } = await inWordThread('read', { bytes: small })
    expect(shape.content.map(nodeText)).toEqual(['Words'])
  }, 60_000)

  it('WORD-8: whatever is changed in its bytes or in its text, it is read or refused', async () => {
    const content = 'h1 bullet ordered task callout code math'.split(' ').map((kind) => ({
      node: 'block',
      attributes: { kind },
      content: [{ text: 'x^2', marks: { bold: {}, link: { href: 'https://example.org/' } } }],
    }))
    const { bytes } = await writeWord({ title: 'A title', content }, () => null)
    const parts = unzipSync(bytes)
    const names = Object.keys(parts).filter((name) => /document|numbering|styles|rels/.test(name))
    const changes = fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(255)), { minLength: 1, maxLength: 6 })
    const changed = (from: Uint8Array, at: readonly (readonly [number, number])[]): Uint8Array => {
      const to = from.slice()
      for (const [place, byte] of at) to[place % to.length] = byte
      return to
    }
    fc.assert(
      fc.property(changes, fc.constantFrom(...names), fc.nat(bytes.length), (at, name, end) => {
        expect(OUTCOMES).toContain(refusalOf(changed(bytes, at)))
        expect(OUTCOMES).toContain(refusalOf(bytes.slice(0, end)))
        const part = changed(parts[name] as Uint8Array, at)
        expect(OUTCOMES).toContain(refusalOf(zipSync({ ...parts, [name]: part }, { level: 0 })))
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  it('WORD-8: whatever elements it has, it is read or refused', () => {
    const names = ['p', 'r', 't', 'tbl', 'tr', 'tc', 'sdt', 'sdtContent', 'sdtPr', 'pPr', 'rPr', 'numPr', 'numId', 'ilvl', 'pStyle', 'hyperlink', 'ins', 'del', 'drawing', 'fldChar', 'instrText', 'footnoteReference', 'br', 'sym', 'jc', 'gridSpan', 'sectPr', 'color', 'shd', 'b'] // biome-ignore format: one list
    const { tree } = fc.letrec<{ tree: string; node: string }>((tie) => ({
      tree: fc.array(tie('node'), { maxLength: 4 }).map((parts) => parts.join('')),
      node: fc.oneof(
        { maxDepth: 6, depthIdentifier: 'xml' },
        fc.constant('words'),
        fc
          .tuple(
            fc.constantFrom(...names),
            fc.constantFrom('', 'w:val="1"', 'w:val="x"', 'w:val="-1"', 'w:fldCharType="begin"', 'w:fldCharType="end"', 'w:char="D800"', 'w:fill="FF00"', 'w:id="7"'), // biome-ignore format: one list
            tie('tree'),
          )
          .map(([name, attribute, inner]) => `<w:${name} ${attribute}>${inner}</w:${name}>`),
      ),
    }))
    fc.assert(
      fc.property(tree, (body) => {
        expect(refusalOf(wordFixture({ body }))).toBe(null)
      }),
      { numRuns: 500 },
    )
  }, 60_000)
})
