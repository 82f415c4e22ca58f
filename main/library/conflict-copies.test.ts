import { expect, test } from 'vitest'
import { SheafError } from '../../shared/errors.ts'
import { ConflictCopies } from './conflict-copies.ts'
import type { Copy } from './find-copies.ts'
import type { IndexRow } from './library-index.ts'

const row = (path: string, size = '1'): IndexRow => ({
  entryId: path,
  path,
  stamp: { dev: '1', ino: path, size, mtimeNs: '1' },
  summary: { documentId: 'A', formatWrite: 1, title: '', firstWords: '', words: 0, changedAt: 0 },
  problem: null,
  outside: false,
})
const copy = (path: string, size?: string): Copy => ({ row: row(path, size), original: row('/a'), conflict: true })
const intake = { records: 1, paragraphs: 1, authors: [] }

/** Absorbs as `answers` say: null for well, else with this failure, before or after the words came in. */
function copies(...answers: (Error | null)[]) {
  const tried: string[] = []
  const told: [string, number][] = []
  const conflicts = new ConflictCopies({
    async absorb({ row: { path } }, arrived) {
      tried.push(path)
      const answer = answers.shift() ?? null
      if (answer === null || answer.message === 'after') arrived(intake)
      if (answer !== null) throw answer
    },
    told: (documentId, intakes) => told.push([documentId, intakes.length]),
    logger: { info: () => {}, error: () => {} },
  })
  return { conflicts, tried, told }
}

test('LIB-52: a conflict copy that something is wrong with is left alone until its file changes', async () => {
  const { conflicts, tried, told } = copies(new SheafError('damaged', 'before'))
  expect(await conflicts.merge([copy('/b')])).toEqual({ gone: [], again: false })
  await conflicts.merge([copy('/b')])
  expect(tried).toEqual(['/b'])
  expect(await conflicts.merge([copy('/b', '2')])).toEqual({ gone: ['/b'], again: false })
  expect(told).toEqual([['A', 1]])
})

test('LIB-53: a conflict copy that was hindered is tried again, and spoken of once', async () => {
  const { conflicts, tried, told } = copies(new SheafError('disk-error', 'after'), new Error('after'))
  expect(await conflicts.merge([copy('/b')])).toEqual({ gone: [], again: true })
  expect(await conflicts.merge([copy('/b')])).toEqual({ gone: [], again: true })
  expect(await conflicts.merge([copy('/b')])).toEqual({ gone: ['/b'], again: false })
  expect(tried).toHaveLength(3)
  expect(told).toEqual([['A', 1]])
})

test('LIB-50: what several conflict copies of a document brought is told together', async () => {
  const { conflicts, told } = copies()
  expect(await conflicts.merge([copy('/b'), copy('/c'), { ...copy('/d'), conflict: false }])).toEqual({
    gone: ['/b', '/c'],
    again: false,
  })
  expect(told).toEqual([['A', 2]])
})
