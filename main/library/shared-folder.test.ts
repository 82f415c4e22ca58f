/** Files as a channel: what a sync program does to them, with conflict copies above all. */
import fs from 'node:fs'
import disk from 'node:fs/promises'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromHex } from '../../shared/ids.ts'
import { examineDocument } from '../documents/examine-document.ts'
import { sodiumSuite } from '../identity/sodium-suite.ts'
import { RecordLog } from '../log/record-log.ts'
import { publishSheafFile } from '../storage/publish-sheaf-file.ts'
import { readSheafFile } from '../storage/read-sheaf-file.ts'
import { ChainChanges } from '../sharing/chain-changes.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import { temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { Person, wordsOf } from './library.fixture.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let place: ReturnType<typeof temporaryFolder>
const people: Person[] = []
let alice: Person
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 30 })
const inLibrary = (...names: string[]) => path.join(alice.folder, ...names)
const visible = () => fs.readdirSync(alice.folder).filter((name) => !name.startsWith('.'))
const trashed = () => fs.readdirSync(alice.systemTrash).sort()

async function person(name: string, folder?: string): Promise<Person> {
  const made = new Person(place.path, name, folder)
  people.push(made)
  return await made.start()
}

/** What the file becomes when somebody else writes into a copy of it. */
let others = 0
async function editedBy(name: string, file: string, ...words: string[]): Promise<string> {
  const copy = path.join(place.path, `${name}-${++others}.sheaf`)
  fs.copyFileSync(file, copy)
  const someone = await person(`${name}${others}`)
  for (const word of words) await someone.add(copy, word)
  await someone.stop()
  return copy
}

beforeEach(async () => {
  place = temporaryFolder()
  alice = await person('alice')
})
afterEach(async () => {
  for (const someone of people.splice(0)) await someone.stop()
  place.remove()
})

describe.each([['while the document is open'], ['while it is closed'], ['while Sheaf does not run']])(
  '%s',
  (moment) => {
    const happens = async (documentId: string, change: () => void): Promise<void> => {
      if (moment === 'while the document is open') alice.show(documentId)
      if (moment === 'while Sheaf does not run') await alice.stop()
      change()
      if (moment === 'while Sheaf does not run') await alice.start()
    }

    test('LIB-50: several conflict copies at once are merged, set aside, and spoken of in one sentence', async () => {
      const { documentId, file } = await alice.write('Hay', 'one')
      const bob = await editedBy('bob', file, 'from bob', 'and more')
      const cai = await editedBy('cai', file, 'from cai')
      const old = path.join(place.path, 'old')
      fs.copyFileSync(file, old)
      await happens(documentId, () => {
        fs.copyFileSync(bob, inLibrary("Hay (Bob's conflicted copy 2024-01-05).sheaf"))
        fs.copyFileSync(cai, inLibrary('Hay.sync-conflict-20240105-101112-ABCDEFG.sheaf'))
        fs.copyFileSync(old, inLibrary('Hay (In Konflikt stehende Kopie von Dora 2024-01-05).sheaf'))
      })
      await until(() => expect(trashed()).toHaveLength(3))
      expect(visible()).toEqual(['Hay.sheaf'])
      const words = await wordsOf(file)
      for (const word of ['one', 'from bob', 'and more', 'from cai']) expect(words.split(word)).toHaveLength(2)
      expect(alice.text(documentId).split('\n').sort()).toEqual(['and more', 'from bob', 'from cai', 'one'])
      if (moment !== 'while the document is open') {
        expect(alice.notices()).toEqual([])
        alice.show(documentId)
      }
      await until(() => expect(alice.notices().join(' ')).toMatch(/paragraphs? came from .*conflicted cop/))
      expect(alice.notices().every((notice) => !notice.includes('undefined'))).toBe(true)
    })
  },
)

test('LIB-50: the sentence names the person whom a member vouches for', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const copy = path.join(place.path, 'kept')
  fs.copyFileSync(file, copy)
  await alice.add(file, 'two by alice')
  const bob = await person('bob')
  const bobs = path.join(bob.folder, 'Hay.sheaf')
  fs.copyFileSync(copy, bobs)
  await bob.library.openPath(bobs)
  bob.show(documentId)
  fs.copyFileSync(file, path.join(bob.folder, 'Hay [Conflict].sheaf'))
  await until(() => expect(bob.notices()).toEqual(['One paragraph by alice came from a conflicted copy.']))
})

test('LIB-51: a conflict copy of a conflict copy comes in, whether the one between is still there or not', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const bob = await editedBy('bob', file, 'from bob')
  const cai = await editedBy('cai', bob, 'from cai')
  fs.copyFileSync(cai, inLibrary('Hay (conflicted copy 2024-01-05 1) (conflicted copy 2024-01-06 2).sheaf'))
  await until(() => expect(trashed()).toHaveLength(1))
  expect(alice.text(documentId)).toBe('one\nfrom bob\nfrom cai')
  const dora = await editedBy('dora', file, 'from dora')
  fs.copyFileSync(bob, inLibrary('Hay (conflicted copy 2024-01-05 1).sheaf'))
  fs.copyFileSync(dora, inLibrary('Hay (conflicted copy 2024-01-05 1) (conflicted copy 2024-01-06 2).sheaf'))
  await until(() => expect(trashed().length).toBeGreaterThanOrEqual(2))
  await until(() => expect(visible()).toEqual(['Hay.sheaf']))
  expect(alice.text(documentId)).toContain('from dora')
})

test('LIB-51: a conflict copy under the name the file had before it was renamed comes in', async () => {
  const { documentId, entryId, file } = await alice.write('Hay', 'one')
  const bob = await editedBy('bob', file, 'from bob')
  await alice.library.rename(entryId, 'Straw')
  fs.copyFileSync(bob, inLibrary('Hay (Bob’s conflicted copy 2024-01-05).sheaf'))
  await until(() => expect(visible()).toEqual(['Straw.sheaf']))
  expect(alice.text(documentId)).toContain('from bob')
})

test('LIB-51: in a folder that is renamed with both in it the copy is merged and the file goes on being written', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const bob = await editedBy('bob', file, 'from bob')
  fs.mkdirSync(inLibrary('Farm'))
  fs.renameSync(file, inLibrary('Farm', 'Hay.sheaf'))
  await until(() => expect(alice.library.pathOfDocument(documentId)).toBe(inLibrary('Farm', 'Hay.sheaf')))
  await alice.stop()
  fs.copyFileSync(bob, inLibrary('Farm', 'Hay [Conflict].sheaf'))
  fs.renameSync(inLibrary('Farm'), inLibrary('Field'))
  await alice.start()
  await until(() => expect(fs.readdirSync(inLibrary('Field'))).toEqual(['Hay.sheaf']))
  expect(alice.text(documentId)).toContain('from bob')
  expect(await wordsOf(inLibrary('Field', 'Hay.sheaf'))).toContain('from bob')
})

test('LIB-51: where only the conflict copy is left it is the document, and the file that comes back takes its place', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const before = path.join(place.path, 'before')
  fs.copyFileSync(file, before)
  const bob = await editedBy('bob', file, 'from bob')
  const conflict = inLibrary('Hay (Bob’s conflicted copy 2024-01-05).sheaf')
  await alice.stop()
  fs.rmSync(file)
  fs.copyFileSync(bob, conflict)
  await alice.start()
  await until(() => expect(alice.library.pathOfDocument(documentId)).toBe(conflict))
  expect(alice.text(documentId)).toBe('one\nfrom bob')
  expect(alice.fileState(documentId)).toBe('ok')
  expect(trashed()).toEqual([])
  fs.copyFileSync(before, file)
  await until(() => expect(visible()).toEqual(['Hay.sheaf']))
  expect(alice.library.pathOfDocument(documentId)).toBe(file)
  expect(alice.fileState(documentId)).toBe('ok')
  expect(await wordsOf(file)).toContain('from bob')
})

test('LIB-51: letters in two parts and capitals in the name of a conflict copy are no hindrance', async () => {
  const { documentId, file } = await alice.write('Für Åsa', 'one')
  const bob = await editedBy('bob', file, 'from bob')
  fs.copyFileSync(bob, inLibrary('Für åsa (Case Conflict).sheaf'.normalize('NFD')))
  await until(() => expect(trashed()).toHaveLength(1))
  expect(alice.text(documentId)).toBe('one\nfrom bob')
})

test('LIB-52: a conflict copy that is still being written is left until it is whole', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const bytes = fs.readFileSync(await editedBy('bob', file, 'from bob'))
  const conflict = inLibrary('Hay [Conflict].sheaf')
  const stem = path.basename(conflict, '.sheaf')
  // An empty placeholder, then a part, then the whole length with nothing in its second half, then all of it.
  fs.writeFileSync(conflict, '')
  await until(() => expect(alice.entries().get(stem)?.problem).toBe('damaged'))
  fs.writeFileSync(conflict, bytes.subarray(0, 3000))
  await alice.library.useFolder(alice.folder)
  fs.writeFileSync(conflict, Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.alloc(bytes.length / 2)]))
  await alice.library.useFolder(alice.folder)
  expect(trashed()).toEqual([])
  expect(alice.text(documentId)).toBe('one')
  fs.writeFileSync(conflict, bytes)
  await until(() => expect(trashed()).toHaveLength(1))
  expect(alice.text(documentId)).toBe('one\nfrom bob')
})

test('LIB-52: a conflict copy that a newer Sheaf wrote stays byte for byte', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const conflict = inLibrary('Hay [Conflict].sheaf')
  await publishSheafFile(conflict, await readSheafFile(await editedBy('bob', file, 'from bob')))
  const db = new Database(conflict)
  db.exec("UPDATE meta SET v = '2' WHERE k = 'format_write'; CREATE TABLE tomorrow (id INTEGER PRIMARY KEY)")
  db.close()
  const bytes = fs.readFileSync(conflict)
  await until(() => expect(alice.errors.join()).toContain('newer Sheaf'))
  expect(fs.readFileSync(conflict)).toEqual(bytes)
  expect(alice.text(documentId)).toBe('one')
})

test('LIB-53: what hinders a merge for a moment is tried again, and the copy stays until the merged file is written', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const bob = await editedBy('bob', file, 'from bob')
  const whole = fs.readFileSync(file)
  // The sync program is in the middle of replacing the file itself.
  fs.writeFileSync(file, whole.subarray(0, 2000))
  await until(() => expect(alice.entries().get('Hay')?.problem).toBe('damaged'))
  const conflict = inLibrary('Hay [Conflict].sheaf')
  fs.copyFileSync(bob, conflict)
  await alice.library.useFolder(alice.folder)
  expect(fs.existsSync(conflict)).toBe(true)
  expect(fs.readFileSync(file)).toEqual(whole.subarray(0, 2000))
  fs.writeFileSync(file, whole)
  await until(() => expect(visible()).toEqual(['Hay.sheaf']))
  expect(alice.text(documentId)).toBe('one\nfrom bob')
  expect(await wordsOf(file)).toContain('from bob')
})

test('LIB-53: a trash that refuses for a moment is asked again, and the words are there meanwhile', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const bob = await editedBy('bob', file, 'from bob')
  let refusals = 1
  alice.discarding = async () => {
    if (refusals-- > 0) throw new Error('The trash is locked.')
  }
  alice.show(documentId)
  fs.copyFileSync(bob, inLibrary('Hay [Conflict].sheaf'))
  await until(() => expect(trashed()).toHaveLength(1))
  expect(alice.text(documentId)).toBe('one\nfrom bob')
  expect(alice.notices()).toEqual(['One paragraph came from a conflicted copy.'])
})

// Only Linux has such a device.
test.skipIf(process.platform !== 'linux')(
  'LIB-54: a file that can’t be read for a moment keeps its row and hides no other',
  async () => {
    const { documentId, entryId } = await alice.write('Hay', 'one')
    // A device that answers every read with an error, as a locked or faraway file does.
    fs.symlinkSync('/proc/self/mem', inLibrary('A locked one.sheaf'))
    const { file } = await alice.write('Straw', 'two')
    fs.copyFileSync(file, inLibrary('Straw copy.sheaf'))
    await until(() => expect(alice.entries().get('Straw copy')?.problem).toBe('copy'))
    expect(alice.entries().get('A locked one')?.problem).toBe('unreadable')
    expect(alice.entries().get('Hay')).toMatchObject({ id: entryId, documentId })
    expect(alice.errors.join()).not.toContain('look-failed')
    fs.rmSync(inLibrary('A locked one.sheaf'))
    await until(() => expect(alice.entries().has('A locked one')).toBe(false))
  },
)

test('LIB-54: a folder on a drive that does not answer keeps its rows and its documents', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  fs.mkdirSync(inLibrary('Drive'))
  fs.renameSync(file, inLibrary('Drive', 'Hay.sheaf'))
  await until(() => expect(alice.library.pathOfDocument(documentId)).toBe(inLibrary('Drive', 'Hay.sheaf')))
  const readdir = disk.readdir
  const spy = vi.spyOn(disk, 'readdir').mockImplementation((async (folder: string, options: object) => {
    if (folder === inLibrary('Drive')) throw Object.assign(new Error('EHOSTDOWN'), { code: 'EHOSTDOWN' })
    return await readdir(folder, options as never)
  }) as unknown as typeof disk.readdir)
  try {
    await alice.write('Straw', 'two')
    await alice.library.useFolder(alice.folder)
    expect(alice.entries().get('Drive/Hay')).toMatchObject({ documentId, problem: null })
    expect(alice.fileState(documentId)).toBe('ok')
  } finally {
    spy.mockRestore()
  }
})

test('LIB-56: a cloned disk goes on beside its original, and their files merge: no identity forks, no word goes', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  alice.show(documentId)
  // Typed and durable, not sealed yet: the clone has these words in its drafts, and the key they were to be signed with.
  await alice.type(documentId, 'two')
  const [data, library] = ['data', 'library'].map((name) => path.join(place.path, `clone-${name}`)) as [string, string]
  fs.cpSync(alice.data, data, { recursive: true })
  fs.cpSync(alice.folder, library, { recursive: true })
  await alice.type(documentId, 'three, on the original')
  await alice.leave(documentId)
  await alice.stop()
  const original = path.join(place.path, 'original.sheaf')
  fs.copyFileSync(file, original)
  // The clone's turn, at the same paths, as on a computer of its own.
  for (const [from, to] of [
    [data, alice.data],
    [library, alice.folder],
  ] as const) {
    fs.rmSync(to, { recursive: true })
    fs.renameSync(from, to)
  }
  await alice.start()
  await alice.add(file, 'three, on the clone')
  fs.copyFileSync(original, inLibrary('Hay (conflicted copy 2024-01-05 101112).sheaf'))
  await until(() => expect(trashed()).toHaveLength(1))
  const lines = alice.text(documentId).split('\n')
  for (const word of ['one', 'three, on the original', 'three, on the clone']) {
    expect(lines.filter((line) => line === word)).toEqual([word])
  }
  expect(lines).toContain('two')
  expectNoFork(await readSheafFile(file))
})

test('LIB-56: a restored backup of the data folder beside the newer file is the same document, and forks nothing', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const data = path.join(place.path, 'backup-data')
  await alice.stop()
  fs.cpSync(alice.data, data, { recursive: true })
  await alice.start()
  await alice.add(file, 'two')
  await alice.stop()
  fs.rmSync(alice.data, { recursive: true })
  fs.renameSync(data, alice.data)
  await alice.start()
  await alice.add(file, 'three')
  expect(alice.text(documentId)).toBe('one\ntwo\nthree')
  expect(alice.fileState(documentId)).toBe('ok')
  expectNoFork(await readSheafFile(file))
})

test('LIB-56: a copied file that two people go on with, and the file of either in both, forks nothing', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const bob = await editedBy('bob', file, 'from bob')
  await alice.add(file, 'from alice')
  fs.copyFileSync(bob, file)
  await until(() => expect(alice.text(documentId)).toContain('from bob'))
  await until(async () => expect(await wordsOf(file)).toContain('from alice'))
  expect(alice.text(documentId).split('\n').sort()).toEqual(['from alice', 'from bob', 'one'])
  expectNoFork(await readSheafFile(file))
})

test('FILE-14: rows of the membership chain go with the file, come in from a copy, and are not taken back by an older one', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const older = path.join(place.path, 'older')
  fs.copyFileSync(file, older)
  const document = alice.registry.keepOpen(documentId)
  const changes = new ChainChanges(sodiumSuite, () => {})
  await changes.make(document, [() => ({ type: 'relay', url: 'wss://relay.example' })])
  alice.registry.letGo(documentId)
  const rows = async (from: string) => (await readSheafFile(from)).members.length
  await until(async () => expect(await rows(file)).toBe(2))
  const bob = await person('bob')
  const bobs = path.join(bob.folder, 'Hay.sheaf')
  fs.copyFileSync(older, bobs)
  await bob.library.openPath(bobs)
  fs.copyFileSync(file, path.join(bob.folder, 'Hay [Conflict].sheaf'))
  await until(() => expect(fs.readdirSync(bob.systemTrash)).toHaveLength(1))
  expect(await rows(bobs)).toBe(2)
  fs.copyFileSync(older, path.join(bob.folder, 'Hay [Conflict].sheaf'))
  await until(() => expect(fs.readdirSync(bob.folder).filter((name) => name.startsWith('Hay'))).toEqual(['Hay.sheaf']))
  expect(await rows(bobs)).toBe(2)
})

function expectNoFork(content: SheafFileContent): void {
  const log = new RecordLog(sodiumSuite, fromHex(content.documentId))
  expect(log.add(content.records).refused).toEqual([])
  expect(log.forks()).toBe(0)
  const { findings } = examineDocument(sodiumSuite, content, content.appVersion)
  expect(findings.filter(({ severity }) => severity === 'problem')).toEqual([])
}
