import { describe, expect, it } from 'vitest'
import { ROW_HEIGHTS, scrollToShow, visibleRows } from './visible-rows.ts'

const ROW_HEIGHT = ROW_HEIGHTS.comfortable

describe('visibleRows', () => {
  it('renders a screenful of ten thousand rows, wherever one looks', () => {
    for (const top of [0, 5_000 * ROW_HEIGHT, 9_990 * ROW_HEIGHT]) {
      const rows = visibleRows(10_000, ROW_HEIGHT, top, 600, null)
      expect(rows.length).toBeLessThan(30)
      expect(rows).toContain(top / ROW_HEIGHT)
    }
  })

  it('keeps the focused row even when it is far away', () => {
    const rows = visibleRows(10_000, ROW_HEIGHT, 0, 600, 9_999)
    expect(rows.at(-1)).toBe(9_999)
    expect(visibleRows(10_000, ROW_HEIGHT, 400_000, 600, 2)[0]).toBe(2)
  })

  it('renders nothing of an empty list, whatever is kept', () => {
    expect(visibleRows(0, ROW_HEIGHT, 0, 600, 3)).toEqual([])
  })

  it('scrolls just far enough to show a row', () => {
    expect(scrollToShow(0, ROW_HEIGHT, 500, 600)).toBe(0)
    expect(scrollToShow(12, ROW_HEIGHT, 0, 600)).toBe(13 * ROW_HEIGHT - 600)
    expect(scrollToShow(3, ROW_HEIGHT, 0, 600)).toBe(0)
  })
})
