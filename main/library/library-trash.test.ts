import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { LibraryTrash } from './library-trash.ts'

let folder: ReturnType<typeof temporaryFolder>
let trash: LibraryTrash
const at = (...names: string[]) => path.join(folder.path, ...names)
const ID = '0123456789abcdef'

beforeEach(() => {
  folder = temporaryFolder()
  trash = new LibraryTrash(at('.sheaf-trash'), folder.path)
})
afterEach(() => folder.remove())

test('a trashed file keeps its name and bytes, and goes back to where it was, folders included', async () => {
  fs.mkdirSync(at('Farm'))
  fs.writeFileSync(at('Farm', 'Hay.sheaf'), 'hay')
  const now = await trash.put(ID, at('Farm', 'Hay.sheaf'), 5)
  expect(path.basename(now)).toBe('Hay.sheaf')
  fs.rmdirSync(at('Farm'))
  expect(await trash.list()).toEqual([{ entryId: ID, path: now, origin: at('Farm', 'Hay.sheaf'), trashedAt: 5 }])
  expect(await trash.restore(ID)).toBe(at('Farm', 'Hay.sheaf'))
  expect(fs.readFileSync(at('Farm', 'Hay.sheaf'), 'utf8')).toBe('hay')
  expect(await trash.list()).toEqual([])
})

test('a library that was moved as a whole restores into its new place', async () => {
  fs.mkdirSync(at('old'))
  fs.writeFileSync(at('old', 'Hay.sheaf'), 'hay')
  await new LibraryTrash(at('old', '.sheaf-trash'), at('old')).put(ID, at('old', 'Hay.sheaf'), 5)
  fs.renameSync(at('old'), at('new'))
  expect(await new LibraryTrash(at('new', '.sheaf-trash'), at('new')).restore(ID)).toBe(at('new', 'Hay.sheaf'))
})

test('a file whose note is lost is restored into the library itself', async () => {
  fs.writeFileSync(at('Hay.sheaf'), 'hay')
  const now = await trash.put(ID, at('Hay.sheaf'), 5)
  fs.writeFileSync(path.join(path.dirname(now), 'origin.json'), '{')
  fs.writeFileSync(at('Hay.sheaf'), 'another')
  expect(await trash.restore(ID)).toBe(at('Hay 2.sheaf'))
})

test('restoring what is not there, or by a made-up id, touches nothing', async () => {
  fs.mkdirSync(at('Secret'))
  fs.writeFileSync(at('Secret', 'Hay.sheaf'), 'hay')
  for (const id of ['ffffffffffffffff', '../Secret', '..']) {
    await expect(trash.restore(id)).rejects.toMatchObject({ kind: 'not-found' })
  }
  expect(fs.existsSync(at('Secret', 'Hay.sheaf'))).toBe(true)
})
