import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { publishSheafFile } from '../../main/storage/publish-sheaf-file.ts'
import { PathLock } from '../../main/storage/path-lock.ts'
import { temporaryFolder } from '../../main/storage/sheaf-file.fixture.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { runCommandLine } from './run-command-line.ts'

let folder: ReturnType<typeof temporaryFolder>
let now: number
const ports = { suite, clock: { now: () => now }, appVersion: '0.1.0' }

beforeEach(() => {
  folder = temporaryFolder()
  now = Date.UTC(2026, 0, 2, 10)
})
afterEach(() => folder.remove())

async function sheaf(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const terminal = {
    print: async (text: string): Promise<void> => void (out += text),
    remark: (line: string): void => void (err += line),
    input: async (): Promise<Uint8Array> => new Uint8Array(),
  }
  const code = await runCommandLine(args, { terminal, ports, lock: new PathLock(), debug: false })
  return { code, out, err }
}

function say(document: DetachedDocument, ...texts: string[]): void {
  const content = texts.map((text) => ({ node: 'block', attributes: {}, content: [{ text, marks: {} }] }))
  document.edit((doc) => writeShape(doc, { title: 'Night', content }))
}

/** Two people, an hour apart. */
async function written(): Promise<string> {
  const one = DetachedDocument.found(ports)
  say(one, 'It began with rain.', 'The end.')
  now += 3_600_000
  const other = DetachedDocument.from(ports, one.content())
  say(other, 'It began with snow.', 'The end.')
  const file = path.join(folder.path, 'night.sheaf')
  await publishSheafFile(file, other.content())
  return file
}

test('PAST-7: the history of a file is listed, and any moment of it shown', async () => {
  const file = await written()
  const { out, code } = await sheaf('history', file)
  expect(code).toBe(0)
  const [first = '', second = ''] = out.trimEnd().split('\n')
  expect(first).toMatch(/^ +1 {2}2026-01-02 10:00:00Z {2}\([0-9a-f]{8}\) +1 edit, \+\d+ −0$/)
  expect(second).toMatch(/^ +2 {2}2026-01-02 11:00:00Z {2}\([0-9a-f]{8}\) +1 edit, \+\d+ −\d+$/)
  const json = (await sheaf('history', file, '--json')).out.trimEnd().split('\n')
  expect(JSON.parse(json[1] ?? '')).toMatchObject({ moment: 2, name: null, ended: '2026-01-02T11:00:00Z', edits: 1 })
  expect((await sheaf('show', file, '--at', '1')).out).toBe('Night\n\nIt began with rain.\n\nThe end.\n')
  expect((await sheaf('show', file, '--at', '2026-01-02T10:30:00Z')).out).toContain('rain')
  expect((await sheaf('show', file, '--at', '0')).out).toBe('')
})

test('PAST-7: two moments are compared word by word; without being told, it is the last sitting', async () => {
  const file = await written()
  const said = '~ It began with [-rain-]{+snow+}.\n  … 1 paragraph as before\n'
  expect((await sheaf('diff', file)).out).toBe(said)
  expect((await sheaf('diff', file, '--from', '1', '--to', '2')).out).toBe(said)
  expect((await sheaf('diff', file, '--from', '2')).out).toBe('nothing changed\n')
  expect((await sheaf('diff', file, '--from', '0', '--to', '1')).out).toBe(
    '~ title: {+Night+}\n+ It began with rain.\n+ The end.\n',
  )
  expect(JSON.parse((await sheaf('diff', file, '--json')).out)).toMatchObject({ blocks: [{ change: 'edited' }, {}] })
})

test('PAST-7: whose words stand there is said, for each author by name or key', async () => {
  const file = await written()
  const paragraphs = (await sheaf('blame', file, '--json')).out.trimEnd().split('\n')
  const [runs, end] = paragraphs.map((line) => JSON.parse(line) as { author: string; text: string }[])
  expect(runs?.map(({ text }) => text)).toHaveLength(3)
  expect(runs?.map(({ text }) => text).join('')).toBe('It began with snow.')
  expect(runs?.[0]?.author).toBe(end?.[0]?.author)
  expect(runs?.[1]?.author).not.toBe(end?.[0]?.author)
  expect((await sheaf('blame', file)).out).toMatch(/^\([0-9a-f]{8}\) +It began with/)
})

test('PAST-7: what names no moment is refused with how one is named', async () => {
  const file = await written()
  const wrong = await sheaf('diff', file, '--from', '7')
  expect(wrong).toMatchObject({ code: 2, out: '', err: 'sheaf: there is no moment 7: the last one is 2' })
  const odd = await sheaf('show', file, '--at', 'yesterday')
  expect(odd).toMatchObject({ code: 2, out: '' })
  expect(odd.err).toContain('neither a moment’s number nor a time')
})
