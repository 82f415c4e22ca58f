import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { sodiumSuite } from '../../main/identity/sodium-suite.ts'
import { publishSheafFile } from '../../main/storage/publish-sheaf-file.ts'
import { shape, Street } from '../../main/sharing/street.fixture.ts'
import { readSheafFile } from '../../main/storage/read-sheaf-file.ts'
import type { SheafFileContent } from '../../main/storage/sheaf-file.ts'
import { FACTS } from '../../shared/document/document-shape.ts'
import { equalBytes } from '../../shared/ids.ts'

const PORTS = { suite: sodiumSuite, clock: { now: () => 1_700_000_000_000 }, appVersion: '0.1.0' }
const COMMAND_LINE = path.resolve(import.meta.dirname, '../cli.ts')

interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Each test starts several processes; on a busy machine each takes a second. */
vi.setConfig({ testTimeout: 120_000 })

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sheaf-cli-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Runs the real command in a folder of its own. */
function sheaf(args: readonly string[], input = '', environment: Record<string, string> = {}): Promise<Result> {
  const env = { ...process.env, XDG_CACHE_HOME: path.join(folder, '.cache'), ...environment }
  const child = spawn(process.execPath, [COMMAND_LINE, ...args], { cwd: folder, env })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    )
  })
}

/** Runs a command that must succeed; answers what it printed. */
async function done(args: readonly string[], input = ''): Promise<string> {
  const { code, out, err } = await sheaf(args, input)
  expect(err.replace(/^\S+: .*words?\n/, '')).toBe('')
  expect(code).toBe(0)
  return out
}

const at = (name: string): string => path.join(folder, name)
const read = (name: string): Promise<string> => readFile(at(name), 'utf8')
const write = (name: string, text: string): Promise<void> => writeFile(at(name), text)

async function tamper(name: string, change: (content: SheafFileContent) => SheafFileContent): Promise<void> {
  await publishSheafFile(at(name), change(await readSheafFile(at(name))))
}

const NOVEL = '# Night\n\nIt began with rain.\n\n- one\n- two\n\nThe end.\n'

describe('sheaf', () => {
  it('CLI-1: says in one sentence what was wrong, without a stack trace, and exits with 1 or 2', async () => {
    const missing = await sheaf(['show', 'missing.sheaf'])
    expect(missing).toEqual({ code: 1, out: '', err: 'sheaf: missing.sheaf: The file is not there any more.\n' })
    const unknown = await sheaf(['shwo', 'a.sheaf'])
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toBe('sheaf: there is no command “shwo”; “sheaf --help” lists them.\n')
    const wrong = await sheaf(['show', '--loud', 'a.sheaf'])
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toMatch(/^sheaf: Unknown option '--loud'; usage: sheaf show FILE\.sheaf \[--at MOMENT\]\n$/)
    const pdf = await sheaf(['export', 'a.sheaf', 'a.pdf'])
    expect(pdf).toMatchObject({ code: 2, out: '' })
    expect(pdf.err).toBe('sheaf: a PDF is made by the app: open the document in Sheaf and choose Export\n')
    expect((await sheaf(['show'])).code).toBe(2)
    expect((await sheaf([])).code).toBe(2)
    const traced = await sheaf(['show', 'missing.sheaf'], '', { SHEAF_DEBUG: '1' })
    expect(traced.err).toContain('    at ')
  })

  it('CLI-2: helps with every command, on standard output', async () => {
    const overview = await done(['--help'])
    const names = 'new import export apply show merge verify log doctor'.split(' ')
    for (const name of names) expect(overview).toContain(`\n  ${name} `)
    const helps = await Promise.all(names.map((name) => done([name, '--help'])))
    for (const [index, name] of names.entries()) expect(helps[index]).toMatch(new RegExp(`^usage: sheaf ${name} `))
    expect(await done(['--version'])).toMatch(/^sheaf \d+\.\d+\.\d+\n$/)
  })

  it('CLI-3: never replaces a file without --force', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    const before = await readFile(at('a.sheaf'))
    for (const args of [
      ['new', 'a.sheaf'],
      ['import', 'in.md', 'a.sheaf'],
      ['export', 'a.sheaf', 'in.md'],
      ['doctor', 'a.sheaf', '--rescue', 'in.md'],
    ]) {
      const { code, err } = await sheaf(args)
      expect({ args, code }).toEqual({ args, code: 1 })
      expect(err).toContain('It is there already and was not touched; --force replaces it.')
    }
    expect(await readFile(at('a.sheaf'))).toEqual(before)
    expect(await read('in.md')).toBe(NOVEL)
    await write('short.md', 'x')
    await done(['export', 'a.sheaf', 'short.md', '--force'])
    expect(await read('short.md')).toBe(NOVEL)
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('makes documents that are told apart, with or without a title', async () => {
    await done(['new', 'a.sheaf', '--title', 'A title'])
    await done(['new', 'b.sheaf'])
    expect(await done(['show', 'a.sheaf'])).toBe('A title\n')
    expect(await done(['show', 'b.sheaf'])).toBe('')
    expect((await sheaf(['new', 'c.doc'])).code).toBe(2)
  })

  it('CLI-4: brings a text file in and out again unchanged', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    await done(['export', 'a.sheaf', 'out.md'])
    expect(await read('out.md')).toBe(NOVEL)
    expect(await done(['show', 'a.sheaf'])).toBe('Night\n\nIt began with rain.\n\n- one\n- two\n\nThe end.\n')
    const html = await done(['export', 'a.sheaf', '-', '--format', 'html'])
    expect(html).toContain('<h1>Night</h1>')
    await done(['import', '-', 'b.sheaf', '--format', 'html'], html)
    expect(await done(['export', 'b.sheaf', '-', '--format', 'md'])).toBe(NOVEL)
    const json = await done(['export', 'a.sheaf', '-', '--format', 'json'])
    await done(['import', '-', 'c.sheaf', '--format', 'json'], json)
    expect(await done(['export', 'c.sheaf', '-', '--format', 'json'])).toBe(json)
    expect((await sheaf(['export', 'a.sheaf', '-'])).code).toBe(2)
  })

  it('WORD-9: brings a document to Word and back, and says what Word can’t hold', async () => {
    await write('in.md', `${NOVEL}\n\`\`\`ts\nlet x\n\`\`\`\n`)
    await done(['import', 'in.md', 'a.sheaf'])
    const exported = await sheaf(['export', 'a.sheaf', 'a.docx'])
    expect(exported).toEqual({
      code: 0,
      out: '',
      err: 'sheaf: docx can’t hold: the programming language of code (1)\n',
    })
    await done(['import', 'a.docx', 'b.sheaf'])
    expect(await done(['export', 'b.sheaf', '-', '--format', 'md'])).toBe(`${NOVEL}\n\`\`\`\nlet x\n\`\`\`\n`)
    expect((await sheaf(['export', 'a.sheaf', 'a.docx'])).err).toContain('--force')
    expect((await sheaf(['export', 'a.sheaf', '-', '--format', 'docx'])).code).toBe(2)
    expect((await sheaf(['apply', 'a.sheaf', 'a.docx'])).code).toBe(2)
    await write('no.docx', 'Dear Word,')
    const refused = await sheaf(['import', 'no.docx', 'c.sheaf'])
    expect(refused).toEqual({ code: 1, out: '', err: 'sheaf: no.docx: This is not a Word file (.docx).\n' })
    expect(await readdir(folder)).not.toContain('c.sheaf')
  })

  it('titles an import without a title by its file, and says what it could not take in', async () => {
    await write('notes.md', 'Words.\n\n<div>x</div>\n')
    const { code, err } = await sheaf(['import', 'notes.md', 'a.sheaf'])
    expect(code).toBe(0)
    expect(err).toContain('a document can’t hold: HTML inside Markdown')
    expect(await done(['show', 'a.sheaf'])).toMatch(/^notes\n\nWords\.\n/)
  })

  it('CLI-5: applies an edited export as ordinary edits, which merge with what others wrote', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'alice.sheaf'])
    await writeFile(at('bob.sheaf'), await readFile(at('alice.sheaf')))
    await write('edited.md', NOVEL.replace('with rain', 'with heavy rain').replace('- two\n', '- two\n- three\n'))
    const printed = await done(['apply', 'alice.sheaf', 'edited.md'])
    expect(printed).toBe(
      '1 paragraph edited, 1 paragraph added, 11 characters in\n~ It began with heavy rain.\n+ three\n',
    )
    expect(await done(['apply', 'alice.sheaf', 'edited.md'])).toBe('no change to the text\n')
    await write('bob.md', NOVEL.replace('It began', 'It all began').replace('The end.', 'The very end.'))
    await done(['apply', 'bob.sheaf', 'bob.md'])
    await done(['merge', 'alice.sheaf', 'bob.sheaf'])
    const both = '# Night\n\nIt all began with heavy rain.\n\n- one\n- two\n- three\n\nThe very end.\n'
    expect(await done(['export', 'alice.sheaf', '-', '--format', 'md'])).toBe(both)
  })

  it('shows what would change without changing it, and keeps later words when given the base', async () => {
    await write('base.md', NOVEL)
    await done(['import', 'base.md', 'a.sheaf'])
    await write('later.md', NOVEL.replace('The end.', 'The end, written later.'))
    await done(['apply', 'a.sheaf', 'later.md'])
    await write('edited.md', NOVEL.replace('rain', 'snow'))
    const before = await readFile(at('a.sheaf'))
    const preview = await done(['apply', 'a.sheaf', 'edited.md', '--base', 'base.md', '--dry-run'])
    expect(preview).toContain('~ It began with snow.')
    expect(await readFile(at('a.sheaf'))).toEqual(before)
    await done(['apply', 'a.sheaf', 'edited.md', '--base', 'base.md'])
    expect(await done(['show', 'a.sheaf'])).toContain('with snow.\n\n- one\n- two\n\nThe end, written later.')
    await write('edited.txt', 'x')
    expect((await sheaf(['apply', 'a.sheaf', 'edited.txt'])).code).toBe(2)
  })

  it('CLI-6: merges copies in any order, again without effect, and refuses another document', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    const names = ['b.sheaf', 'c.sheaf', 'd.sheaf']
    for (const [index, name] of names.entries()) {
      await writeFile(at(name), await readFile(at('a.sheaf')))
      await write('edit.md', NOVEL.replace('The end.', `The end.\n\nBy ${name} ${index}.`))
      await done(['apply', name, 'edit.md'])
    }
    await writeFile(at('a2.sheaf'), await readFile(at('a.sheaf')))
    const printed = await done(['merge', 'a.sheaf', ...names])
    expect(printed).toContain('b.sheaf: 1 entry of 1 writer; 1 paragraph added, 13 characters in\n')
    await done(['merge', 'a2.sheaf', ...[...names].reverse()])
    expect(await done(['export', 'a.sheaf', '-', '--format', 'json'])).toBe(
      await done(['export', 'a2.sheaf', '-', '--format', 'json']),
    )
    const before = await stat(at('a.sheaf'))
    expect(await done(['merge', 'a.sheaf', 'd.sheaf', 'a2.sheaf'])).toBe(
      'd.sheaf: nothing new\na2.sheaf: nothing new\n',
    )
    expect((await stat(at('a.sheaf'))).mtimeMs).toBe(before.mtimeMs)
    await done(['new', 'other.sheaf'])
    const refused = await sheaf(['merge', 'a.sheaf', 'other.sheaf'])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('other.sheaf: These are two different documents')
  })

  it('CLI-6: takes over who may write, and pictures, also where no entry is new', async () => {
    const street = new Street()
    try {
      const alice = street.move('Alice')
      const id = await alice.registry.create(shape('Plan', 'Alice began.'))
      const bob = street.move('Bob')
      const { link } = await alice.sharing.invite(id, { role: 'editor', uses: 1, hours: 1, approval: false })
      await bob.sharing.join(link)
      await bob.write(id, 'Alice began.', 'Bob was here.')
      street.meet(id)
      await bob.write(id, 'Alice began.', 'Bob was here.', 'Written too late.')
      await publishSheafFile(at('bob.sheaf'), await bob.content(id), { expected: null })
      await alice.sharing.remove(id, await alice.person(id, 'Bob'))
      street.pass(id, bob, alice)
      alice.on(id, (document) =>
        document.pictures.add(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1)),
      )
      await publishSheafFile(at('alice.sheaf'), await alice.content(id), { expected: null })
    } finally {
      await street.clear()
    }
    expect(await done(['show', 'bob.sheaf'])).toContain('Written too late.')
    const printed = await done(['merge', 'bob.sheaf', 'alice.sheaf'])
    expect(printed).toContain('alice.sheaf: 2 changes of who may write, 1 picture; ')
    expect(await done(['show', 'bob.sheaf'])).toBe(await done(['show', 'alice.sheaf']))
    expect((await readSheafFile(at('bob.sheaf'))).blobs).toHaveLength(1)
    expect(await done(['merge', 'bob.sheaf', 'alice.sheaf'])).toBe('alice.sheaf: nothing new\n')
  })

  it('CLI-7: loses no edit when several commands change one file at the same time', async () => {
    const base = Array.from({ length: 6 }, (_, i) => `Paragraph number ${i}.`).join('\n\n')
    await write('base.md', `# T\n\n${base}\n`)
    await done(['import', 'base.md', 'a.sheaf'])
    const edits = Array.from({ length: 6 }, async (_, i) => {
      await write(`${i}.md`, `# T\n\n${base.replace(`number ${i}.`, `number ${i}, edited by ${i}.`)}\n`)
      return await done(['apply', 'a.sheaf', `${i}.md`, '--base', 'base.md'])
    })
    await Promise.all(edits)
    const text = await done(['show', 'a.sheaf'])
    for (let i = 0; i < 6; i++) expect(text).toContain(`Paragraph number ${i}, edited by ${i}.`)
    expect((await done(['log', 'a.sheaf'])).trim().split('\n')).toHaveLength(7)
  })

  it('CLI-8: verifies a sound file, and names unverified writers without calling it wrong', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    expect(await done(['verify', 'a.sheaf'])).toBe(
      'ok: 1 entry of 1 writer\nnote: 1 writer is not verified: nobody vouches for who wrote there.\n',
    )
  })

  it('CLI-9: finds an entry that was changed, text that is not in the entries, a forged identity and a chain with a hole', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    await writeFile(at('b.sheaf'), await readFile(at('a.sheaf')))
    await writeFile(at('c.sheaf'), await readFile(at('a.sheaf')))
    await writeFile(at('d.sheaf'), await readFile(at('a.sheaf')))
    await writeFile(at('e.sheaf'), await readFile(at('a.sheaf')))
    await writeFile(at('f.sheaf'), await readFile(at('a.sheaf')))
    await tamper('a.sheaf', (content) => ({
      ...content,
      records: content.records.map((record) => ({
        ...record,
        payload: record.payload.map((byte, i) => (i === 100 ? byte ^ 1 : byte)),
      })),
    }))
    await tamper('b.sheaf', (content) => ({ ...content, title: 'Day' }))
    await done(['new', 'other.sheaf', '--title', 'Other'])
    const other = await readSheafFile(at('other.sheaf'))
    await tamper('c.sheaf', (content) => ({
      ...content,
      state: content.state.map((cache) => ({ ...cache, body: other.state[0]?.body ?? cache.body })),
    }))
    await tamper('d.sheaf', (content) => ({ ...content, members: other.members }))
    await tamper('e.sheaf', (content) => ({
      ...content,
      previews: {
        ...content.previews,
        'text/markdown': `${content.previews['text/markdown']}\nA line nobody wrote.\n`,
      },
    }))
    // A document whose writer has a second record, with the first taken out.
    const copy = DetachedDocument.from(PORTS, await readSheafFile(at('f.sheaf')))
    copy.edit((doc) => doc.getMap(FACTS).set('title', 'Once'))
    copy.edit((doc) => doc.getMap(FACTS).set('title', 'Twice'))
    const holed = copy
      .records()
      .filter(
        (record) =>
          !(
            record.seq === 1 &&
            copy.records().some((other) => other.seq === 2 && equalBytes(other.writer, record.writer))
          ),
      )
    expect(holed).toHaveLength(copy.records().length - 1)
    await tamper('f.sheaf', (content) => ({ ...content, records: holed }))
    const reasons: Record<string, string> = {
      'e.sheaf': 'The readable copy (text/markdown) does not say what the entries say.',
      'f.sheaf': '1 entry is cut off from the entries before them.',
      'a.sheaf': '1 entry is not what their writers signed.',
      'b.sheaf': 'The title beside the text is not the title in its entries.',
      'c.sheaf': 'The ready-made text does not say what the entries say.',
      'd.sheaf': 'The first entry, which gives the document its identity, is damaged or forged.',
    }
    for (const [name, reason] of Object.entries(reasons)) {
      const { code, out, err } = await sheaf(['verify', name])
      expect({ name, code, out }).toEqual({ name, code: 1, out: '' })
      expect(err).toContain(`sheaf: ${name}: ${reason}`)
    }
  })

  it('lists entries as JSON, one object a line', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    await write('edited.md', NOVEL.replace('rain', 'heavy rain').replace('The end.', ''))
    await done(['apply', 'a.sheaf', 'edited.md'])
    const entries = (await done(['log', 'a.sheaf', '--json']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const inserted = 'It began with rain.onetwoThe end.'.length
    expect(entries).toMatchObject([
      { seq: 1, type: 'update', stream: 0, charactersInserted: inserted, charactersDeleted: 0 },
      { seq: 1, type: 'update', stream: 0, charactersInserted: 6, charactersDeleted: 8 },
    ])
    for (const entry of entries) {
      expect(entry).toMatchObject({
        writer: expect.stringMatching(/^[0-9a-f]{64}$/),
        recId: expect.stringMatching(/^[0-9a-f]{64}$/),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        bytes: expect.any(Number),
      })
    }
  })
})

describe('sheaf doctor', () => {
  it('CLI-14: rescues the words of a damaged file and never touches it', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    const whole = await readFile(at('a.sheaf'))
    await writeFile(at('forged.sheaf'), whole)
    await tamper('forged.sheaf', (content) => ({
      ...content,
      records: content.records.map((record) => ({ ...record, sig: record.sig.map((byte) => byte ^ 1) })),
    }))
    const forged = await readFile(at('forged.sheaf'))
    const damages: Record<string, (bytes: Buffer) => Buffer> = {
      'forged.sheaf': () => forged,
      'no-header.sheaf': (bytes) => Buffer.concat([Buffer.alloc(100), bytes.subarray(100)]),
      'cut.sheaf': (bytes) => bytes.subarray(0, bytes.length - 5000),
      'no-schema.sheaf': (bytes) => Buffer.concat([Buffer.alloc(4096), bytes.subarray(4096)]),
    }
    for (const [name, damage] of Object.entries(damages)) {
      const damaged = damage(Buffer.from(whole))
      await writeFile(at(name), damaged)
      const said = await sheaf(['doctor', name])
      expect({ name, code: said.code }).toEqual({ name, code: 1 })
      expect(said.out).toContain(`${name}: `)
      const out = name.replace('.sheaf', '.md')
      const rescued = await sheaf(['doctor', name, '--rescue', out])
      expect({ name, code: rescued.code, err: rescued.err }).toMatchObject({ name, code: 0 })
      expect(await read(out)).toContain('It began with rain.')
      expect(await readFile(at(name))).toEqual(damaged)
    }
  })

  it('says that not a word is left when there is none', async () => {
    await writeFile(at('empty.sheaf'), '')
    const { code, err } = await sheaf(['doctor', 'empty.sheaf', '--rescue', 'out.md'])
    expect(code).toBe(1)
    expect(err).toBe('sheaf: empty.sheaf: Not a word in it can be read.\n')
    expect((await readdir(folder)).includes('out.md')).toBe(false)
  })

  it('looks at a whole folder, and finds copies of one document', async () => {
    await write('in.md', NOVEL)
    await done(['import', 'in.md', 'a.sheaf'])
    await writeFile(at('copy.sheaf'), await readFile(at('a.sheaf')))
    const sound = await sheaf(['doctor', '.'])
    expect(sound.code).toBe(0)
    expect(sound.out).toContain('“sheaf merge a.sheaf copy.sheaf”')
    await truncate(at('copy.sheaf'), 8192)
    await write('not.sheaf', 'hello')
    const broken = await sheaf(['doctor', '.'])
    expect(broken.code).toBe(1)
    expect(broken.out).toContain('a.sheaf: sound, 8 words')
    expect(broken.out).toContain('copy.sheaf: This file is damaged')
    expect(broken.out).toContain('not.sheaf: This is not a Sheaf document')
  })
})
