import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Comings } from './comings.ts'
import type { PersonHere } from './people-here.ts'

let comings: Comings
let said: string[]

beforeEach(() => {
  vi.useFakeTimers()
  comings = new Comings()
  said = []
  comings.words.subscribe(() => said.push(comings.words.get()))
})

afterEach(() => {
  comings.close()
  vi.useRealTimers()
})

const people = (...names: string[]): PersonHere[] =>
  names.map((name) => ({ id: name, name, color: 0, state: 'here', session: null }))

test('PRES-12: who came and who left is said in one sentence each, when it has been quiet', () => {
  comings.follow(people('Ana'))
  vi.advanceTimersByTime(1000)
  comings.follow(people('Ana', 'Ben'))
  expect(said).toEqual([])
  vi.advanceTimersByTime(2000)
  expect(said).toEqual(['Ana and Ben are here.'])
  comings.follow(people('Ben', ''))
  vi.advanceTimersByTime(2000)
  expect(said.at(-1)).toBe('Somebody is here. Ana has left.')
})

test('PRES-12: a key of somebody says nothing, nor does one whose line drops for a moment', () => {
  comings.follow(people('Ana'))
  vi.advanceTimersByTime(2000)
  for (let key = 0; key < 50; key++) {
    comings.follow(people('Ana').map((person) => ({ ...person, state: key % 2 === 0 ? 'typing' : 'here' })))
    vi.advanceTimersByTime(200)
  }
  comings.follow([])
  vi.advanceTimersByTime(1000)
  comings.follow(people('Ana'))
  vi.advanceTimersByTime(5000)
  expect(said).toEqual(['Ana is here.'])
})
