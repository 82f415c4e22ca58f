import { describe, expect, it } from 'vitest'
import { excerpt } from './excerpt.ts'
import { findAll } from './ranges.ts'

const TEXT = 'A title as long as some people make them, about rivers under ice'

const shown = (word: string, room: number) => {
  const { text, ranges } = excerpt(TEXT, findAll(TEXT, [word]), room)
  return { text, marked: ranges.map(({ start, end }) => text.slice(start, end)) }
}

describe('excerpt', () => {
  it('begins at the beginning when the hit is in sight, or when there is none', () => {
    expect(shown('long', 28)).toEqual({ text: TEXT, marked: ['long'] })
    expect(shown('zebra', 28)).toEqual({ text: TEXT, marked: [] })
  })

  it('begins at a word before the hit when it would be out of sight, and still marks it', () => {
    expect(shown('ice', 28)).toEqual({ text: '…under ice', marked: ['ice'] })
    expect(shown('under', 28)).toEqual({ text: '…rivers under ice', marked: ['under'] })
  })

  it('begins at the hit when no word starts just before it', () => {
    const text = `${'x'.repeat(60)}ice`
    expect(excerpt(text, findAll(text, ['ice']), 28).text).toBe('…ice')
  })
})
