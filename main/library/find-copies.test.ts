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

test('LIB-6: a conflict copy of a file that was renamed since is known by its document', () => {
  expect(find([row('/new.sheaf'), row('/old (conflicted copy).sheaf')], '/new.sheaf')).toEqual([
    ['/old (conflicted copy).sheaf', '/new.sheaf', true],
  ])
  // A name that people give too means nothing without its original, nor does one in another folder.
  const cloud = '/a/OneDrive'
  expect(find([row(`${cloud}/new.sheaf`), row(`${cloud}/old-LAPTOP7.sheaf`)], `${cloud}/new.sheaf`)).toEqual([
    [`${cloud}/old-LAPTOP7.sheaf`, `${cloud}/new.sheaf`, false],
  ])
  expect(find([row('/new.sheaf'), row('/kept/old (conflicted copy).sheaf')], '/new.sheaf')).toEqual([
    ['/kept/old (conflicted copy).sheaf', '/new.sheaf', false],
  ])
  // Another document stands where its original was: whose copy it is, the person says.
  expect(find([row('/new.sheaf'), row('/old [Conflict].sheaf'), row('/old.sheaf', 'B')], '/new.sheaf')).toEqual([
    ['/old [Conflict].sheaf', '/new.sheaf', false],
  ])
})

test('LIB-6: of several conflict copies whose original is gone one is the document, and the others are merged', () => {
  const rows = [row('/a (conflicted copy 2024-01-05).sheaf'), row('/a (conflicted copy 2024-01-06).sheaf')]
  expect(find(rows, rows[1]?.path)).toEqual([[rows[0]?.path, rows[1]?.path, true]])
})

test('LIB-6: a file that comes back takes its place again from the conflict copy that stood in for it', () => {
  const rows = [row('/a [Conflict].sheaf'), row('/a.sheaf')]
  expect(find(rows, '/a [Conflict].sheaf')).toEqual([['/a [Conflict].sheaf', '/a.sheaf', true]])
})

test('LIB-6: capitals and letters in two parts make no other name', () => {
  const copy = '/für (Case Conflict).sheaf'.normalize('NFD')
  expect(find([row('/Für.sheaf'), row(copy)], '/Für.sheaf')).toEqual([[copy, '/Für.sheaf', true]])
})
