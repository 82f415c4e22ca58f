import fs from 'node:fs'
import Database from 'better-sqlite3'
import { equalBytes, fromHex } from '../../shared/ids.ts'
import { encodeUpdate, type UpdateStruct } from '../../shared/log/yjs-update.ts'
import { deletion, nested } from '../log/hostile-updates.fixture.ts'
import { RecordLog } from '../log/record-log.ts'
import { Replica } from '../log/replica.fixture.ts'
import { DetachedDocument } from './detached-document.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { clientId, decodeBody, type SignedRecord } from '../../shared/log/record.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { Desk, Pane, plainVault } from './open-document.fixture.ts'
import type { OpenDocument } from './open-document.ts'

let desk: Desk
beforeEach(() => {
  desk = new Desk()
})
afterEach(() => desk.clear())

const firstRun = (doc: Y.Doc) => (doc.getXmlFragment('body').get(0) as Y.XmlElement).get(0) as Y.XmlText

const text = (document: OpenDocument): string => shapeToText(document.shape()).trim()

describe('open document', () => {
  it('KEEP-1: an edit is on the disk when it is acknowledged, also when the process never closes the store', async () => {
    const document = desk.open(desk.found())
    await new Pane(document).type('Call me Ishmael.')
    // Another connection to the same files sees what a process after a crash would see.
    const disk = new Database(desk.storePath, { readonly: true })
    expect(disk.prepare('SELECT count(*) FROM drafts').pluck().get()).toBe(1)
    disk.close()
  })

  it('KEEP-2: drafts left behind by a crash are sealed at the next opening, by a writer of its own', async () => {
    const id = desk.found()
    const pane = new Pane(desk.open(id))
    await pane.type('Some years ago')
    await pane.type(', never mind how long')
    const dead = pane.guard.clientId
    // No close: the process died. The store is opened again from its files.
    const again = desk.open(id)
    expect(text(again)).toBe('Some years ago, never mind how long')
    expect(again.heads()).toEqual(new Map([[expect.any(String), 1]]))
    expect(new Database(desk.storePath).prepare('SELECT count(*) FROM drafts').pluck().get()).toBe(0)
    const writers = new Database(desk.storePath).prepare('SELECT key FROM writers').pluck().all() as Uint8Array[]
    // The dead writer is gone, and nothing was signed in its name.
    expect(writers.map((key) => clientId(suite, new Uint8Array(key), 0))).not.toContain(dead)
    expect(writers).toHaveLength(1)
  })

  it('KEEP-3: closing seals everything, closes the run and leaves no key behind', async () => {
    const id = desk.found()
    const document = desk.open(id)
    const pane = new Pane(document)
    for (const word of ['one', ' two', ' three']) {
      await pane.type(word)
      document.seal()
    }
    document.finish()
    document.close()
    const disk = new Database(desk.storePath, { readonly: true })
    expect(disk.prepare('SELECT seq, type FROM records ORDER BY seq').all()).toEqual([{ seq: 4, type: 2 }])
    expect(disk.prepare('SELECT count(*) FROM writers').pluck().get()).toBe(0)
    disk.close()
    expect(text(desk.open(id))).toBe('one two three')
  })

  it('KEEP-4: an update sent twice is kept once', async () => {
    const document = desk.open(desk.found())
    const pane = new Pane(document)
    await pane.type('twice')
    await document.append(pane.guard, 0, pane.last)
    document.seal()
    await document.append(pane.guard, 0, pane.last)
    document.seal()
    expect([...document.heads().values()]).toEqual([1])
    expect(text(document)).toBe('twice')
  })

  it('KEEP-5: refuses an update under another’s id, one with a gap and one that is garbled, and goes on', async () => {
    const document = desk.open(desk.found())
    const pane = new Pane(document)
    await pane.type('safe')
    const stranger = new Y.Doc()
    stranger.getText('x').insert(0, 'forged')
    await expect(document.append(pane.guard, 0, Y.encodeStateAsUpdate(stranger))).rejects.toMatchObject({
      kind: 'invalid-update',
    })
    await expect(document.append(pane.guard, 0, Uint8Array.of(1, 2, 3))).rejects.toMatchObject({
      kind: 'invalid-update',
    })
    const ahead = new Y.Doc()
    ahead.clientID = pane.guard.clientId
    Y.applyUpdate(ahead, Y.encodeStateAsUpdate(pane.doc))
    ahead.getText('y').insert(0, 'first')
    const before = Y.encodeStateVector(ahead)
    ahead.getText('y').insert(0, 'then')
    await expect(document.append(pane.guard, 0, Y.encodeStateAsUpdate(ahead, before))).rejects.toMatchObject({
      kind: 'invalid-update',
    })
    await pane.type(' and sound')
    expect(text(document)).toBe('safe and sound')
  })

  it('KEEP-6: an edit the disk refused is not acknowledged, not shown, and is kept when it is sent again', async () => {
    const document = desk.open(desk.found())
    const pane = new Pane(document)
    await pane.type('before')
    const shown = desk.changes.length
    const lock = new Database(desk.storePath)
    lock.pragma('busy_timeout = 0')
    lock.exec('BEGIN IMMEDIATE')
    await expect(pane.type(' during')).rejects.toThrow()
    expect(desk.changes).toHaveLength(shown)
    expect(text(document)).toBe('before')
    lock.exec('ROLLBACK')
    lock.close()
    await document.append(pane.guard, 0, pane.last)
    document.seal()
    expect(text(document)).toBe('before during')
  }, 20_000)

  it('KEEP-7: two windows on one document share one log, and each hears of the other’s edits', async () => {
    const document = desk.open(desk.found())
    const left = new Pane(document)
    await left.type('left ')
    const right = new Pane(document)
    await right.type('right')
    for (const change of desk.changes) {
      if (change.kind === 'edited' && change.by !== left.guard) Y.applyUpdate(left.doc, change.update, 'main')
    }
    expect(left.doc.getXmlFragment('body').toString()).toBe(right.doc.getXmlFragment('body').toString())
    expect(left.guard.clientId).not.toBe(right.guard.clientId)
    document.seal()
    expect(document.heads().size).toBe(1)
  })

  it('KEEP-8: words whose key was lost are written anew and none is missing', async () => {
    const id = desk.found()
    const first = desk.open(id)
    await new Pane(first).type('sealed words')
    first.finish()
    first.close()
    const pane = new Pane(desk.open(id))
    await pane.type(' and unsealed ones')
    const again = desk.open(id, plainVault(true))
    expect(text(again)).toBe('sealed words and unsealed ones')
    again.seal()
    again.close()
    fs.copyFileSync(desk.storePath, `${desk.storePath}.copy`)
    expect(text(desk.open(id))).toBe('sealed words and unsealed ones')
  })

  it('KEEP-13: a restored backup of the data folder never goes on as its original, and hides none of its words', async () => {
    const id = desk.found()
    const original = desk.open(id)
    const pane = new Pane(original)
    await pane.type('sealed before')
    original.seal()
    await pane.type(', a draft in the backup')
    const backup = new Desk()
    for (const suffix of ['', '-wal', '-shm']) fs.copyFileSync(desk.storePath + suffix, backup.storePath + suffix)
    await pane.type(', written after')
    original.seal()
    await pane.type(', and more.')
    original.finish()
    const everything = 'sealed before, a draft in the backup, written after, and more.'
    // The file is met first: what it has of the draft is not written again.
    const restored = backup.open(id, plainVault(), (document) => document.merge(original.content().records))
    expect(text(restored)).toBe(everything)
    restored.seal()
    expect(restored.content().records).toEqual(original.content().records)
    restored.close()
    original.close()
    backup.clear()
  })

  it('KEEP-13: words of a backup that meets its original late are all there, and both agree', async () => {
    const id = desk.found()
    const original = desk.open(id)
    const pane = new Pane(original)
    await pane.type('one')
    original.seal()
    await pane.type(' two')
    const backup = new Desk()
    for (const suffix of ['', '-wal', '-shm']) fs.copyFileSync(desk.storePath + suffix, backup.storePath + suffix)
    const restored = backup.open(id)
    await new Pane(restored).type(' backup')
    await pane.type(' three')
    original.finish()
    restored.finish()
    restored.merge(original.content().records)
    original.merge(restored.content().records)
    expect(text(restored)).toBe(text(original))
    for (const word of ['one', 'two', 'backup', 'three']) expect(text(restored)).toContain(word)
    original.close()
    restored.close()
    backup.clear()
  })

  it('KEEP-15: an edit is whole after earlier ones went with the branch of a fork they stood on', async () => {
    const id = desk.found()
    const document = desk.open(id)
    const [givesWay, folded] = forked(fromHex(id))
    document.merge(givesWay)
    await document.edit((doc) => firstRun(doc).insert(firstRun(doc).length, ' and more'))
    document.merge(folded)
    expect(text(document)).toBe('b')
    await document.edit((doc) => firstRun(doc).insert(0, 'written later: '))
    expect(text(document)).toBe('written later: b')
  })

  it('LOG-8: a writer’s first record carries the founder’s word that it is theirs', async () => {
    const document = desk.open(desk.found())
    await new Pane(document).type('signed')
    const [record] = document.content().records
    expect(record === undefined ? null : decodeBody(record.payload).cert?.name).toBe('Alice')
  })

  it('SAFE-22: a record whose words Yjs chokes on is kept, and shuts nobody out of the document', async () => {
    const id = desk.found()
    const document = desk.open(id)
    await new Pane(document).type('before')
    const { writer } = new Replica(fromHex(id), 'Mallory')
    const update = tangled(writer.clientId(0))
    const hostile = writer.seal([{ instance: 0, stream: 0, update, at: 0 }], new Map(), () => new Map())
    expect(document.merge(hostile).added).toHaveLength(1)
    await new Pane(document).type(' and after')
    document.finish()
    document.close()
    const again = desk.open(id)
    expect(JSON.stringify(again.shape().content)).toContain('before and after')
    again.close()
  })

  it('SAFE-23: a signed record that Yjs throws at is kept and not shown, and ends nothing', async () => {
    const id = desk.found()
    const document = desk.open(id)
    await new Pane(document).type('before')
    const mallory = new Replica(fromHex(id), 'Mallory')
    const { writer } = mallory
    const client = writer.clientId(0)
    const hostile = [nested(client, 6000), deletion(client)].flatMap((update) =>
      writer.seal([{ instance: 0, stream: 0, update, at: 0 }], new Map(), () => new Map()),
    )
    const bob = new Replica(fromHex(id), 'Bob')
    bob.merge(document.records())
    bob.type(' and after')
    desk.changes.splice(0)
    expect(document.merge(hostile).added).toHaveLength(2)
    expect(desk.changes.map(({ kind }) => kind)).toContain('refolded')
    expect(document.merge(bob.seal()).added).toHaveLength(1)
    await new Pane(document).type(', still')
    expect(JSON.stringify(document.shape().content)).toContain('before and after, still')
    const copy = DetachedDocument.from({ suite, clock: { now: () => 0 }, appVersion: '0.1.0' }, document.content())
    expect(JSON.stringify(copy.shape().content)).toContain('before and after, still')
    document.finish()
    document.close()
    const again = desk.open(id)
    expect(again.records().length).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify(again.shape().content)).toContain('before and after, still')
    again.close()
  })
})

/** Two branches of one writer, a long one that gives way to a short one: their ids decide which is folded. */
function forked(documentId: Uint8Array): readonly [givesWay: SignedRecord[], folded: SignedRecord[]] {
  for (;;) {
    const secrets = { seed: suite.random(32), salt: suite.random(32) }
    const [givesWay = [], folded = []] = ['a long branch', 'b'].map((words) => {
      const replica = new Replica(documentId, 'Mallory', secrets)
      replica.type(words)
      return replica.seal()
    })
    const log = new RecordLog(suite, documentId)
    log.add([...givesWay, ...folded])
    const [last] = folded
    if (last !== undefined && equalBytes(log.headId(last.writer), last.recId)) return [givesWay, folded]
  }
}

/** An item between one of the body's values and a value of that one: no editor writes such, and all of it is well formed. */
function tangled(client: number): Uint8Array {
  const empty = { origin: null, rightOrigin: null, parent: null, parentKey: null, text: null }
  const element = Uint8Array.of(3, 1, 97)
  const value = (count: number) => Uint8Array.of(count, ...Array.from({ length: count }, () => 126))
  const structs: UpdateStruct[] = [
    { ...empty, clock: 0, length: 1, info: 0x27, parent: { root: 'x' }, parentKey: 'x', content: element },
    { ...empty, clock: 1, length: 2, info: 0x28, parent: { client, clock: 0 }, parentKey: 'k', content: value(2) },
    {
      ...empty,
      clock: 3,
      length: 1,
      info: 0xc8,
      origin: { client, clock: 0 },
      rightOrigin: { client, clock: 2 },
      content: value(1),
    },
  ]
  return encodeUpdate({ structs: new Map([[client, structs]]), deletes: new Map() })
}
