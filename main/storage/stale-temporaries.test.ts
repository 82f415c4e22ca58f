import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryBeside } from './replace-file.ts'
import { temporaryFolder } from './sheaf-file.fixture.ts'
import { StaleTemporaries } from './stale-temporaries.ts'

const MINUTE = 60_000
let folder: ReturnType<typeof temporaryFolder>
let now = 0
let temporaries: StaleTemporaries
beforeEach(() => {
  folder = temporaryFolder()
  now = 0
  temporaries = new StaleTemporaries(() => now)
})
afterEach(() => folder.remove())

const look = () => temporaries.remove(folder.path, fs.readdirSync(folder.path))
const make = (file: string) => {
  fs.writeFileSync(file, 'half')
  return file
}

test('KEEP-68: what a crash left is removed once it has lain untouched for ten minutes, and nothing else is', async () => {
  const left = make(temporaryBeside(path.join(folder.path, 'Tea.sheaf')))
  const growing = make(temporaryBeside(path.join(folder.path, 'Hay.sheaf')))
  const other = make(path.join(folder.path, '.notes.tmp'))
  expect(await look()).toBe(0)
  now = 9 * MINUTE
  expect(await look()).toBe(0)
  fs.appendFileSync(growing, ' and more')
  now = 11 * MINUTE
  expect(await look()).toBe(1)
  expect(fs.existsSync(left)).toBe(false)
  expect(fs.readdirSync(folder.path).sort()).toEqual([growing, other].map((file) => path.basename(file)).sort())
  now = 20 * MINUTE
  expect(await look()).toBe(0)
  now = 22 * MINUTE
  expect(await look()).toBe(1)
})

test('KEEP-68: a file being written is left alone, whatever year the disk’s clock or ours says', async () => {
  const file = make(temporaryBeside(path.join(folder.path, 'Tea.sheaf')))
  fs.utimesSync(file, new Date('2003-01-01'), new Date('2003-01-01'))
  expect(await look()).toBe(0)
  expect(fs.existsSync(file)).toBe(true)
})

test('KEEP-68: a name that went and came again is another file', async () => {
  const file = make(temporaryBeside(path.join(folder.path, 'Tea.sheaf')))
  await look()
  const { atime, mtime } = fs.statSync(file)
  fs.rmSync(file)
  await look()
  make(file)
  fs.utimesSync(file, atime, mtime)
  now = 11 * MINUTE
  expect(await look()).toBe(0)
})
