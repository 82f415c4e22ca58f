import { expect, test } from 'vitest'
import { ICNS_SIZES, ICO_SIZES, icnsFile, icoFile } from './icon-containers.mjs'

const picture = (size: number) => ({ size, png: Buffer.from(`picture of ${size}`) })

test('a Windows icon says where each of its pictures stands', () => {
  const file = icoFile(ICO_SIZES.map(picture))
  expect(file.readUInt16LE(2)).toBe(1)
  expect(file.readUInt16LE(4)).toBe(ICO_SIZES.length)
  for (const [index, size] of ICO_SIZES.entries()) {
    const entry = 6 + 16 * index
    const [length, at] = [file.readUInt32LE(entry + 8), file.readUInt32LE(entry + 12)]
    expect(file.readUInt8(entry) || 256).toBe(size)
    expect(file.subarray(at, at + length).toString()).toBe(`picture of ${size}`)
  }
})

test('a macOS icon is a chain of named pictures as long as it says', () => {
  const file = icnsFile(ICNS_SIZES.map(picture))
  expect(file.toString('latin1', 0, 4)).toBe('icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  const found: Record<string, string> = {}
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    found[file.toString('latin1', at, at + 4)] = file.toString('utf8', at + 8, at + file.readUInt32BE(at + 4))
  expect(found['ic10']).toBe('picture of 1024')
  expect(found['ic11']).toBe('picture of 32')
  expect(Object.keys(found)).toHaveLength(8)
  expect(() => icnsFile([picture(16)])).toThrow('no picture')
})
