import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveWords } from '../../shared/ipc/together.ts'
import { OwnPlace } from './own-place.ts'

let at = 0
let said: LiveWords[]
let own: OwnPlace

beforeEach(() => {
  vi.useFakeTimers()
  at = 0
  said = []
  own = new OwnPlace({
    place: () => ({ anchor: Uint8Array.from([at]), head: Uint8Array.from([at]) }),
    say: (words) => said.push(words),
  })
  own.focus(true)
  vi.advanceTimersByTime(1000)
  said.length = 0
})

afterEach(() => {
  own.close()
  vi.useRealTimers()
})

const heads = () => said.map(({ head }) => head?.[0] ?? null)

test('PRES-1: the first move is said at once, then five a second at most, and the last one always', () => {
  for (at = 1; at <= 100; at++) {
    own.move()
    vi.advanceTimersByTime(10)
  }
  expect(heads()[0]).toBe(1)
  expect(said.length).toBeLessThanOrEqual(6)
  vi.advanceTimersByTime(1000)
  expect(heads().at(-1)).toBe(100)
})

test('PRES-1: nothing is said twice', () => {
  at = 1
  own.move()
  vi.advanceTimersByTime(1000)
  own.move()
  own.act()
  vi.advanceTimersByTime(1000)
  expect(said).toHaveLength(1)
})

test('PRES-1: somebody types for two seconds after the last key that changed the text', () => {
  own.type()
  expect(said.at(-1)?.typing).toBe(true)
  vi.advanceTimersByTime(1500)
  own.type()
  vi.advanceTimersByTime(1900)
  expect(said.at(-1)?.typing).toBe(true)
  vi.advanceTimersByTime(200)
  expect(said.at(-1)?.typing).toBe(false)
  expect(said).toHaveLength(2)
})

test('PRES-1: somebody is idle two minutes after the last key or pointer, or out of sight, and not when they come back', () => {
  own.act()
  vi.advanceTimersByTime(119_000)
  expect(said).toEqual([])
  own.act()
  vi.advanceTimersByTime(121_000)
  expect(said.map(({ idle }) => idle)).toEqual([true])
  own.act()
  expect(said.at(-1)?.idle).toBe(false)
  vi.advanceTimersByTime(1000)
  own.hide(true)
  expect(said.at(-1)?.idle).toBe(true)
  vi.advanceTimersByTime(1000)
  own.hide(false)
  expect(said.at(-1)?.idle).toBe(false)
})

test('PRES-1: without the keyboard for a minute somebody is at no place, and is at theirs with the next key', () => {
  own.focus(false)
  vi.advanceTimersByTime(59_000)
  expect(said).toEqual([])
  vi.advanceTimersByTime(2000)
  expect(said.at(-1)).toMatchObject({ anchor: null, head: null })
  own.focus(true)
  expect(heads().at(-1)).toBe(0)
})

test('PRES-1: a closed page says nothing any more', () => {
  own.type()
  own.close()
  said.length = 0
  own.move()
  vi.advanceTimersByTime(300_000)
  expect(said).toEqual([])
})
