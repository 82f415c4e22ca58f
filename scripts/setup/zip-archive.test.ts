import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { zipEntries } from './zip-archive.mjs'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-zip-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

/** A zip archive as Info-ZIP writes it: local headers with data, the directory, the end record and its comment. */
function zip(files: { name: string; text: string; deflate: boolean; mode: number }[], comment = ''): string {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, deflate, mode } of files) {
    const data = deflate ? zlib.deflateRawSync(text) : Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(deflate ? 8 : 0, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    parts.push(local, Buffer.from(name), data)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + data.length
  }
  const size = directory.reduce((total, part) => total + part.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  const file = path.join(folder, `${crypto.randomUUID()}.zip`)
  fs.writeFileSync(file, Buffer.concat([...parts, ...directory, end, Buffer.from(comment)]))
  return file
}

test('reads stored and deflated files with their rights, past a comment', () => {
  const archive = zip(
    [
      { name: 'a/one.txt', text: 'one', deflate: false, mode: 0o100644 },
      { name: 'two', text: 'two '.repeat(1000), deflate: true, mode: 0o100755 },
    ],
    'made by alice',
  )
  const read = [...zipEntries(archive)].map(({ name, mode }) => ({ name, mode }))
  expect(read).toEqual([
    { name: 'a/one.txt', mode: 0o644 },
    { name: 'two', mode: 0o755 },
  ])
  const texts: string[] = []
  for (const entry of zipEntries(archive)) texts.push(entry.data().toString())
  expect(texts).toEqual(['one', 'two '.repeat(1000)])
})

test('refuses a file that is no zip archive', () => {
  const file = path.join(folder, 'letter.txt')
  fs.writeFileSync(file, 'Dear Bob,')
  expect(() => [...zipEntries(file)]).toThrow('not a zip archive')
})
