import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Person, wordsOf } from '../library/library.fixture.ts'
import { stampFile } from '../storage/file-stamp.ts'
import { PathLock } from '../storage/path-lock.ts'
import { publishSheafFile } from '../storage/publish-sheaf-file.ts'
import { readSheafFile } from '../storage/read-sheaf-file.ts'
import { temporaryFolder, writeForged } from '../storage/sheaf-file.fixture.ts'
import { FORMAT, META_KEYS } from '../storage/sheaf-file.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })
let place: ReturnType<typeof temporaryFolder>
const people: Person[] = []
let alice: Person

async function person(name: string, folder?: string): Promise<Person> {
  const made = new Person(place.path, name, folder)
  people.push(made)
  return await made.start()
}

beforeEach(async () => {
  place = temporaryFolder()
  alice = await person('alice')
})
afterEach(async () => {
  for (const someone of people.splice(0)) await someone.stop()
  place.remove()
})

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 })

test('FILE-7: a file holds what was typed soon after the last edit, without anything being closed', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  alice.show(documentId)
  await alice.type(documentId, 'two')
  await until(async () => expect(await wordsOf(file)).toContain('two'))
  expect(alice.fileState(documentId)).toBe('ok')
})

test('FILE-8: a file that lacks nothing is not written: opening and closing leave every byte and time', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const stamp = await stampFile(file)
  await alice.library.openPath(file)
  alice.show(documentId)
  await alice.leave(documentId)
  await alice.files.flush(documentId)
  await alice.stop()
  await alice.start()
  await alice.library.openPath(file)
  await alice.files.flush(documentId)
  expect(await stampFile(file)).toEqual(stamp)
})

test('FILE-14: a membership chain that grew is in the file soon, though no word changed, and is written once', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const { registry } = alice
  const link = { seq: 1, op: new Uint8Array(8), hash: new Uint8Array(32), sig: new Uint8Array(64) }
  const whole = await registry.contentOf(documentId)
  vi.spyOn(registry, 'counts').mockReturnValue({ links: 2, blobs: 0 })
  vi.spyOn(registry, 'contentOf').mockResolvedValue({ ...whole, members: [...whole.members, link] })
  alice.files.edited(documentId)
  await until(async () => expect((await readSheafFile(file)).members).toHaveLength(2))
  await alice.files.flush(documentId)
  const stamp = await stampFile(file)
  await alice.files.flush(documentId)
  expect(await stampFile(file)).toEqual(stamp)
})

test('FILE-14: a picture that came after the words that name it is in the file soon', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const picture = alice.registry.pictureOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3))
  if (picture === null) throw new Error('This is a picture.')
  alice.registry.keepPicture(documentId, picture)
  await until(async () => expect((await readSheafFile(file)).blobs).toEqual([picture]))
  const stamp = await stampFile(file)
  await alice.files.flush(documentId)
  expect(await stampFile(file)).toEqual(stamp)
})

test('KEEP-51: what was saved when the program was killed is in the file after the next start, unopened', async () => {
  await alice.stop()
  const script = `
    import { Person } from ${JSON.stringify(new URL('../library/library.fixture.ts', import.meta.url).href)}
    const bob = await new Person(${JSON.stringify(place.path)}, 'bob').start()
    const { documentId } = await bob.write('Hay', 'one')
    await bob.stop()
    bob.publishDelay = 3_600_000
    await bob.start()
    await bob.library.openPath(${JSON.stringify(path.join(place.path, 'bob-library', 'Hay.sheaf'))})
    bob.show(documentId)
    await bob.type(documentId, 'saved and then killed')
    console.log('saved')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(child.stdout, 'data')
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const file = path.join(place.path, 'bob-library', 'Hay.sheaf')
  expect(await wordsOf(file)).not.toContain('killed')
  await person('bob')
  await until(async () => expect(await wordsOf(file)).toContain('saved and then killed'))
})

test('FILE-9: two people who write to one file at the same time both find all words in it', async () => {
  const shared = path.join(place.path, 'shared')
  const bob = await person('bob', shared)
  const { documentId, file } = await bob.write('Hay', 'start')
  for (const someone of [alice, bob]) {
    await someone.library.openPath(file)
    someone.show(documentId)
  }
  for (let n = 1; n <= 8; n++) {
    await Promise.all([alice.type(documentId, `alice ${n}`), bob.type(documentId, `bob ${n}`)])
    if (n % 3 === 0) await Promise.all([alice.files.flush(documentId), bob.files.flush(documentId)])
  }
  // Whoever hears of the other's write takes it in; two rounds are enough for both.
  for (let round = 0; round < 2; round++) for (const someone of [alice, bob]) await someone.files.flush(documentId)
  const words = await wordsOf(file)
  for (let n = 1; n <= 8; n++) for (const name of ['alice', 'bob']) expect(words).toContain(`${name} ${n}`)
  expect(alice.text(documentId)).toBe(bob.text(documentId))
  expect(fs.readdirSync(shared)).toEqual(['Hay.sheaf'])
})

test('FILE-10: something unreadable at the file’s place is never written over; saving again goes beside it', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  alice.show(documentId)
  fs.writeFileSync(file, 'half a download')
  await alice.type(documentId, 'two')
  await until(() => expect(alice.fileState(documentId)).toBe('not-written'))
  expect(fs.readFileSync(file, 'utf8')).toBe('half a download')
  expect(alice.files.fileState(documentId)).toMatchObject({
    reason: expect.stringContaining('This is not a Sheaf document'),
  })
  await alice.files.saveAgain(documentId)
  expect(fs.readFileSync(file, 'utf8')).toBe('half a download')
  expect(await wordsOf(path.join(alice.folder, 'Hay 2.sheaf'))).toContain('two')
  expect(alice.fileState(documentId)).toBe('ok')
})

test('FILE-11: a file that a newer Sheaf has written is shown and never changed', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const newer = path.join(place.path, 'newer.sheaf')
  const content = await readSheafFile(file)
  writeForged(newer, (db) => {
    const set = db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
    set.run(META_KEYS.documentId, documentId)
    set.run(META_KEYS.formatWrite, `${FORMAT + 1}`)
    db.exec('CREATE TABLE more (a INTEGER PRIMARY KEY, b TEXT) STRICT')
    const member = db.prepare('INSERT INTO members VALUES (?, ?, ?, ?)')
    for (const { seq, op, hash, sig } of content.members) member.run(seq, op, hash, sig)
    const record = db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    for (const r of content.records) record.run(r.writer, r.seq, r.recId, r.type, r.stream, r.prev, r.sig, r.payload)
  })
  const bytes = fs.readFileSync(newer)
  const bob = await person('bob')
  expect(await bob.library.openPath(newer)).toBe(documentId)
  expect(bob.registry.openIn(1, documentId)).toMatchObject({
    mode: 'read-only',
    readOnlyReason: expect.stringContaining('newer Sheaf'),
  })
  expect(bob.text(documentId)).toBe('one')
  await bob.files.flush(documentId)
  await bob.stop()
  expect(fs.readFileSync(newer)).toEqual(bytes)
})

test('a moved file is found by the person; another document is not taken for it', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const other = await alice.write('Straw', 'two')
  const away = path.join(place.path, 'away.sheaf')
  fs.renameSync(file, away)
  await until(() => expect(alice.fileState(documentId)).toBe('missing'))
  await expect(alice.files.locate(documentId, other.file)).rejects.toMatchObject({ kind: 'invalid-argument' })
  await alice.files.locate(documentId, away)
  expect(alice.fileState(documentId)).toBe('ok')
  alice.show(documentId)
  await alice.type(documentId, 'three')
  await alice.leave(documentId)
  expect(await wordsOf(away)).toContain('three')
})

test('FILE-6: while another process holds the file’s lock nothing is written; then it is', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  alice.show(documentId)
  const other = new PathLock(path.join(place.path, 'locks'))
  const flushed: Promise<void>[] = []
  await other.hold(file, async () => {
    await alice.type(documentId, 'two')
    flushed.push(alice.files.flush(documentId))
    const theirs = await readSheafFile(file)
    await publishSheafFile(file, { ...theirs, appVersion: 'the command line' })
    expect((await readSheafFile(file)).appVersion).toBe('the command line')
  })
  await Promise.all(flushed)
  expect(await wordsOf(file)).toContain('two')
})

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts()
function mounts(): boolean {
  const folder = temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path], { stdio: 'ignore' })
    execFileSync('umount', [folder.path])
    return true
  } catch {
    return false
  } finally {
    folder.remove()
  }
}

test.runIf(canMount)(
  'FILE-12: a full disk is said, the old file stays whole, and the words arrive when there is room',
  async () => {
    const disk = path.join(place.path, 'disk')
    fs.mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', disk])
    try {
      const bob = await person('bob', disk)
      const { documentId, file } = await bob.write('Hay', 'one')
      const filler = path.join(disk, 'filler')
      const descriptor = fs.openSync(filler, 'w')
      try {
        for (;;) fs.writeSync(descriptor, new Uint8Array(4096))
      } catch {
        fs.closeSync(descriptor)
      }
      bob.show(documentId)
      await bob.type(documentId, 'two')
      await until(() =>
        expect(bob.files.fileState(documentId)).toMatchObject({
          kind: 'not-written',
          reason: expect.stringContaining('full'),
        }),
      )
      expect(await wordsOf(file)).toContain('one')
      expect(fs.readdirSync(disk).sort()).toEqual(['Hay.sheaf', 'filler'])
      fs.rmSync(filler)
      await until(() => expect(bob.fileState(documentId)).toBe('ok'))
      expect(await wordsOf(file)).toContain('two')
      await bob.stop()
    } finally {
      execFileSync('umount', [disk])
    }
  },
)
