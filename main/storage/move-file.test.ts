import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { moveFile } from './move-file.ts'
import { temporaryFolder } from './sheaf-file.fixture.ts'
import { unusedPath } from './unused-path.ts'

let folder: ReturnType<typeof temporaryFolder>
const at = (...names: string[]) => path.join(folder.path, ...names)
const OTHER_DISK = '/dev/shm'

beforeEach(() => {
  folder = temporaryFolder()
  fs.writeFileSync(at('a'), 'a')
})
afterEach(() => folder.remove())

test('a file has its new name only, and is the same file', async () => {
  const before = fs.statSync(at('a')).ino
  await moveFile(at('a'), at('b'))
  expect(fs.readdirSync(folder.path)).toEqual(['b'])
  expect(fs.statSync(at('b')).ino).toBe(before)
})

test('a taken name is refused and nothing is replaced', async () => {
  fs.writeFileSync(at('b'), 'b')
  await expect(moveFile(at('a'), at('b'))).rejects.toMatchObject({ kind: 'already-exists' })
  expect([fs.readFileSync(at('a'), 'utf8'), fs.readFileSync(at('b'), 'utf8')]).toEqual(['a', 'b'])
})

test('a name that differs in case only is no other name', async () => {
  await moveFile(at('a'), at('A'))
  expect(fs.readdirSync(folder.path)).toEqual(['A'])
})

const isOtherDisk = fs.existsSync(OTHER_DISK) && fs.statSync(OTHER_DISK).dev !== fs.statSync('/tmp').dev
test.runIf(isOtherDisk)('a file moves to another disk whole, and never over a file there', async () => {
  const away = fs.mkdtempSync(path.join(OTHER_DISK, 'sheaf-test-'))
  try {
    fs.writeFileSync(path.join(away, 'taken'), 'theirs')
    await expect(moveFile(at('a'), path.join(away, 'taken'))).rejects.toMatchObject({ kind: 'already-exists' })
    await moveFile(at('a'), path.join(away, 'b'))
    expect(fs.readFileSync(path.join(away, 'b'), 'utf8')).toBe('a')
    expect(fs.readFileSync(path.join(away, 'taken'), 'utf8')).toBe('theirs')
    expect(fs.readdirSync(folder.path)).toEqual([])
  } finally {
    fs.rmSync(away, { recursive: true })
  }
})

test('an unused path is the wanted one, or the next number, also past a link to nothing', async () => {
  expect(await unusedPath(at('Hay.sheaf'))).toBe(at('Hay.sheaf'))
  fs.writeFileSync(at('Hay.sheaf'), '')
  fs.symlinkSync(at('nothing'), at('Hay 2.sheaf'))
  expect(await unusedPath(at('Hay.sheaf'))).toBe(at('Hay 3.sheaf'))
  expect(await unusedPath(at('Hay.sheaf'), at('Hay 2.sheaf'))).toBe(at('Hay 2.sheaf'))
})
