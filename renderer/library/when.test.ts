import { describe, expect, it } from 'vitest'
import { when } from './when.ts'

const at = (year: number, month: number, day: number, hour = 9, minute = 41) =>
  new Date(year, month - 1, day, hour, minute).getTime()

describe('when', () => {
  const now = at(2026, 11, 22, 18, 0)

  it('is the time today, even a minute after midnight', () => {
    expect(when(at(2026, 11, 22), now)).toMatch(/9:41/)
    expect(when(at(2026, 11, 22, 0, 1), now)).toMatch(/12:01|00:01/)
  })

  it('is the weekday from yesterday to six days ago', () => {
    expect(when(at(2026, 11, 21, 23, 59), now)).toBe('Sat')
    expect(when(at(2026, 11, 16), now)).toBe('Mon')
  })

  it('is the date before, with the year when it is another one', () => {
    expect(when(at(2026, 11, 15), now)).toBe('Nov 15')
    expect(when(at(2024, 3, 2), now)).toBe('Mar 2, 2024')
  })

  it('is the date for a clock that ran ahead', () => {
    expect(when(at(2026, 11, 25), now)).toBe('Nov 25')
  })
})
