import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileAtomically } from './atomic-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sheaf-atomic-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a file is made together with its folder, readable by its owner only', async () => {
  const file = path.join(folder, 'a', 'b', 'settings.json')
  await writeFileAtomically(file, '{}')
  expect(await readFile(file, 'utf8')).toBe('{}')
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a file is replaced whole, and no other file is left in its folder', async () => {
  const file = path.join(folder, 'settings.json')
  await writeFileAtomically(file, 'a much longer first content')
  await writeFileAtomically(file, 'short')
  expect(await readFile(file, 'utf8')).toBe('short')
  expect(await readdir(folder)).toEqual(['settings.json'])
})

test('a write that fails leaves what was there and no temporary file', async () => {
  const file = path.join(folder, 'settings.json')
  await mkdir(file)
  await writeFile(path.join(file, 'kept'), 'kept')
  await expect(writeFileAtomically(file, 'new')).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['settings.json'])
  expect(await readFile(path.join(file, 'kept'), 'utf8')).toBe('kept')
})

test('writers at the same time leave one of their contents, whole', async () => {
  const file = path.join(folder, 'settings.json')
  const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(5000))
  await Promise.all(contents.map((content) => writeFileAtomically(file, content)))
  expect(contents).toContain(await readFile(file, 'utf8'))
  expect(await readdir(folder)).toEqual(['settings.json'])
})
