/**
 * The files that hold one picture in several sizes: `.ico` for Windows and `.icns` for macOS. Both are a list of PNG
 * files behind a small head.
 */

/** @typedef {{ readonly size: number, readonly png: Buffer }} Picture */

/** Sizes a Windows icon holds; 256 is the most its head can say. */
export const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]

/** Which kind of entry holds which size in a macOS icon; the second kind of a size is for screens of double density. */
const ICNS_KINDS = /** @type {[string, number][]} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
])
export const ICNS_SIZES = [...new Set(ICNS_KINDS.map(([, size]) => size))]

const ICO_HEAD = 6
const ICO_ENTRY = 16

/** @param {readonly Picture[]} pictures @returns {Buffer} */
export function icoFile(pictures) {
  const head = Buffer.alloc(ICO_HEAD + ICO_ENTRY * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let at = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = ICO_HEAD + ICO_ENTRY * index
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** @param {readonly Picture[]} pictures @returns {Buffer} */
export function icnsFile(pictures) {
  const entries = ICNS_KINDS.map(([kind, size]) => {
    const picture = pictures.find((each) => each.size === size)
    if (picture === undefined) throw new Error(`Broken invariant: no picture of ${size} pixels`)
    return chunk(kind, picture.png)
  })
  return chunk('icns', Buffer.concat(entries))
}

/** @param {string} kind @param {Buffer} body */
function chunk(kind, body) {
  const head = Buffer.alloc(8)
  head.write(kind, 0, 'latin1')
  head.writeUInt32BE(body.length + head.length, 4)
  return Buffer.concat([head, body])
}
