import fs from 'node:fs'
import promises from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sampleContent, sampleRecord, temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { publishSheafFile } from '../storage/publish-sheaf-file.ts'
import { readSheafFile } from '../storage/read-sheaf-file.ts'
import { Person, wordsOf } from './library.fixture.ts'

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

const inLibrary = (...names: string[]) => path.join(alice.folder, ...names)
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

/** Lets something happen outside while Sheaf runs, or while it does not. */
const moments: [string, (change: () => void | Promise<void>) => Promise<void>][] = [
  [
    'while Sheaf runs',
    async (change) => {
      await change()
    },
  ],
  [
    'while Sheaf is closed',
    async (change) => {
      await alice.stop()
      await change()
      await alice.start()
    },
  ],
]

test('LIB-1: a new document is a file in the library at once, and untitled ones get numbers', async () => {
  const one = await alice.library.create()
  await alice.library.create()
  expect(fs.readdirSync(alice.folder).sort()).toEqual(['Untitled 2.sheaf', 'Untitled.sheaf'])
  expect(alice.library.pathOf(one.entryId)).toBe(inLibrary('Untitled.sheaf'))
  expect(alice.library.pathOfDocument(one.documentId)).toBe(inLibrary('Untitled.sheaf'))
  expect(alice.library.view()).toMatchObject({ complete: true, path: alice.folder, trash: [] })
})

test('a row shows title, first words and word count of what was typed, soon after it was typed', async () => {
  const { documentId, entryId } = await alice.library.create()
  await alice.library.rename(entryId, 'Hay')
  alice.show(documentId)
  await alice.type(documentId, 'The sun was on the hay')
  await until(() =>
    expect(alice.entries().get('Hay')).toMatchObject({ title: 'Hay', words: 6, firstWords: 'The sun was on the hay' }),
  )
  expect(alice.announcements.some(({ name }) => name === 'library.changed')).toBe(true)
})

describe.each(moments)('%s', (_, outside) => {
  test('LIB-2: a file that was renamed keeps its row and goes on being published', async () => {
    const { documentId, entryId, file } = await alice.write('Hay', 'one')
    await outside(() => fs.renameSync(file, inLibrary('Straw.sheaf')))
    await until(() => expect(alice.entries().get('Straw')?.id).toBe(entryId))
    expect(alice.entries().size).toBe(1)
    await alice.library.open(entryId)
    alice.show(documentId)
    await alice.type(documentId, 'two')
    await alice.leave(documentId)
    expect(fs.readdirSync(alice.folder)).toEqual(['Straw.sheaf'])
    expect(await wordsOf(inLibrary('Straw.sheaf'))).toContain('two')
  })

  test('LIB-2: a file that was moved into another folder, and out of the library, is understood', async () => {
    const { documentId, entryId, file } = await alice.write('Hay', 'one')
    fs.mkdirSync(inLibrary('Farm', 'Field'), { recursive: true })
    await outside(() => fs.renameSync(file, inLibrary('Farm', 'Field', 'Hay.sheaf')))
    await until(() => expect(alice.entries().get('Farm/Field/Hay')?.id).toBe(entryId))
    const away = path.join(place.path, 'Hay.sheaf')
    await outside(() => fs.renameSync(inLibrary('Farm', 'Field', 'Hay.sheaf'), away))
    await until(() => expect(alice.entries().size).toBe(0))
    expect(await alice.library.openPath(away)).toBe(documentId)
    expect(alice.fileState(documentId)).toBe('ok')
    expect(alice.entries().get(`${place.path}/Hay`)?.documentId).toBe(documentId)
  })

  test('LIB-3: what another copy of Sheaf wrote into the file comes into the document', async () => {
    const { documentId, file } = await alice.write('Hay', 'from alice')
    await outside(async () => {
      const bob = await person('bob')
      await bob.add(file, 'from bob')
      await bob.stop()
    })
    await until(() => expect(alice.text(documentId)).toBe('from alice\nfrom bob'))
    expect(alice.fileState(documentId)).toBe('ok')
  })

  test('LIB-4: a deleted file is not a deleted document: it is said, and the file can be written again', async () => {
    const { documentId, file } = await alice.write('Hay', 'one')
    await outside(() => fs.rmSync(file))
    await until(() => expect(alice.entries().size).toBe(0))
    await until(() => expect(alice.fileState(documentId)).toBe('missing'))
    expect(alice.text(documentId)).toBe('one')
    await alice.files.saveAgain(documentId)
    expect(await wordsOf(file)).toContain('one')
    expect(alice.fileState(documentId)).toBe('ok')
  })

  test('LIB-5: a copied file is a copy until the person says what it is', async () => {
    const { documentId, entryId, file } = await alice.write('Hay', 'one')
    await outside(() => fs.copyFileSync(file, inLibrary('Hay copy.sheaf')))
    await until(() => expect(alice.entries().get('Hay copy')?.problem).toBe('copy'))
    expect(alice.entries().get('Hay')).toMatchObject({ id: entryId, problem: null, documentId })
    await expect(alice.library.open(alice.entries().get('Hay copy')?.id ?? '')).rejects.toMatchObject({
      kind: 'already-exists',
    })
    expect(fs.readdirSync(alice.systemTrash)).toEqual([])
  })

  test('LIB-6: a conflict copy of a sync program is merged, and set aside only then', async () => {
    const { documentId, file } = await alice.write('Hay', 'one')
    const conflict = inLibrary("Hay (Bob's conflicted copy 2024-01-05).sheaf")
    const elsewhere = path.join(place.path, 'elsewhere.sheaf')
    const bob = await person('bob')
    fs.copyFileSync(file, elsewhere)
    await bob.add(elsewhere, 'from bob')
    await bob.stop()
    let before = ''
    alice.discarding = async () => {
      before = await wordsOf(file)
    }
    await outside(() => fs.copyFileSync(elsewhere, conflict))
    await until(() => expect(fs.readdirSync(alice.systemTrash)).toEqual([path.basename(conflict)]))
    expect(fs.readdirSync(alice.folder)).toEqual(['Hay.sheaf'])
    expect(before).toContain('from bob')
    expect(alice.text(documentId)).toBe('one\nfrom bob')
    await until(() => expect([...alice.entries().keys()]).toEqual(['Hay']))
  })

  test('LIB-7: a different document in the place of another is a document of its own, and is not written over', async () => {
    const { documentId, entryId, file } = await alice.write('Hay', 'one')
    const other = sampleContent({ title: 'Other' })
    await outside(() => publishSheafFile(file, other).then(() => {}))
    await until(() =>
      expect(alice.entries().get('Hay')).toMatchObject({ documentId: other.documentId, title: 'Other' }),
    )
    expect(alice.entries().get('Hay')?.id).not.toBe(entryId)
    await until(() => expect(alice.fileState(documentId)).toBe('missing'))
    await alice.files.saveAgain(documentId)
    expect(alice.library.pathOfDocument(documentId)).toBe(inLibrary('Hay 2.sheaf'))
    expect(await wordsOf(inLibrary('Hay 2.sheaf'))).toContain('one')
    expect((await readSheafFile(file)).title).toBe('Other')
  })

  test('LIB-8: an older copy in the place of the file is never written over, nor taken for deletion', async () => {
    const { documentId, file } = await alice.write('Hay', 'one')
    const backup = path.join(place.path, 'backup')
    fs.copyFileSync(file, backup)
    await alice.add(file, 'two')
    const old = fs.readFileSync(backup)
    await outside(() => fs.copyFileSync(backup, file))
    await until(() => expect(alice.fileState(documentId)).toBe('rolled-back'))
    expect(alice.text(documentId)).toBe('one\ntwo')
    await alice.files.flush(documentId)
    expect(fs.readFileSync(file)).toEqual(old)
    await alice.files.resolveRollback(documentId, 'newest')
    expect(await wordsOf(file)).toContain('two')
    expect(alice.fileState(documentId)).toBe('ok')
  })
})

test('LIB-8: the moment of a restored backup comes back as an ordinary edit', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const backup = path.join(place.path, 'backup')
  fs.copyFileSync(file, backup)
  await alice.add(file, 'two')
  fs.copyFileSync(backup, file)
  await until(() => expect(alice.fileState(documentId)).toBe('rolled-back'))
  await alice.files.resolveRollback(documentId, 'older')
  expect(alice.text(documentId)).toBe('one')
  expect(await wordsOf(file)).not.toContain('two')
  // Whoever still has the newer file merges and agrees: going back was an edit, not a loss.
  expect(alice.fileState(documentId)).toBe('ok')
})

test('LIB-5: a copy taken as the same document is merged, and as a separate one becomes a stranger', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const bob = await person('bob')
  const elsewhere = path.join(place.path, 'elsewhere.sheaf')
  fs.copyFileSync(file, elsewhere)
  await bob.add(elsewhere, 'from bob')
  fs.copyFileSync(elsewhere, inLibrary('Hay (mine).sheaf'))
  await until(() => expect(alice.entries().get('Hay (mine)')?.problem).toBe('copy'))
  expect(await alice.library.resolveCopy(alice.entries().get('Hay (mine)')?.id ?? '', 'same')).toBe(documentId)
  expect(await wordsOf(file)).toContain('from bob')
  expect([...alice.entries().keys()]).toEqual(['Hay'])

  fs.copyFileSync(file, inLibrary('Hay for Carol.sheaf'))
  await until(() => expect(alice.entries().get('Hay for Carol')?.problem).toBe('copy'))
  const separate = await alice.library.resolveCopy(alice.entries().get('Hay for Carol')?.id ?? '', 'separate')
  expect(separate).not.toBe(documentId)
  expect(alice.entries().get('Hay for Carol')).toMatchObject({ documentId: separate, problem: null })
  expect(await wordsOf(inLibrary('Hay for Carol.sheaf'))).toContain('from bob')
  expect(fs.readdirSync(alice.systemTrash).sort()).toEqual(['Hay (mine).sheaf', 'Hay for Carol.sheaf'])
})

test('LIB-5: when the file of a document is deleted, its copy becomes its file', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  fs.copyFileSync(file, inLibrary('Kept.sheaf'))
  await until(() => expect(alice.entries().get('Kept')?.problem).toBe('copy'))
  fs.rmSync(file)
  await until(() => expect(alice.entries().get('Kept')?.problem).toBe(null))
  expect(alice.library.pathOfDocument(documentId)).toBe(inLibrary('Kept.sheaf'))
  expect(alice.fileState(documentId)).toBe('ok')
})

test('LIB-6: a damaged conflict copy is left where it is, and shown as damaged', async () => {
  const { file } = await alice.write('Hay', 'one')
  const conflict = inLibrary('Hay (conflicted copy 2024-01-05 101112).sheaf')
  const bytes = fs.readFileSync(file)
  fs.writeFileSync(conflict, bytes.subarray(0, bytes.length - 100))
  await until(() => expect(alice.entries().get(path.basename(conflict, '.sheaf'))?.problem).toBe('damaged'))
  expect(fs.readdirSync(alice.systemTrash)).toEqual([])
})

test('LIB-6: a conflict copy whose entries nobody signed is left where it is', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const conflict = inLibrary('Hay.sync-conflict-20240105-101112-ABCDEFG.sheaf')
  const content = await readSheafFile(file)
  await publishSheafFile(conflict, { ...content, records: [...content.records, sampleRecord(1)] })
  await until(() => expect(alice.errors.join()).toContain('library.absorb-failed'))
  expect(fs.existsSync(conflict)).toBe(true)
  expect(alice.text(documentId)).toBe('one')
})

test('LIB-9: a file is named after its title as long as nobody gave it another name', async () => {
  const { entryId } = await alice.write('Hay', 'one')
  await alice.library.rename(entryId, 'What: a "Summer"?')
  expect(path.basename(alice.library.pathOf(entryId))).toBe('What- a Summer.sheaf')
  fs.renameSync(alice.library.pathOf(entryId), inLibrary('mine.sheaf'))
  await until(() => expect(alice.entries().get('mine')?.id).toBe(entryId))
  await alice.library.rename(entryId, 'Autumn')
  expect(alice.library.pathOf(entryId)).toBe(inLibrary('mine.sheaf'))
  expect(alice.entries().get('mine')?.title).toBe('Autumn')
})

test('LIB-9: a document that is looked for while its file is renamed keeps its row', async () => {
  const { entryId, file } = await alice.write('Hay', 'one')
  const other = await alice.write('Other', 'two')
  const unlink = promises.unlink
  let goOn = (): void => {}
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const spy = vi.spyOn(promises, 'unlink').mockImplementation(async (name) => {
    // The folder is looked through after the file was moved and before anybody knows.
    if (name === file) fs.renameSync(inLibrary('Straw.sheaf'), path.join(place.path, 'on its way'))
    await unlink(name)
    if (name !== file) return
    await gate
    fs.renameSync(path.join(place.path, 'on its way'), inLibrary('Straw.sheaf'))
  })
  const renaming = alice.library.rename(entryId, 'Straw')
  await until(() => expect(fs.existsSync(file)).toBe(false))
  fs.renameSync(other.file, inLibrary('Elsewhere.sheaf'))
  await until(() => expect(alice.entries().get('Elsewhere')?.id).toBe(other.entryId))
  goOn()
  await renaming
  spy.mockRestore()
  expect(alice.library.pathOf(entryId)).toBe(inLibrary('Straw.sheaf'))
  await until(() => expect(alice.entries().get('Straw')?.id).toBe(entryId))
})

test('LIB-9: a new title never takes the name of another file', async () => {
  const hay = await alice.write('Hay', 'one')
  const straw = await alice.write('Straw', 'two')
  await alice.library.rename(straw.entryId, 'Hay')
  expect(alice.library.pathOf(straw.entryId)).toBe(inLibrary('Hay 2.sheaf'))
  expect(await wordsOf(hay.file)).toContain('one')
  await alice.library.rename(straw.entryId, 'Oats')
  expect(alice.library.pathOf(straw.entryId)).toBe(inLibrary('Oats.sheaf'))
})

test('LIB-10: a trashed document can be restored to where it was, with its row and all its words', async () => {
  fs.mkdirSync(inLibrary('Farm'))
  const { documentId, entryId, file } = await alice.write('Hay', 'one')
  fs.renameSync(file, inLibrary('Farm', 'Hay.sheaf'))
  await until(() => expect(alice.entries().get('Farm/Hay')?.id).toBe(entryId))
  await alice.library.open(entryId)
  alice.show(documentId)
  await alice.type(documentId, 'last words')
  await alice.library.trash(entryId)
  expect(alice.library.view()).toMatchObject({
    entries: [],
    trash: [{ id: entryId, title: 'Hay', folder: 'Farm', fileName: 'Hay', words: 3 }],
  })
  expect(alice.fileState(documentId)).toBe('missing')
  fs.rmSync(inLibrary('Farm'), { recursive: true })
  fs.mkdirSync(inLibrary('Farm'))
  fs.writeFileSync(inLibrary('Farm', 'Hay.sheaf'), 'something else by now')
  await alice.library.restore(entryId)
  expect(alice.library.view().trash).toEqual([])
  expect(alice.library.pathOf(entryId)).toBe(inLibrary('Farm', 'Hay 2.sheaf'))
  expect(await wordsOf(inLibrary('Farm', 'Hay 2.sheaf'))).toContain('last words')
  expect(alice.fileState(documentId)).toBe('ok')
})

test('LIB-10: a document trashed in the middle of writing takes its last words and its new name along', async () => {
  const { documentId, entryId } = await alice.library.create()
  alice.show(documentId)
  await alice.registry.setTitle(documentId, 'Hay')
  await alice.type(documentId, 'last words')
  await alice.library.trash(entryId)
  expect(alice.library.view()).toMatchObject({ entries: [], trash: [{ id: entryId, fileName: 'Hay', words: 2 }] })
  await alice.type(documentId, 'and then some')
  await alice.files.flush(documentId)
  expect(fs.readdirSync(alice.folder).filter((name) => !name.startsWith('.'))).toEqual([])
  await alice.library.restore(entryId)
  await until(async () => expect(await wordsOf(inLibrary('Hay.sheaf'))).toContain('and then some'))
})

test('LIB-10: the trash is still there after a restart, and for documents from outside the library', async () => {
  const inside = await alice.write('Hay', 'one')
  const outside = path.join(place.path, 'Outside.sheaf')
  fs.renameSync((await alice.write('Outside', 'two')).file, outside)
  await until(() => expect(alice.entries().size).toBe(1))
  const documentId = await alice.library.openPath(outside)
  const entry = [...alice.entries().values()].find((row) => row.documentId === documentId)
  await alice.library.trash(entry?.id ?? '')
  await alice.library.trash(inside.entryId)
  await alice.stop()
  await alice.start()
  expect(alice.library.view().trash.map((row) => row.title)).toEqual(['Hay', 'Outside'])
  await alice.library.restore(entry?.id ?? '')
  expect(await wordsOf(outside)).toContain('two')
  expect(alice.library.view().entries.map((row) => row.title)).toEqual(['Outside'])
})

test('LIB-11: hidden files, other programs’ folders, linked folders and strange files are not documents', async () => {
  const { file } = await alice.write('Hay', 'one')
  for (const folder of ['.git', 'node_modules', 'real']) fs.mkdirSync(inLibrary(folder))
  fs.copyFileSync(file, inLibrary('.Hay.sheaf'))
  fs.copyFileSync(file, inLibrary('.git', 'Hay.sheaf'))
  fs.copyFileSync(file, inLibrary('node_modules', 'Hay.sheaf'))
  fs.symlinkSync(alice.folder, inLibrary('real', 'loop'))
  fs.writeFileSync(inLibrary('real', 'notes.txt'), 'x')
  fs.mkdirSync(inLibrary('real', 'Folder.sheaf'))
  fs.writeFileSync(inLibrary('real', 'Empty.sheaf'), '')
  await until(() => expect([...alice.entries().keys()].sort()).toEqual(['Hay', 'real/Empty']))
  expect(alice.entries().get('real/Empty')).toMatchObject({ problem: 'damaged', documentId: null })
  await expect(alice.library.open(alice.entries().get('real/Empty')?.id ?? '')).rejects.toMatchObject({
    kind: 'damaged',
  })
})

test('LIB-12: rows keep their ids over a restart, and a damaged index is made anew', async () => {
  const { entryId, documentId } = await alice.write('Hay', 'one')
  await alice.stop()
  await alice.start()
  expect(alice.entries().get('Hay')?.id).toBe(entryId)
  await alice.stop()
  for (const end of ['-wal', '-shm']) fs.rmSync(path.join(alice.data, `index.db${end}`), { force: true })
  const bytes = fs.readFileSync(path.join(alice.data, 'index.db'))
  fs.writeFileSync(path.join(alice.data, 'index.db'), bytes.fill(0x5a, 100))
  await alice.start()
  expect(alice.entries().get('Hay')).toMatchObject({ documentId, title: 'Hay', words: 1 })
})

test('LIB-12: a list of places that is damaged is made anew, and files are still published', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  await alice.stop()
  fs.writeFileSync(
    path.join(alice.data, 'places.db'),
    fs.readFileSync(path.join(alice.data, 'places.db')).fill(0x5a, 100),
  )
  await alice.start()
  expect(await alice.add(file, 'two')).toBe(documentId)
  expect(await wordsOf(file)).toContain('two')
})

test('LIB-13: another folder can be the library, and is remembered', async () => {
  await alice.write('Hay', 'one')
  const other = path.join(place.path, 'other', 'library')
  const view = await alice.library.useFolder(other)
  expect(view).toMatchObject({ name: 'library', path: other, entries: [] })
  const { file } = await alice.write('Straw', 'two')
  expect(path.dirname(file)).toBe(other)
  await alice.stop()
  await alice.start()
  expect([...alice.entries().keys()]).toEqual(['Straw'])
  await alice.library.useFolder(alice.folder)
  expect([...alice.entries().keys()]).toEqual(['Hay'])
})

test('LIB-14: a Markdown file becomes a new document, named after its title', async () => {
  const source = path.join(place.path, 'notes.md')
  fs.writeFileSync(source, 'The *sun* was on the hay.\n')
  const { documentId } = await alice.library.importPath(source)
  expect(alice.text(documentId)).toContain('was on the hay')
  expect(alice.library.pathOfDocument(documentId)).toBe(inLibrary('notes.sheaf'))
  expect(fs.readFileSync(source, 'utf8')).toBe('The *sun* was on the hay.\n')
  await expect(alice.library.importPath(path.join(place.path, 'none.md'))).rejects.toMatchObject({ kind: 'not-found' })
  fs.writeFileSync(path.join(place.path, 'picture.png'), 'x')
  await expect(alice.library.importPath(path.join(place.path, 'picture.png'))).rejects.toMatchObject({
    kind: 'unsupported',
  })
})

test('LIB-15: opening a second copy by its path asks what it is, and takes nothing', async () => {
  const { documentId, file } = await alice.write('Hay', 'one')
  const copy = path.join(place.path, 'Hay from the mail.sheaf')
  fs.copyFileSync(file, copy)
  await expect(alice.library.openPath(copy)).rejects.toMatchObject({ kind: 'already-exists' })
  const entry = [...alice.entries().values()].find((row) => row.problem === 'copy')
  expect(entry?.fileName).toBe('Hay from the mail')
  expect(alice.library.pathOfDocument(documentId)).toBe(file)
  expect(await alice.library.openPath(file)).toBe(documentId)
})
