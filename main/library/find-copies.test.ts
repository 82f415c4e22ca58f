import { expect, test } from 'vitest'
import { findCopies } from './find-copies.ts'
import type { IndexRow } from './library-index.ts'

const row = (path: string, documentId = 'A'): IndexRow => ({
  entryId: path,
  path,
  stamp: { dev: '1', ino: path, size: '1', mtimeNs: '1' },
  summary: { documentId, formatWrite: 1, title: '', firstWords: '', words: 0, changedAt: 0 },
  problem: null,
  outside: false,
})
const find = (rows: readonly IndexRow[], place: string | null = null) =>
  findCopies(rows, () => place).map(({ row: copy, original, conflict }) => [copy.path, original.path, conflict])

test('different documents are no copies of each other', () => {
  expect(find([row('/a', 'A'), row('/b', 'B')])).toEqual([])
})

test('the file at the document’s place is the original', () => {
  expect(find([row('/b.sheaf'), row('/a.sheaf')], '/a.sheaf')).toEqual([['/b.sheaf', '/a.sheaf', false]])
})

test('without a place the first seen is the original, unless its name says that it is a conflict copy', () => {
  expect(find([row('/b.sheaf'), row('/a.sheaf')])).toEqual([['/a.sheaf', '/b.sheaf', false]])
  expect(find([row('/a [Conflict].sheaf'), row('/a.sheaf')])).toEqual([['/a [Conflict].sheaf', '/a.sheaf', true]])
})

test('a conflict copy of a copy is not absorbed: its original is not the document’s file', () => {
  const rows = [row('/a.sheaf'), row('/b.sheaf'), row('/b [Conflict].sheaf')]
  expect(find(rows, '/a.sheaf')).toEqual([
    ['/b.sheaf', '/a.sheaf', false],
    ['/b [Conflict].sheaf', '/a.sheaf', false],
  ])
})
