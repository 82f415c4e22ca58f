import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import disk from 'node:fs/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stampFile } from './file-stamp.ts'
import { publishSheafFile } from './publish-sheaf-file.ts'
import { readSheafFile, readStampedSheafFile } from './read-sheaf-file.ts'
import { sampleContent, temporaryFolder } from './sheaf-file.fixture.ts'
import { APPLICATION_ID, TABLES } from './sheaf-file.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'Hay.sheaf')
})
afterEach(() => folder.remove())

test('FILE-1: a published file read again gives the same content', async () => {
  const content = sampleContent({}, 200)
  const stamp = await publishSheafFile(file, content)
  const read = await readStampedSheafFile(file)
  expect(read.content).toEqual(content)
  expect(read.stamp).toEqual(stamp)
})

test('FILE-2: a published file is one plain SQLite file with the listed tables and nothing else', async () => {
  await publishSheafFile(file, sampleContent())
  expect(fs.readdirSync(folder.path)).toEqual(['Hay.sheaf'])
  const db = new Database(file, { readonly: true })
  const schema = db.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all()
  expect(schema).toEqual(
    Object.entries(TABLES)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, sql]) => ({ name, sql })),
  )
  expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
  expect(db.pragma('journal_mode', { simple: true })).toBe('delete')
  expect(db.pragma('page_size', { simple: true })).toBe(4096)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})

test('publishing over a file leaves it whole or replaces it, and keeps who may read it', async () => {
  await publishSheafFile(file, sampleContent({ title: 'One' }))
  fs.chmodSync(file, 0o600)
  await publishSheafFile(file, sampleContent({ title: 'Two' }))
  expect((await readSheafFile(file)).title).toBe('Two')
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
})

test('publishing through a link replaces the file it points to and keeps the link', async () => {
  await publishSheafFile(file, sampleContent({ title: 'One' }))
  const link = path.join(folder.path, 'link.sheaf')
  fs.symlinkSync(file, link)
  await publishSheafFile(link, sampleContent({ title: 'Two' }))
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true)
  expect((await readSheafFile(file)).title).toBe('Two')
})

test('a file that another program changed since it was looked at is not replaced', async () => {
  await publishSheafFile(file, sampleContent({ title: 'One' }))
  const seen = await stampFile(file)
  await publishSheafFile(file, sampleContent({ title: 'Theirs' }))
  await expect(publishSheafFile(file, sampleContent({ title: 'Two' }), { expected: seen })).rejects.toMatchObject({
    kind: 'already-exists',
  })
  await expect(publishSheafFile(file, sampleContent({ title: 'Two' }), { expected: null })).rejects.toMatchObject({
    kind: 'already-exists',
  })
  expect((await readSheafFile(file)).title).toBe('Theirs')
  expect(fs.readdirSync(folder.path)).toEqual(['Hay.sheaf'])
})

test('publishing into a folder that is gone fails with a reason and leaves nothing behind', async () => {
  const lost = path.join(folder.path, 'gone', 'Hay.sheaf')
  await expect(publishSheafFile(lost, sampleContent())).rejects.toMatchObject({ kind: 'not-found' })
  expect(fs.existsSync(path.dirname(lost))).toBe(false)
})

test('FILE-13: what another program puts at the place in the moment after a write is not taken for ours', async () => {
  const rename = disk.rename
  const spy = vi.spyOn(disk, 'rename').mockImplementation(async (from, to) => {
    await rename(from, to)
    fs.rmSync(to)
    fs.writeFileSync(to, 'the work of somebody else')
  })
  try {
    const stamp = await publishSheafFile(file, sampleContent())
    expect(stamp).not.toEqual(await stampFile(file))
  } finally {
    spy.mockRestore()
  }
})

test('FILE-13: a file that is taken away in the moment after a write was written all the same', async () => {
  const rename = disk.rename
  const spy = vi.spyOn(disk, 'rename').mockImplementation(async (from, to) => {
    await rename(from, to)
    fs.rmSync(to)
  })
  try {
    await expect(publishSheafFile(file, sampleContent())).resolves.toMatchObject({ size: expect.any(String) })
  } finally {
    spy.mockRestore()
  }
})
