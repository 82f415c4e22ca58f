import { describe, expect, it } from 'vitest'
import { formatOfName, TEXT_FORMATS } from '../../shared/exchange/formats.ts'
import { exportDocument, importDocument } from './convert-document.ts'

describe('pictures in other formats', () => {
  const name = 'ab'.repeat(32)
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
  const image = { node: 'image', attributes: { blob: name, alt: 'A bridge' }, content: [{ text: 'In May', marks: {} }] }

  it('MD-6: go along in HTML and come back with it', () => {
    const { text, losses } = exportDocument({ title: 'Trip', content: [image] }, 'html', (asked) =>
      asked === name ? { mime: 'image/png', bytes } : null,
    )
    expect(losses).toEqual([])
    const kept: Uint8Array[] = []
    const { shape } = importDocument(text, 'html', (picture) => {
      kept.push(picture)
      return name
    })
    expect(shape).toEqual({ title: 'Trip', content: [image] })
    expect(kept).toEqual([bytes])
  })

  it('MD-6: are named in Markdown, which says that their bytes are not there', () => {
    const { text, losses } = exportDocument({ title: '', content: [image] }, 'md')
    expect(losses).toEqual(['the bytes of a picture (1)'])
    expect(importDocument(text, 'md').shape.content).toEqual([image])
  })
})

describe('converting documents', () => {
  it('tells the format by the end of the name', () => {
    expect(['a.md', 'B.MARKDOWN', 'x/y.htm', 'a.txt', 'a.json', 'A.docx'].map(formatOfName)).toEqual([
      'md',
      'md',
      'html',
      'txt',
      'json',
      'docx',
    ])
    expect(['a', 'md', '.md/a', 'a.doc', 'a.constructor'].map(formatOfName)).toEqual([null, null, null, null, null])
  })

  it('brings the words through every format', () => {
    const shape = importDocument('# Title\n\nOne **two**.\n\n- three\n', 'md').shape
    for (const format of TEXT_FORMATS) {
      const { text, losses } = exportDocument(shape, format)
      const again = importDocument(text, format).shape
      expect(losses).toEqual(format === 'txt' ? ['bold, italic and other formatting (1)'] : [])
      if (format === 'txt') expect(text).toBe('Title\n\nOne two.\n\n- three\n')
      else expect(again).toEqual(shape)
    }
  })
})
