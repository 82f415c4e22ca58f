import { expect, test } from 'vitest'
import type { PeerPresence } from '../../shared/ipc/together.ts'
import { initials, peopleHere, personColor } from './people-here.ts'

const SOMEWHERE = Uint8Array.from([1])

function peer(name: string, facts: Partial<PeerPresence> = {}): PeerPresence {
  const place = { anchor: SOMEWHERE, head: SOMEWHERE, typing: false, idle: false }
  return { session: `s-${name}`, person: name, name, color: 0, ...place, ...facts }
}

test('PRES-11: a person in two windows is one, in the state and at the caret of the one they are at', () => {
  const people = peopleHere(
    [peer('Ana', { session: 'laptop', idle: true }), peer('Ben'), peer('Ana', { session: 'desktop', typing: true })],
    [],
  )
  expect(people).toMatchObject([
    { id: 'Ana', state: 'typing', session: 'desktop' },
    { id: 'Ben', state: 'here' },
  ])
})

test('PRES-11: nobody changes places while others come, go and type', () => {
  const first = peopleHere([peer('Ana'), peer('Ben'), peer('Cem')], [])
  const then = peopleHere([peer('Dora'), peer('Cem', { typing: true }), peer('Ana')], first)
  expect(then.map(({ name }) => name)).toEqual(['Ana', 'Cem', 'Dora'])
})

test('PRES-13: carets that move make no other list', () => {
  const first = peopleHere([peer('Ana'), peer('Ben')], [])
  const moved = Uint8Array.from([2])
  expect(peopleHere([peer('Ana', { anchor: moved, head: moved }), peer('Ben')], first)).toBe(first)
  expect(peopleHere([peer('Ana', { typing: true }), peer('Ben')], first)).not.toBe(first)
})

test('PRES-11: somebody without a place has none to go to, and somebody no chain names is one by their session', () => {
  const [ana, stranger] = peopleHere([peer('Ana', { anchor: null, head: null }), peer('Zed', { person: null })], [])
  expect(ana?.session).toBeNull()
  expect(stranger).toMatchObject({ id: 's-Zed', name: 'Zed' })
})

test.each([
  ['Ana', 'A'],
  ['Hana Vogel', 'HV'],
  ['  joaquim de prado ', 'JP'],
  ['محمد علي', 'مع'],
  ['👩‍🚀 Ada', '👩‍🚀A'],
  ['«Ben»', 'B'],
  ['', ''],
])('PRES-11: the initials of “%s” are “%s”', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

test('PRES-11: any number is one of the colours there are', () => {
  expect([0, 7, 8, -1, 1.5, Number.NaN].map(personColor)).toEqual([0, 7, 0, 0, 0, 0])
})
