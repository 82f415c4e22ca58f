import { cleanup, render, screen } from '@testing-library/react'
import decodeQR from 'qr/decode.js'
import { afterEach, expect, it } from 'vitest'
import { QrCode } from './qr-code.tsx'

afterEach(cleanup)

/** Pixels a square of the code becomes. */
const SCALE = 4

/** What a camera would see of the drawing. */
function photograph(drawing: Element): { width: number; height: number; data: Uint8Array } {
  const size = Number(drawing.getAttribute('viewBox')?.split(' ')[2])
  const width = size * SCALE
  const data = new Uint8Array(width * width * 4).fill(255)
  const ink = drawing.querySelector('.qr__ink')?.getAttribute('d') ?? ''
  for (const [, x = '', y = ''] of ink.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < SCALE; row++) {
      const from = (Number(y) * SCALE + row) * width + Number(x) * SCALE
      for (let at = from; at < from + SCALE; at++) data.fill(0, at * 4, at * 4 + 3)
    }
  return { width, height: width, data }
}

it.each([
  ['a link', `sheaf://i#${'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_'.repeat(5)}`],
  ['a fingerprint', Array.from({ length: 12 }, (_, group) => String(10_000 + 7 * group)).join(' ')],
])('SHARE-11: a camera reads from the picture of %s what stands beside it', (_what, text) => {
  render(<QrCode text={text} label="to scan" />)
  expect(decodeQR(photograph(screen.getByRole('img', { name: 'to scan' })))).toBe(text)
})
