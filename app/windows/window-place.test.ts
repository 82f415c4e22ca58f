import { expect, test } from 'vitest'
import { SMALLEST, windowPlace } from './window-place.ts'

const left = { x: 0, y: 25, width: 1440, height: 875 }
const right = { x: 1440, y: 0, width: 1920, height: 1080 }

test('a window comes back where it stood, on any screen', () => {
  const place = { x: 1600, y: 100, width: 900, height: 700 }
  expect(windowPlace([left, right], place, 0)).toEqual(place)
})

test('a window whose screen is gone comes back whole on the first one, in its size', () => {
  const place = windowPlace([left], { x: 1600, y: 100, width: 900, height: 700 }, 0)
  expect(place).toEqual({ x: 270, y: 112, width: 900, height: 700 })
})

test('a window whose title can not be reached is put back on the screen', () => {
  for (const out of [
    { x: 100, y: -200, width: 900, height: 700 },
    { x: 100, y: 890, width: 900, height: 700 },
    { x: -850, y: 100, width: 900, height: 700 },
    { x: 1400, y: 100, width: 900, height: 700 },
  ])
    expect(windowPlace([left], out, 0)).toMatchObject({ x: 270, y: 112 })
})

test('a window is never larger than its screen nor smaller than it can be used', () => {
  expect(windowPlace([left], { x: 0, y: 25, width: 5000, height: 5000 }, 0)).toMatchObject({ width: 1440, height: 875 })
  expect(windowPlace([left], { x: 200, y: 200, width: 3, height: 3 }, 0)).toMatchObject(SMALLEST)
  expect(windowPlace([left], { x: 200, y: 200, width: 200, height: 100 }, 0)).toMatchObject(SMALLEST)
})

test('a new window stands beside the one before it', () => {
  const [first, second] = [windowPlace([left], null, 0), windowPlace([left], null, 1)]
  expect(second.x - first.x).toBe(28)
  expect(windowPlace([left], null, 0)).toEqual({ x: 130, y: 52, width: 1180, height: 820 })
})

test('without any screen there is still a place', () => {
  expect(windowPlace([], null, 0).width).toBeGreaterThan(0)
})
