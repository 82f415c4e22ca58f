import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PublishTimer } from './publish-timer.ts'

let published: string[]
let timer: PublishTimer
beforeEach(() => {
  vi.useFakeTimers()
  published = []
  timer = new PublishTimer(async (documentId) => {
    published.push(documentId)
  })
})
afterEach(() => {
  timer.stop()
  vi.useRealTimers()
})

test('FILE-7: a document is published 1.5 s after its last edit, once', () => {
  timer.start('hay', 0)
  vi.advanceTimersByTime(1000)
  timer.start('hay', 0)
  vi.advanceTimersByTime(1499)
  expect(published).toEqual([])
  vi.advanceTimersByTime(1)
  expect(published).toEqual(['hay'])
  vi.advanceTimersByTime(60_000)
  expect(published).toEqual(['hay'])
})

test('FILE-7: somebody who never pauses is published every 10 s', () => {
  for (let ms = 0; ms < 30_000; ms += 500) {
    timer.start('hay', 0)
    vi.advanceTimersByTime(500)
  }
  expect(published.length).toBe(3)
})

test('a large file is published half a minute after an edit', () => {
  timer.start('novel', 40 * 2 ** 20)
  vi.advanceTimersByTime(29_999)
  expect(published).toEqual([])
  vi.advanceTimersByTime(1)
  expect(published).toEqual(['novel'])
})

test('after failures it is tried again, less and less often, and at once more often after a success', () => {
  const waits: number[] = []
  for (let i = 0; i < 7; i++) {
    timer.retry('hay')
    const before = published.length
    let waited = 0
    for (; published.length === before; waited += 500) vi.advanceTimersByTime(500)
    waits.push(waited)
  }
  expect(waits).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
  timer.succeeded('hay')
  timer.retry('hay')
  vi.advanceTimersByTime(2000)
  expect(published.length).toBe(8)
})

test('a stopped timer publishes nothing more', () => {
  timer.start('hay', 0)
  timer.stop()
  timer.start('hay', 0)
  vi.advanceTimersByTime(100_000)
  expect(published).toEqual([])
})
