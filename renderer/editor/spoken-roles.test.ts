import { expect, it } from 'vitest'
import { schema } from '../../shared/document/schema.ts'
import { listItems } from './spoken-roles.ts'

function block(kind: string | null, depth: number | null = null) {
  return schema.node('block', { kind, depth })
}

it('ACCESS-1: counts the items of a list level by level; other words, another kind or a shallower item ends it', () => {
  const page = schema.node('doc', null, [
    block('bullet'),
    block('bullet', 1),
    block('bullet', 1),
    block('bullet'),
    block('bullet', 1),
    block(null),
    block('bullet'),
    block('ordered'),
    block('ordered'),
  ])
  const told = [...listItems(page)].map(
    ([index, { depth, place, siblings }]) => `${index}: ${place} of ${siblings.count} at ${depth}`,
  )
  expect(told).toEqual([
    '0: 1 of 2 at 0',
    '1: 1 of 2 at 1',
    '2: 2 of 2 at 1',
    '3: 2 of 2 at 0',
    '4: 1 of 1 at 1',
    '6: 1 of 1 at 0',
    '7: 1 of 2 at 0',
    '8: 2 of 2 at 0',
  ])
})
