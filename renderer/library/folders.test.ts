import { describe, expect, it } from 'vitest'
import { entry } from '../testing/entries.ts'
import { folderPlaces, isInFolder } from './folders.ts'

describe('folderPlaces', () => {
  it('lists parents before children and counts what is inside', () => {
    const entries = ['', 'Novel', 'Novel/Part 10', 'Novel/Part 2', 'Äpfel', 'Novel old'].map((folder) =>
      entry('x', { folder }),
    )
    expect(folderPlaces(entries).map(({ folder, depth, count }) => [folder, depth, count])).toEqual([
      ['Äpfel', 0, 1],
      ['Novel', 0, 3],
      ['Novel/Part 2', 1, 1],
      ['Novel/Part 10', 1, 1],
      ['Novel old', 0, 1],
    ])
  })

  it('does not take a folder whose name merely begins the same for one inside', () => {
    expect(isInFolder(entry('x', { folder: 'Novel old' }), 'Novel')).toBe(false)
    expect(isInFolder(entry('x', { folder: 'Novel/Part 2' }), 'Novel')).toBe(true)
  })
})
