import { describe, expect, it } from 'vitest'
import { exportDocument, FORMATS, formatOfName, importDocument } from './convert-document.ts'

describe('converting documents', () => {
  it('tells the format by the end of the name', () => {
    expect(['a.md', 'B.MARKDOWN', 'x/y.htm', 'a.txt', 'a.json'].map(formatOfName)).toEqual([
      'md',
      'md',
      'html',
      'txt',
      'json',
    ])
    expect(['a', 'md', '.md/a', 'a.docx', 'a.constructor'].map(formatOfName)).toEqual([null, null, null, null, null])
  })

  it('brings the words through every format', () => {
    const shape = importDocument('# Title\n\nOne **two**.\n\n- three\n', 'md').shape
    for (const format of FORMATS) {
      const { text, losses } = exportDocument(shape, format)
      const again = importDocument(text, format).shape
      expect(losses).toEqual([])
      if (format === 'txt') expect(text).toBe('Title\n\nOne two.\n\n- three\n')
      else expect(again).toEqual(shape)
    }
  })
})
