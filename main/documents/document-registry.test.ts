import Database from 'better-sqlite3'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { SheafError } from '../../shared/errors.ts'
import { founderKeys } from '../../shared/log/genesis.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import type { DocumentFiles } from '../library/document-port.ts'
import type { Announcement } from '../sheaf.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import { DocumentRegistry } from './document-registry.ts'
import { plainVault } from './open-document.fixture.ts'
import { WriterKeeper } from './writer-keeper.ts'

const paragraph = (text: string) => ({ node: 'block', attributes: {}, content: [{ text, marks: {} }] })
const shape = (title: string, ...texts: string[]): DocumentShape => ({ title, content: texts.map(paragraph) })
const text = (registry: DocumentRegistry, id: string): string => shapeToText(registry.shapeOf(id))

let folder: string
let heard: Announcement[]
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-registry-'))
  heard = []
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

/** A registry whose published files are only counted; the files themselves are the library's tests. */
function registryIn(name: string, edited: string[] = [], given: Partial<DocumentFiles> = {}): DocumentRegistry {
  const clock = { now: () => 1_700_000_000_000 }
  const installation = { userRoot: suite.random(32), deviceSeed: suite.random(32) }
  const vault = plainVault()
  const registry = new DocumentRegistry({
    folder: path.join(folder, name),
    suite,
    clock,
    logger: { info: () => undefined, error: () => undefined },
    keeper: new WriterKeeper({ suite, vault, installation, clock, displayName: () => name, appVersion: '0.1.0' }),
    founderKeys: (salt) => founderKeys(suite, installation.userRoot, installation.deviceSeed, salt),
    announce: (announcement) => heard.push(announcement),
    appVersion: '0.1.0',
  })
  const files: DocumentFiles = {
    opened: () => {},
    edited: (id) => edited.push(id),
    flush: async () => undefined,
    fileState: () => ({ kind: 'ok', fileName: 'a', folder: '' }),
    readOnlyReason: () => null,
    saveAgain: async () => undefined,
    locate: async () => undefined,
    resolveRollback: async () => undefined,
    close: async () => undefined,
    ...given,
  }
  registry.attach(files)
  return registry
}

describe('document registry', () => {
  it('LOG-2: a copy taken in twice brings its words once, and a third replica gets all of them from either', async () => {
    const alice = registryIn('alice')
    const bob = registryIn('bob')
    const id = await alice.create(shape('Notes', 'one'))
    const first = await alice.contentOf(id)
    expect(await bob.takeIn(first)).toEqual({ records: 1, paragraphs: 1, authors: ['alice'] })
    expect(await bob.takeIn(first)).toEqual({ records: 0, paragraphs: 0, authors: [] })
    await bob.setTitle(id, 'Bob’s notes')
    const back = await bob.contentOf(id)
    expect((await alice.takeIn(back)).records).toBeGreaterThan(0)
    expect(alice.shapeOf(id)).toEqual(bob.shapeOf(id))
    expect(alice.shapeOf(id).title).toBe('Bob’s notes')
  })

  it('LOG-14: two replicas that take in each other’s copies come to rest: no new record is ever written', async () => {
    const alice = registryIn('alice')
    const bob = registryIn('bob')
    const id = await alice.create(shape('t', 'start'))
    await bob.takeIn(await alice.contentOf(id))
    await alice.setTitle(id, 'a')
    await bob.setTitle(id, 'b')
    for (let round = 0; round < 4; round++) {
      const [a, b] = [await alice.contentOf(id), await bob.contentOf(id)]
      const came = [(await alice.takeIn(b)).records, (await bob.takeIn(a)).records]
      if (round > 0) expect(came).toEqual([0, 0])
    }
    const ids = (content: SheafFileContent): string[] =>
      content.records.map((record) => Buffer.from(record.recId).toString('hex'))
    expect(ids(await alice.contentOf(id))).toEqual(ids(await bob.contentOf(id)))
  })

  it('LOG-15: takes nothing from a file with one record that its writer did not sign', async () => {
    const alice = registryIn('alice')
    const bob = registryIn('bob')
    const id = await alice.create(shape('t', 'true'))
    const content = await alice.contentOf(id)
    const forged = content.records.map((record) => ({
      ...record,
      payload: record.payload.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
    }))
    await expect(bob.takeIn({ ...content, records: forged })).rejects.toMatchObject({ kind: 'damaged' })
    expect(bob.isKnown(id)).toBe(false)
    await expect(bob.takeIn({ ...content, documentId: 'ab'.repeat(32) })).rejects.toMatchObject({ kind: 'damaged' })
  })

  it('KEEP-7: tells every other window of an edit, and the one that made it nothing', async () => {
    const alice = registryIn('alice')
    const id = await alice.create(shape('t', 'x'))
    const left = alice.openIn(1, id)
    alice.openIn(2, id)
    const doc = new Y.Doc()
    doc.clientID = left.clientId
    Y.applyUpdate(doc, left.state)
    const updates: Uint8Array[] = []
    doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
    doc.getMap('facts').set('title', 'y')
    heard.length = 0
    for (const update of updates) await alice.append(id, 1, 0, update)
    expect(heard.map(({ name, to }) => [name, to])).toEqual([['document.updated', 2]])
    await alice.close()
  })

  it('KEEP-11: edits a window had not saved when its document was replaced are saved all the same', async () => {
    const alice = registryIn('alice')
    const id = await alice.create(shape('t', 'x'))
    const before = alice.openIn(1, id)
    const doc = new Y.Doc()
    doc.clientID = before.clientId
    Y.applyUpdate(doc, before.state)
    const unsaved: Uint8Array[] = []
    doc.on('update', (bytes: Uint8Array) => unsaved.push(bytes))
    doc.getMap('facts').set('title', 'unsaved')
    const after = alice.openIn(1, id)
    expect(after.clientId).not.toBe(before.clientId)
    for (const update of unsaved) await alice.append(id, 1, 0, update)
    expect(alice.shapeOf(id).title).toBe('unsaved')
    await alice.close()
  })

  it('KEEP-3: a document that can’t be ended keeps no other from ending, and is heard of', async () => {
    const flushed: string[] = []
    const alice = registryIn('alice', [], {
      flush: async (id) => {
        flushed.push(id)
        if (flushed.length === 1) throw new SheafError('disk-full', 'The disk is full.')
      },
    })
    const ids = [await alice.create(shape('a', 'x')), await alice.create(shape('b', 'y'))]
    for (const id of ids) alice.openIn(1, id)
    await expect(alice.close()).rejects.toMatchObject({ kind: 'disk-full' })
    expect(flushed).toEqual(ids)
  })

  it('KEEP-10: a garbled header is damage like any other', async () => {
    const alice = registryIn('alice')
    const id = await alice.create(shape('Title', 'Words.'))
    await alice.close()
    const file = path.join(folder, 'alice', `${id}.db`)
    const whole = fs.readFileSync(file)
    for (let at = 0; at < 100; at++) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0xff
      const damaged = registryIn(`header-${at}`)
      fs.writeFileSync(path.join(folder, `header-${at}`, `${id}.db`), bytes)
      try {
        expect(text(damaged, id)).toContain('Words.')
      } catch (cause) {
        expect({ at, cause }).toMatchObject({ cause: { kind: expect.stringMatching(/^(damaged|too-new)$/) as string } })
      }
    }
  }, 60_000)

  it('KEEP-9: a document that was duplicated is a stranger to the first one', async () => {
    const alice = registryIn('alice')
    const id = await alice.create(shape('Chapter', 'words'))
    const twin = await alice.duplicate(await alice.contentOf(id))
    expect(twin).not.toBe(id)
    expect(alice.shapeOf(twin)).toEqual(alice.shapeOf(id))
    await alice.setTitle(twin, 'Other')
    expect(alice.shapeOf(id).title).toBe('Chapter')
  })

  it('KEEP-10: a damaged store opens again with what was settled about its document on this computer', async () => {
    const alice = registryIn('alice')
    const id = await alice.create(shape('Title', 'The first paragraph.'))
    const facts = { noLan: '1', yjsRoom: '{"url":"wss://a.example","room":"r"}', 'sharing.verified': '["ab"]' }
    for (const [fact, value] of Object.entries(facts)) alice.keepOpen(id).facts.setFact(fact, value)
    for (const _ of Object.keys(facts)) alice.letGo(id)
    await alice.close()
    const db = new Database(path.join(folder, 'alice', `${id}.db`))
    db.prepare('UPDATE records SET payload = ?').run(Buffer.of(0))
    db.close()
    const again = registryIn('alice')
    const { facts: kept } = again.keepOpen(id)
    expect(Object.fromEntries(Object.keys(facts).map((fact) => [fact, kept.fact(fact)]))).toEqual(facts)
    // What others were said to hold was true of what is lost.
    expect(kept.fact('holders')).toBeNull()
    again.letGo(id)
  })

  it('KEEP-10: a store the disk damaged opens again with every record that can be read, and is never deleted', async () => {
    const seed = Date.now() & 0xffffff
    const edits = fc.record({
      // Anywhere alike: doubles are mostly tiny ones, and a store without its first page is refused.
      at: fc.integer({ min: 0, max: 9999 }).map((part) => part / 10_000),
      length: fc.integer({ min: 1, max: 300 }),
      kind: fc.constantFrom('zero', 'flip', 'cut'),
    })
    const opened = { whole: 0, refused: 0 }
    const alice = registryIn('alice')
    const id = await alice.create(shape('Title', 'The first paragraph.'))
    for (let i = 0; i < 5; i++) await alice.setTitle(id, `Title ${i}`)
    await alice.close()
    const whole = fs.readFileSync(path.join(folder, 'alice', `${id}.db`))
    let run = 0
    await fc.assert(
      fc.asyncProperty(edits, async ({ at, length, kind }) => {
        const name = `damaged-${run++}`
        const damaged = registryIn(name)
        const file = path.join(folder, name, `${id}.db`)
        const bytes = Buffer.from(whole)
        const start = Math.floor(at * bytes.length)
        if (kind === 'cut') fs.writeFileSync(file, bytes.subarray(0, start))
        else {
          for (let i = start; i < Math.min(start + length, bytes.length); i++)
            bytes[i] = kind === 'zero' ? 0 : (bytes[i] ?? 0) ^ 0xff
          fs.writeFileSync(file, bytes)
        }
        try {
          // Whatever opens says only what was written, as far as it goes: never garbled words.
          expect(['', 'The first paragraph.']).toContain(
            text(damaged, id)
              .replace(/^Title \d?\s*|^Title\s*/, '')
              .trim(),
          )
          opened.whole += 1
        } catch (cause) {
          expect(cause).toMatchObject({ kind: expect.stringMatching(/^(damaged|not-found|too-new)$/) as string })
          opened.refused += 1
        }
        const kept = fs.readdirSync(path.join(folder, name))
        expect(kept.some((entry) => entry === `${id}.db` || entry.includes('.damaged-'))).toBe(true)
      }),
      { numRuns: 60, seed },
    )
    expect(opened.whole).toBeGreaterThan(10)
  }, 60_000)
})
