import fs from 'node:fs'
import path from 'node:path'
import disk from 'node:fs/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryBeside } from '../storage/replace-file.ts'
import { temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { StaleTemporaries } from '../storage/stale-temporaries.ts'
import { scanFolder } from './scan-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
const at = (...names: string[]) => path.join(folder.path, ...names)
const scan = async () =>
  (await scanFolder(folder.path, new StaleTemporaries())).files
    .map((file) => path.relative(folder.path, file.path))
    .sort()
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

test('LIB-9: a file that gets another name while the folder is looked through is unseen, which is not gone', async () => {
  for (const name of ['One.sheaf', 'Two.sheaf']) fs.writeFileSync(at(name), 'x')
  const { stat } = disk
  const spy = vi.spyOn(disk, 'stat').mockImplementation((async (file: string, options: object) => {
    if (file === at('Two.sheaf') && fs.existsSync(file)) fs.renameSync(file, at('Elsewhere.sheaf'))
    return await stat(file, options)
  }) as typeof disk.stat)
  try {
    const { files, unseen } = await scanFolder(folder.path, new StaleTemporaries())
    expect(files.map((file) => file.path)).toEqual([at('One.sheaf')])
    expect(unseen).toEqual([at('Two.sheaf')])
  } finally {
    spy.mockRestore()
  }
})

test('LIB-54: files and folders that can’t be looked at just now are unseen, which is not gone', async () => {
  fs.mkdirSync(at('drive'))
  for (const name of ['One.sheaf', 'Two.sheaf', 'drive/Three.sheaf']) fs.writeFileSync(at(name), 'x')
  const [stat, readdir] = [disk.stat, disk.readdir]
  const refused = () => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
  const spies = [
    vi.spyOn(disk, 'stat').mockImplementation((async (file: string, options: object) => {
      if (file === at('Two.sheaf')) throw refused()
      return await stat(file, options)
    }) as typeof disk.stat),
    vi.spyOn(disk, 'readdir').mockImplementation((async (folder_: string, options: object) => {
      if (folder_ === at('drive')) throw refused()
      return await readdir(folder_, options as never)
    }) as unknown as typeof disk.readdir),
  ]
  try {
    const { files, unseen } = await scanFolder(folder.path, new StaleTemporaries())
    expect(files.map((file) => file.path)).toEqual([at('One.sheaf')])
    expect([...unseen].sort()).toEqual([at('Two.sheaf'), at('drive')])
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
})

test('KEEP-68: what a crash left behind in any folder is cleared away by a later look', async () => {
  let now = 0
  const temporaries = new StaleTemporaries(() => now)
  fs.mkdirSync(at('Deep'))
  const left = temporaryBeside(at('Deep', 'One.sheaf'))
  fs.writeFileSync(left, 'half')
  expect((await scanFolder(folder.path, temporaries)).files).toEqual([])
  expect(fs.existsSync(left)).toBe(true)
  now = 11 * 60_000
  await scanFolder(folder.path, temporaries)
  expect(fs.existsSync(left)).toBe(false)
})

test('a library folder that is not there is an error, not an empty library', async () => {
  await expect(scanFolder(at('nothing'), new StaleTemporaries())).rejects.toThrow('ENOENT')
})
