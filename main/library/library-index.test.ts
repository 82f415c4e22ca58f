import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../storage/sheaf-file.fixture.ts'
import { type IndexRow, LibraryIndex } from './library-index.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'index.db')
})
afterEach(() => folder.remove())

const row = (entryId: string, at: string): IndexRow => ({
  entryId,
  path: at,
  stamp: { dev: '1', ino: '18446744073709551615', size: '1', mtimeNs: '1700000000000000001' },
  summary: null,
  problem: 'damaged',
  outside: false,
})

test('rows are there again after a restart, exact to the last digit and in their order', () => {
  const index = LibraryIndex.open(file)
  index.change([row('b', '/b'), row('a', '/a')])
  index.close()
  const again = LibraryIndex.open(file)
  expect(again.rows()).toEqual([row('b', '/b'), row('a', '/a')])
  expect(again.at('/a')).toEqual(row('a', '/a'))
  again.close()
})

test('two rows can swap their paths, and a row that takes another’s path replaces it', () => {
  const index = LibraryIndex.open(file)
  index.change([row('a', '/a'), row('b', '/b')])
  index.change([row('a', '/b'), row('b', '/a')])
  expect([index.at('/a')?.entryId, index.at('/b')?.entryId]).toEqual(['b', 'a'])
  index.change([row('c', '/a')], ['a'])
  expect(index.rows().map(({ entryId, path: at }) => [entryId, at])).toEqual([['c', '/a']])
  index.close()
  const again = LibraryIndex.open(file)
  expect(again.rows()).toEqual([row('c', '/a')])
  again.close()
})

test('LIB-12: an index that is damaged, or no database at all, is begun anew', () => {
  for (const damage of ['not a database at all, but long enough to be one '.repeat(10), '']) {
    fs.writeFileSync(file, damage)
    const index = LibraryIndex.open(file)
    expect(index.rows()).toEqual([])
    index.change([row('a', '/a')])
    index.close()
  }
})
