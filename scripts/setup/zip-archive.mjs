import fs from 'node:fs'
import zlib from 'node:zlib'

const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 5, 6])
const DIRECTORY_ENTRY = 0x02014b50
const DEFLATED = 8
/** The end record is 22 bytes and may be followed by a comment of up to 65,535. */
const LONGEST_END = 22 + 65_535

/**
 * The files of a zip archive in the order of its directory; `data()` reads and inflates one. Stored and deflated
 * entries only, and no archive over 4 GiB.
 * @param {string} file
 * @returns {Generator<{ name: string, mode: number, data(): Buffer }>} mode: POSIX rights, 0 when the archive has none
 */
export function* zipEntries(file) {
  const archive = fs.openSync(file, 'r')
  try {
    const directory = readDirectory(archive)
    for (let at = 0; at < directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY; ) {
      const method = directory.readUInt16LE(at + 10)
      const size = directory.readUInt32LE(at + 20)
      const nameLength = directory.readUInt16LE(at + 28)
      const extraLength = directory.readUInt16LE(at + 30)
      const commentLength = directory.readUInt16LE(at + 32)
      const mode = (directory.readUInt32LE(at + 38) >>> 16) & 0o777
      const offset = directory.readUInt32LE(at + 42)
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
      at += 46 + nameLength + extraLength + commentLength
      yield { name, mode, data: () => readData(archive, offset, size, method) }
    }
  } finally {
    fs.closeSync(archive)
  }
}

/** @param {number} archive */
function readDirectory(archive) {
  const { size } = fs.fstatSync(archive)
  const tail = Buffer.alloc(Math.min(size, LONGEST_END))
  fs.readSync(archive, tail, 0, tail.length, size - tail.length)
  const end = tail.lastIndexOf(END_OF_DIRECTORY)
  if (end < 0) throw new Error('this is not a zip archive: it has no directory')
  const directory = Buffer.alloc(tail.readUInt32LE(end + 12))
  fs.readSync(archive, directory, 0, directory.length, tail.readUInt32LE(end + 16))
  return directory
}

/** @param {number} archive @param {number} offset @param {number} size @param {number} method */
function readData(archive, offset, size, method) {
  const header = Buffer.alloc(30)
  fs.readSync(archive, header, 0, 30, offset)
  const data = Buffer.allocUnsafe(size)
  // Name and extra field are repeated here, and the extra field's length may differ from the directory's.
  fs.readSync(archive, data, 0, size, offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28))
  return method === DEFLATED ? zlib.inflateRawSync(data) : data
}
