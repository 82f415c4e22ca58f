import { describe, expect, test } from 'vitest'
import { findPattern, type FindQuery, NO_QUERY } from './find-query.ts'
import { findPlaces } from './find-places.ts'

function found(text: string, query: string, options: Partial<FindQuery> = {}): string[] | string {
  const pattern = findPattern({ ...NO_QUERY, text: query, ...options })
  if (pattern.kind === 'none') return []
  if (pattern.kind === 'bad') return pattern.reason
  const places = findPlaces(pattern.pattern, text)
  return places.flatMap((at, index) => (index % 2 === 0 ? [text.slice(at, places[index + 1])] : []))
}

describe('what is found', () => {
  test('FIND-1: case does not count in any script, unless it is asked for', () => {
    expect(found('Ärger, ÄRGER, ärger', 'ärger')).toEqual(['Ärger', 'ÄRGER', 'ärger'])
    expect(found('Жук ЖУК', 'жук')).toHaveLength(2)
    expect(found('Ärger, ÄRGER, ärger', 'ärger', { matchCase: true })).toEqual(['ärger'])
  })

  test('FIND-2: whole words end where letters of any script end', () => {
    const whole = { wholeWord: true }
    expect(found('rain rainy räin rain, „rain“ rain1 rain_', 'rain', whole)).toHaveLength(3)
    expect(found('über überall drüber', 'über', whole)).toHaveLength(1)
    expect(found('Ко\u0301шка кошка', 'кошка', whole)).toHaveLength(1)
    expect(found('a.b a.bc', '(a.b)', { ...whole, regex: true })).toHaveLength(1)
  })

  test('signs of expressions are ordinary signs in plain words', () => {
    for (const sign of '\\^$.*+?()[]{}|/-#&~<>') expect(found(`a${sign}b`, `a${sign}b`), sign).toEqual([`a${sign}b`])
    expect(found('axb', 'a.b')).toEqual([])
  })

  test('what is typed plainly finds typographic quotes, spaces that do not break, and letters in two parts', () => {
    expect(found("don’t don't", "don't")).toHaveLength(2)
    expect(found('“so” «so»', '"so"')).toHaveLength(2)
    expect(found('10\u00A0km', '10 km')).toHaveLength(1)
    expect(found('cafe\u0301 café', 'café')).toHaveLength(2)
  })

  test('FIND-3: an expression that can not be read says why', () => {
    const regex = { regex: true }
    expect(found('x', '(', regex)).toBe('Unterminated group')
    expect(found('x', ')(', { ...regex, wholeWord: true })).toBe("Unmatched ')'")
    expect(found('a1 b2', '[a-z]\\d', regex)).toEqual(['a1', 'b2'])
    expect(found('one\ntwo', '^t', regex)).toEqual(['t'])
  })

  test('a match of nothing is none, and does not go on for ever', () => {
    expect(found('a😀b', 'x*', { regex: true })).toEqual([])
    expect(found('aa', 'a*', { regex: true })).toEqual(['aa'])
  })
})
