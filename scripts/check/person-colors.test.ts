import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const tokens = readFileSync(path.resolve(import.meta.dirname, '../../renderer/design/tokens.css'), 'utf8')
/** As many as the window tells people apart by. */
const COLORS = 8

type Rgb = readonly [number, number, number]

/** The values of a token in light and in dark. */
function token(name: string): readonly [Rgb, Rgb] {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens)
  if (found?.[1] === undefined || found[2] === undefined) throw new Error(`There is no token ${name}.`)
  return [rgb(found[1]), rgb(found[2])]
}

function rgb(hex: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  return [red, green, blue]
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast of WCAG 2. */
function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other)
  return (light + 0.05) / (dark + 0.05)
}

const mixed = (color: Rgb, under: Rgb, share: number): Rgb => [
  color[0] * share + under[0] * (1 - share),
  color[1] * share + under[1] * (1 - share),
  color[2] * share + under[2] * (1 - share),
]

test.each(Array.from({ length: COLORS }, (_, at) => at + 1))(
  'PRES-7: in the colour of person %i a name is read, a caret is seen, and words under the wash stay ink',
  (number) => {
    const papers = token('paper')
    const inks = token('ink')
    const ons = token(`on-person-${number}`)
    token(`person-${number}`).forEach((color, theme) => {
      const [paper, ink, on] = [papers[theme], inks[theme], ons[theme]]
      if (paper === undefined || ink === undefined || on === undefined) throw new Error('There are two themes.')
      expect(contrast(on, color)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(color, paper)).toBeGreaterThanOrEqual(3)
      expect(contrast(ink, mixed(color, paper, 0.22))).toBeGreaterThanOrEqual(4.5)
    })
  },
)
