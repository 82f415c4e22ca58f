import { describe, expect, it } from 'vitest'
import { entry } from '../testing/entries.ts'
import { filterEntries } from './filter-entries.ts'

const entries = [
  entry('The gauge at Alder Bridge', { firstWords: 'For sixty-one years somebody walked down' }),
  entry('Chapter two: the frost books', { firstWords: 'In frost the scale is furred with ice' }),
  entry('', { firstWords: 'Brücken über den Fluss' }),
]

const titles = (query: string) => filterEntries(entries, query).map(({ entry }) => entry.title)

describe('filterEntries', () => {
  it('keeps every row, in order, for an empty query', () => {
    expect(titles('  ')).toEqual(entries.map(({ title }) => title))
  })

  it('finds words of the title and of the text together', () => {
    expect(titles('scale chapter')).toEqual(['Chapter two: the frost books'])
    expect(titles('scale alder')).toEqual([])
  })

  it('finds untitled documents by the name they are shown under, and ignores accents', () => {
    expect(titles('untit')).toEqual([''])
    expect(titles('brucken')).toEqual([''])
  })

  it('says where the words are, in both lines', () => {
    const [found] = filterEntries(entries, 'frost')
    expect(found?.inTitle).toEqual([{ start: 17, end: 22 }])
    expect(found?.inWords).toEqual([{ start: 3, end: 8 }])
  })
})
