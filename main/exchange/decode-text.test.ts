import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'

describe('the bytes of a text file', () => {
  it.each<[string, number[], string, boolean]>([
    ['UTF-8', [0xc3, 0xa9], 'é', false],
    ['UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf, 0x61], 'a', false],
    ['UTF-16 little-endian', [0xff, 0xfe, 0xe9, 0x00], 'é', false],
    ['UTF-16 big-endian', [0xfe, 0xff, 0x00, 0xe9], 'é', false],
    ['Windows-1252', [0x93, 0xe9, 0x94], '“é”', true],
  ])('are read as %s', (_, bytes, text, guessed) => {
    expect(decodeText(Uint8Array.from(bytes))).toEqual({ text, guessed })
  })

  it('are refused when they are not text', () => {
    expect(() => decodeText(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x00))).toThrow('not a text file')
  })
})
