import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schema } from '../../../shared/document/schema.ts'
import { changedBlocks, onlyChangedBlock } from './changed-blocks.ts'

const blocks = Array.from({ length: 5 }, (_, index) => schema.node('block', null, [schema.text(`${index}`)]))
const page = (indexes: readonly number[]) =>
  schema.node(
    'doc',
    null,
    indexes.map((index) => blocks[index] ?? schema.node('block')),
  )
const pages = fc.array(fc.nat({ max: 4 }), { maxLength: 8 }).map(page)

test('what lies outside of the changed blocks is the same on both pages', () => {
  fc.assert(
    fc.property(pages, pages, (old, next) => {
      const { from, before, after } = changedBlocks(old, next)
      const rebuilt = [
        ...old.children.slice(0, from),
        ...next.children.slice(from, after),
        ...old.children.slice(before),
      ]
      expect(rebuilt).toEqual(next.children)
      expect(changedBlocks(old, old)).toEqual({ from: old.childCount, before: old.childCount, after: old.childCount })
    }),
  )
})

test('one changed block is named; a block more, one less, two changed or none are not', () => {
  const old = page([0, 1, 2])
  expect(onlyChangedBlock(old, page([0, 3, 2]))).toBe(1)
  for (const next of [page([0, 1, 3, 2]), page([0, 2]), page([3, 1, 4]), old]) {
    expect(onlyChangedBlock(old, next)).toBeNull()
  }
})
