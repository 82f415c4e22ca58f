import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'
import { fuzzyMatch } from './fuzzy-match.ts'

const marked = (text: string, query: string) =>
  fuzzyMatch(text, query)?.ranges.map(({ start, end }) => text.slice(start, end)) ?? null

describe('fuzzyMatch', () => {
  it('finds one piece, and the start of a word before the middle of one', () => {
    expect(marked('Export as Markdown', 'mark')).toEqual(['Mark'])
    expect(fuzzyMatch('rebar bar', 'bar')?.ranges).toEqual([{ start: 6, end: 9 }])
  })

  it('finds words in any order', () => {
    expect(marked('Move to trash', 'trash move')).toEqual(['Move', 'trash'])
  })

  it('finds first letters of words, each followed by its own next letters', () => {
    expect(marked('Export as Markdown', 'exma')).toEqual(['Ex', 'Ma'])
    expect(marked('Open in new window', 'onw')).toEqual(['O', 'n', 'w'])
  })

  it('does not find letters scattered inside words', () => {
    expect(marked('Settings', 'tg')).toBeNull()
    expect(marked('New document', 'xyz')).toBeNull()
  })

  it('ignores case and accents, and marks the letters of the original', () => {
    expect(marked('Über die Brücke', 'bruck')).toEqual(['Brück'])
    expect(fold('İstanbul Ünal')).toHaveLength('İstanbul Ünal'.length)
  })

  it('prefers the match that starts a word', () => {
    const start = fuzzyMatch('Italic', 'it')
    const inside = fuzzyMatch('Quit', 'it')
    expect((start?.score ?? 0) > (inside?.score ?? 0)).toBe(true)
  })
})
