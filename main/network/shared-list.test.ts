import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SharedList } from './shared-list.ts'

const logger = { info: () => undefined, error: () => undefined }
const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
let folder: string
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-list-'))))
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

test('NET-10: the documents that are shared are known at the next start, the last changed first', async () => {
  const list = new SharedList(folder, logger)
  list.put(a, 1)
  list.put(b, 2)
  expect(list.ids()).toEqual([b, a])
  list.put(a, 3)
  await list.close()
  const again = new SharedList(folder, logger)
  expect(again.ids()).toEqual([a, b])
  again.remove(a)
  await again.close()
  expect(new SharedList(folder, logger).ids()).toEqual([b])
})

test.each(['', '[1]', '{"../x": 1, "a": 2}', 'null', '{"' + 'a'.repeat(64) + '": "soon"}'])(
  'NET-10: a list that is garbled (%j) is none',
  async (text) => {
    fs.writeFileSync(path.join(folder, 'shared.json'), text)
    expect(new SharedList(folder, logger).ids()).toEqual([])
  },
)
