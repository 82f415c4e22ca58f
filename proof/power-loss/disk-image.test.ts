import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { seededRandom } from '../seeded-random.ts'
import { DiskImage, type Fate } from './disk-image.ts'
import type { DiskEntry } from './disk-journal.ts'

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-disk-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const create = (name: string, inode: bigint): DiskEntry => ({ kind: 'create', name, inode })
const write = (inode: bigint, text: string, offset = 0): DiskEntry => ({
  kind: 'write',
  inode,
  offset,
  data: Buffer.from(text),
})
const sync = (inode: bigint): DiskEntry => ({ kind: 'sync', inode })
const syncFolder: DiskEntry = { kind: 'sync-folder', name: '' }

/** Name -> content, as found after a power cut. */
function found(entries: readonly DiskEntry[], fate: Fate, seed = 1): Record<string, string> {
  const image = new DiskImage()
  for (const entry of entries) image.apply(entry)
  fs.rmSync(folder, { recursive: true })
  fs.mkdirSync(folder)
  image.writeTo(folder, fate, seededRandom(seed))
  return Object.fromEntries(
    fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  )
}

test('a file outlives a power cut when it and its folder were synced, and only with what was synced', () => {
  const made = [create('a', 1n), write(1n, 'old')]
  expect(found(made, 'lost')).toEqual({})
  expect(found([...made, sync(1n)], 'lost')).toEqual({})
  expect(found([...made, syncFolder], 'lost')).toEqual({ a: '' })
  const kept = [...made, sync(1n), syncFolder, write(1n, 'new')]
  expect(found(kept, 'lost')).toEqual({ a: 'old' })
  expect(found(kept, 'kept')).toEqual({ a: 'new' })
})

test('a rename is whole: the name stands for the one file or the other', () => {
  const entries: DiskEntry[] = [
    create('a', 1n),
    write(1n, 'old'),
    sync(1n),
    syncFolder,
    create('b', 2n),
    write(2n, 'new'),
    sync(2n),
    { kind: 'rename', from: 'b', to: 'a' },
  ]
  expect(found(entries, 'lost')).toEqual({ a: 'old' })
  expect(found([...entries, syncFolder], 'lost')).toEqual({ a: 'new' })
  for (let seed = 0; seed < 50; seed++) expect(['old', 'new']).toContain(found(entries, 'some', seed)['a'])
})

test('a write is torn between sectors, never within one', () => {
  const pages = [create('a', 1n), syncFolder, write(1n, 'x'.repeat(8192)), sync(1n), write(1n, 'y'.repeat(8192))]
  const seen = new Set<string>()
  for (let seed = 0; seed < 50; seed++) {
    const content = found(pages, 'some', seed)['a'] ?? ''
    expect(content).toMatch(/^((x{512}|y{512})){16}$/)
    seen.add(content)
  }
  expect(seen.size).toBeGreaterThan(10)
})
