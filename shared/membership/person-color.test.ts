import { expect, test } from 'vitest'
import { PERSON_COLORS, personColors } from './person-color.ts'

const PERSON = { role: 'editor', devices: new Set<string>() } as const
const colors = (...roots: readonly string[]) => [
  ...personColors({ people: new Map(roots.map((root) => [root, PERSON])) }),
]

test('PRES-14: nobody shares a colour while there are colours left, and who came earlier keeps theirs', () => {
  expect(colors('03aa', '03bb', '04cc', '0bdd')).toEqual([
    ['03aa', 3],
    ['03bb', 4],
    ['04cc', 5],
    ['0bdd', 6],
  ])
  const eight = Array.from({ length: PERSON_COLORS }, (_, index) => `07${index}`)
  expect(new Set(colors(...eight).map(([, color]) => color)).size).toBe(PERSON_COLORS)
  expect(colors(...eight).slice(0, 3)).toEqual(colors(...eight.slice(0, 3)))
  expect(colors(...eight, '12ff').at(-1)).toEqual(['12ff', 2])
})
