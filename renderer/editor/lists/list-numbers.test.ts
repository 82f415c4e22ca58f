import { describe, expect, test } from 'vitest'
import { schema } from '../../../shared/document/schema.ts'
import { listNumbersAt } from './list-numbers.ts'

const block = (kind: string, depth: number | null = null) => schema.node('block', { kind, depth })

describe('the numbers of ordered lists', () => {
  test('run on at their depth, begin anew inside the next item, and end with a plain paragraph', () => {
    const page = schema.node('doc', null, [
      block('ordered'),
      block('ordered'),
      block('ordered', 1),
      block('ordered', 1),
      block('paragraph', 1),
      block('ordered'),
      block('ordered', 1),
      block('paragraph'),
      block('ordered'),
    ])
    const numbers = Array.from({ length: page.childCount }, (_, index) => listNumbersAt(page, index).slice(0, 2))
    expect(numbers).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
      [2, 2],
      [2, 0],
      [3, 0],
      [3, 1],
      [0, 0],
      [1, 0],
    ])
  })

  test('BLOCK-5: begin with the number an item names', () => {
    const five = schema.node('block', { kind: 'ordered', start: 5 })
    const page = schema.node('doc', null, [block('ordered'), five, block('ordered'), block('ordered', 1)])
    expect([0, 1, 2, 3].map((index) => listNumbersAt(page, index).slice(0, 2))).toEqual([
      [1, 0],
      [5, 0],
      [6, 0],
      [6, 1],
    ])
  })
})
