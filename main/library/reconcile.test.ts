import { expect, test } from 'vitest'
import type { SummaryOrProblem } from '../storage/read-sheaf-file.ts'
import type { IndexRow } from './library-index.ts'
import { assignRows, compareFiles } from './reconcile.ts'
import type { FoundFile } from './scan-folder.ts'

const stamp = (ino: number, size = 1) => ({ dev: '1', ino: `${ino}`, size: `${size}`, mtimeNs: '5' })
const file = (path: string, ino: number, size = 1): FoundFile => ({ path, stamp: stamp(ino, size) })
const summary = (documentId: string) => ({
  documentId,
  formatWrite: 1,
  title: documentId,
  firstWords: '',
  words: 0,
  changedAt: 0,
})
const row = (entryId: string, path: string, ino: number, documentId: string | null): IndexRow => ({
  entryId,
  path,
  stamp: stamp(ino),
  summary: documentId === null ? null : summary(documentId),
  problem: documentId === null ? 'damaged' : null,
  outside: false,
})
const read = (path: string, ino: number, documentId: string) => ({
  file: file(path, ino, 2),
  read: { ...summary(documentId), problem: null } as SummaryOrProblem,
})
const assign = (reads: Parameters<typeof assignRows>[0], lost: readonly IndexRow[]) => {
  let n = 0
  const { rows, gone } = assignRows(
    reads,
    lost,
    () => false,
    () => `new${++n}`,
  )
  return { rows: rows.map(({ entryId, path }) => `${entryId} ${path}`), gone: gone.map(({ entryId }) => entryId) }
}

test('files that are as they were need no reading', () => {
  expect(compareFiles([row('a', '/a', 1, 'A')], [file('/a', 1)])).toEqual({ moved: [], toRead: [], lost: [] })
})

test('a file with the same stamp under another path has moved', () => {
  const a = row('a', '/a', 1, 'A')
  expect(compareFiles([a], [file('/b', 1)])).toEqual({ moved: [{ row: a, path: '/b' }], toRead: [], lost: [] })
})

test('two files that swapped their names have both moved', () => {
  const [a, b] = [row('a', '/a', 1, 'A'), row('b', '/b', 2, 'B')]
  expect(compareFiles([a, b], [file('/a', 2), file('/b', 1)]).moved).toEqual([
    { row: a, path: '/b' },
    { row: b, path: '/a' },
  ])
})

test('a second name of the same file is a new one', () => {
  const a = row('a', '/a', 1, 'A')
  expect(compareFiles([a], [file('/a', 1), file('/b', 1)])).toEqual({ moved: [], toRead: [file('/b', 1)], lost: [] })
})

test('a changed file is read and keeps its row', () => {
  const a = row('a', '/a', 1, 'A')
  expect(compareFiles([a], [file('/a', 9)])).toEqual({ moved: [], toRead: [file('/a', 9)], lost: [a] })
  expect(assign([read('/a', 9, 'A')], [a])).toEqual({ rows: ['a /a'], gone: [] })
})

test('a file that was changed and moved keeps its row by its document', () => {
  expect(assign([read('/b', 9, 'A')], [row('a', '/a', 1, 'A')])).toEqual({ rows: ['a /b'], gone: [] })
})

test('another document at the same path gets a row of its own', () => {
  expect(assign([read('/a', 9, 'B')], [row('a', '/a', 1, 'A')])).toEqual({ rows: ['new1 /a'], gone: ['a'] })
})

test('a document moves away while another takes its place: each row follows its document', () => {
  expect(assign([read('/a', 8, 'B'), read('/b', 9, 'A')], [row('a', '/a', 1, 'A')])).toEqual({
    rows: ['new1 /a', 'a /b'],
    gone: [],
  })
})

test('a file that can no longer be read, or can again, keeps its row', () => {
  const damaged = { file: file('/a', 9), read: { problem: 'damaged' } as SummaryOrProblem }
  expect(assign([damaged], [row('a', '/a', 1, 'A')]).rows).toEqual(['a /a'])
  expect(assign([read('/a', 9, 'A')], [row('a', '/a', 1, null)]).rows).toEqual(['a /a'])
})

test('of two copies one document’s row goes to the one at its path', () => {
  expect(assign([read('/b', 8, 'A'), read('/a', 9, 'A')], [row('a', '/a', 1, 'A')]).rows).toEqual(['new1 /b', 'a /a'])
})
