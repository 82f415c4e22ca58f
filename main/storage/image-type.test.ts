import { describe, expect, it } from 'vitest'
import { imageType } from './image-type.ts'

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)

describe('the kind of a picture', () => {
  it.each([
    ['\u0089PNG\r\n\u001A\n rest', 'image/png'],
    ['\u00FF\u00D8\u00FF\u00E0 rest', 'image/jpeg'],
    ['RIFF\u0000\u0000\u0000\u0000WEBPVP8 ', 'image/webp'],
    ['GIF89a rest', 'image/gif'],
    ['GIF87a rest', 'image/gif'],
  ])('is told by its first bytes: %j', (text, type) => {
    expect(imageType(bytes(text))).toBe(type)
  })

  it.each(['', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'RIFF\u0000\u0000\u0000\u0000WAVE', 'PNG', '%PDF-1.7'])(
    'IMAGE-2: is none for anything else: %j',
    (text) => {
      expect(imageType(bytes(text))).toBeNull()
    },
  )
})
