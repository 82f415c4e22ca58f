import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ROOM = path.resolve(import.meta.dirname, '../../renderer')

/** Declarations that would stay at one side of the window where writing runs the other way. */
const ONE_SIDED =
  /^\s*(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b|(?:left|right)\s*:|border-(?:top|bottom)-(?:left|right)-radius|(?:float|clear|text-align)\s*:\s*(?:left|right)\b)/

/** `margin: 0 1px 0 2px`: what is at the left differs from what is at the right. */
function isUneven(line: string): boolean {
  const values = /^\s*(?:margin|padding|inset)\s*:\s*(.+?);?\s*$/.exec(line)?.[1]
  const [, right, , left] = values?.match(/(?:[a-z-]*\((?:[^()]|\([^()]*\))*\)|[^\s()]+)/g) ?? []
  return left !== undefined && left !== right
}

function oneSided(css: string): string[] {
  return css.split('\n').filter((line) => ONE_SIDED.test(line) || isUneven(line))
}

it('LOOK-4: no style names a side: a window that runs from right to left is the mirror of the other', () => {
  expect(oneSided('  margin-left: 4px;\n  float: left;\n  inset-inline-start: 0;\n  right : 2px;')).toHaveLength(3)
  expect(
    oneSided('padding: 0 0 var(--a) calc(1px + (2px));\npadding: 0 calc(1px + 2px) 0 calc(1px + 2px);'),
  ).toHaveLength(1)
  const sheets = readdirSync(ROOM, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'))
  expect(sheets.length).toBeGreaterThan(15)
  for (const file of sheets) expect(oneSided(readFileSync(path.join(ROOM, file), 'utf8')), file).toEqual([])
})
