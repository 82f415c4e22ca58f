import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceFile, temporaryBeside } from './replace-file.ts'
import { temporaryFolder } from './sheaf-file.fixture.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'notes.json')
})
afterEach(() => folder.remove())

test('replacing a file leaves the new content under its name and nothing beside it', async () => {
  await replaceFile(file, 'one')
  await replaceFile(file, 'two', { mode: 0o600 })
  expect(fs.readFileSync(file, 'utf8')).toBe('two')
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  expect(fs.readdirSync(folder.path)).toEqual(['notes.json'])
})

test('a replacement that fails leaves the old file and nothing beside it', async () => {
  fs.mkdirSync(file)
  await expect(replaceFile(file, 'two')).rejects.toThrow('EISDIR')
  expect(fs.readdirSync(folder.path)).toEqual(['notes.json'])
  expect(fs.statSync(file).isDirectory()).toBe(true)
})

test('the temporary name of a file with the longest possible name can be written, and is hidden', async () => {
  const long = path.join(folder.path, `${'ä'.repeat(124)}.sheaf`)
  fs.writeFileSync(long, '')
  const temporary = temporaryBeside(long)
  fs.writeFileSync(temporary, '')
  expect(path.basename(temporary).startsWith('.')).toBe(true)
  await replaceFile(long, 'x')
})
