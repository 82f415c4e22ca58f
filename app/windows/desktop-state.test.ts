import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DesktopStateFile, type WindowMemory, withRecent } from './desktop-state.ts'

const logger = { info: () => undefined, error: () => undefined }
const id = (digit: string): string => digit.repeat(64)
const window: WindowMemory = {
  bounds: { x: 10, y: 20, width: 900, height: 700 },
  maximised: false,
  documentId: id('a'),
}

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sheaf-desktop-'))
  file = path.join(folder, 'desktop.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('nothing is remembered at first', async () => {
  expect((await DesktopStateFile.open(file, logger)).state).toEqual({ windows: [], recent: [] })
})

test('windows and recent documents come back', async () => {
  const first = await DesktopStateFile.open(file, logger)
  first.change({ windows: [window] })
  first.change({ recent: [{ documentId: id('b'), title: 'A title' }] })
  await first.settled()
  const second = await DesktopStateFile.open(file, logger)
  expect(second.state).toEqual({ windows: [window], recent: [{ documentId: id('b'), title: 'A title' }] })
})

test('of many changes in a row the last one is on disk once they have settled', async () => {
  const state = await DesktopStateFile.open(file, logger)
  for (let x = 0; x < 50; x++) state.change({ windows: [{ ...window, bounds: { ...window.bounds, x } }] })
  await state.settled()
  expect(JSON.parse(await readFile(file, 'utf8')).windows[0].bounds.x).toBe(49)
})

test.each([
  '',
  'null',
  '[]',
  '{"windows": 3, "recent": {}}',
  '{"windows":[{"bounds":{"x":"1"}}],"recent":[{"documentId":"../x"}]}',
])('a file that holds %j is begun anew', async (text) => {
  await writeFile(file, text)
  expect((await DesktopStateFile.open(file, logger)).state).toEqual({ windows: [], recent: [] })
})

test('a document shown again moves to the front under its newest title', () => {
  const list = [
    { documentId: id('a'), title: 'A' },
    { documentId: id('b'), title: 'B' },
  ]
  expect(withRecent(list, { documentId: id('b'), title: 'B2' })).toEqual([
    { documentId: id('b'), title: 'B2' },
    { documentId: id('a'), title: 'A' },
  ])
})

test('ten documents are remembered', () => {
  let list: ReturnType<typeof withRecent> = []
  for (const digit of '0123456789abcdef') list = withRecent(list, { documentId: id(digit), title: digit })
  expect(list.map((each) => each.title).join('')).toBe('fedcba9876')
})
