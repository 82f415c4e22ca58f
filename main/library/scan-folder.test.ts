import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryBeside } from '../storage/replace-file.ts'
import { temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { scanFolder } from './scan-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
const at = (...names: string[]) => path.join(folder.path, ...names)
const scan = async () =>
  (await scanFolder(folder.path, Date.now())).map((file) => path.relative(folder.path, file.path)).sort()
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

test('documents are found in folders inside folders, whatever the case of their ending', async () => {
  fs.mkdirSync(at('a', 'b'), { recursive: true })
  for (const name of ['One.sheaf', 'a/Two.SHEAF', 'a/b/Three.sheaf', 'a/b/notes.txt', 'a/sheaf'])
    fs.writeFileSync(at(name), 'x')
  expect(await scan()).toEqual(['One.sheaf', 'a/Two.SHEAF', 'a/b/Three.sheaf'])
})

test('LIB-11: a folder linked into itself ends the search nowhere, and a link to nothing is no document', async () => {
  fs.mkdirSync(at('a'))
  fs.symlinkSync(folder.path, at('a', 'loop'))
  fs.symlinkSync(at('nothing'), at('Gone.sheaf'))
  fs.writeFileSync(at('One.sheaf'), 'x')
  fs.symlinkSync(at('One.sheaf'), at('Linked.sheaf'))
  expect(await scan()).toEqual(['Linked.sheaf', 'One.sheaf'])
})

test('LIB-11: folders nested beyond any library are not searched', async () => {
  fs.mkdirSync(at(...Array.from({ length: 14 }, () => 'd')), { recursive: true })
  fs.writeFileSync(at(...Array.from({ length: 12 }, () => 'd'), 'Deep.sheaf'), 'x')
  fs.writeFileSync(at(...Array.from({ length: 13 }, () => 'd'), 'Too deep.sheaf'), 'x')
  expect((await scan()).map((file) => path.basename(file))).toEqual(['Deep.sheaf'])
})

test('what a crash left behind is cleared away a day later', async () => {
  const left = temporaryBeside(at('One.sheaf'))
  fs.writeFileSync(left, 'half')
  expect(await scan()).toEqual([])
  expect(fs.existsSync(left)).toBe(true)
  const old = new Date(Date.now() - 25 * 60 * 60 * 1000)
  fs.utimesSync(left, old, old)
  await scan()
  expect(fs.existsSync(left)).toBe(false)
})

test('a library folder that is not there is an error, not an empty library', async () => {
  await expect(scanFolder(at('nothing'), 0)).rejects.toThrow('ENOENT')
})
