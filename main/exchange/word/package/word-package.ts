/**
 * A Word file as the parts it is packed of. Parts are unpacked one by one, within limits on their number, their sizes and
 * how far they grow, and only into memory: a part's name never becomes a path.
 */
import { crc32 } from 'node:zlib'
import { type UnzipFileInfo, unzipSync } from 'fflate'
import { Refused } from './refused.ts'
import { elementsOf, parseXml, type XmlElement } from './xml-tree.ts'

const MOST_PARTS = 10_000
const MOST_BYTES = 512 * 2 ** 20
const LONGEST_PART = 128 * 2 ** 20
/** How many times its packed size a part may have; XML that repeats itself reaches about a hundred. */
const MOST_GROWTH = 250
/** Below this growth says nothing. */
const SMALL = 2 ** 20

export interface Relationship {
  readonly type: string
  readonly target: string
  readonly external: boolean
}

export class WordPackage {
  readonly #bytes: Uint8Array
  readonly #parts = new Map<string, UnzipFileInfo>()
  readonly #checks: ReadonlyMap<string, number>
  #unpacked = 0

  /** Throws `Refused`. */
  constructor(bytes: Uint8Array) {
    if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new Refused('locked')
    if (!startsWith(bytes, [0x50, 0x4b])) throw new Refused('no-word-file')
    this.#bytes = bytes
    unzip(bytes, (part) => {
      if (this.#parts.size >= MOST_PARTS) throw new Refused('hostile')
      // Two parts of one name: two readers would read two documents.
      if (this.#parts.has(part.name)) throw new Refused('hostile')
      this.#parts.set(part.name, part)
      return false
    })
    this.#checks = checksums(bytes)
  }

  has(name: string): boolean {
    return this.#parts.has(name)
  }

  /** A part's bytes, or null when there is none of this name. */
  part(name: string): Uint8Array | null {
    const info = this.#parts.get(name)
    if (info === undefined) return null
    if (info.originalSize > LONGEST_PART) throw new Refused('too-big')
    if (info.originalSize > SMALL && info.originalSize > info.size * MOST_GROWTH) throw new Refused('hostile')
    this.#unpacked += info.originalSize
    if (this.#unpacked > MOST_BYTES) throw new Refused('too-big')
    const bytes = unzip(this.#bytes, (part) => part.name === name)[name]
    if (bytes === undefined || bytes.length !== info.originalSize) throw new Refused('damaged')
    const check = this.#checks.get(name)
    if (check !== undefined && crc32(bytes) !== check) throw new Refused('damaged')
    return bytes
  }

  xml(name: string): XmlElement | null {
    const bytes = this.part(name)
    return bytes === null ? null : parseXml(decode(bytes))
  }

  /** What a part refers to, by id; `''` is the package itself. */
  relationships(part: string): ReadonlyMap<string, Relationship> {
    const slash = part.lastIndexOf('/') + 1
    const folder = part.slice(0, slash)
    const list = this.xml(`${folder}_rels/${part.slice(slash)}.rels`)
    const found = new Map<string, Relationship>()
    for (const { name, attributes } of elementsOf(list ?? undefined)) {
      const [id, target] = [attributes['Id'], attributes['Target']]
      if (name !== 'rel:Relationship' || id === undefined || target === undefined) continue
      const external = attributes['TargetMode'] === 'External'
      const type = (attributes['Type'] ?? '').replace(/^.*\//, '')
      found.set(id, { type, external, target: external ? target : resolve(folder, target) })
    }
    return found
  }
}

function unzip(bytes: Uint8Array, filter: (part: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter })
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    throw new Refused('damaged')
  }
}

/** The checksum of each part, out of the list at the end of the file. Parts of huge files may be missing. */
function checksums(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = new Map<string, number>()
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw new Refused('damaged')
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ]
    found.set(decode(bytes.subarray(at + 46, at + 46 + name)), view.getUint32(at + 16, true))
    at += 46 + name + extra + comment
  }
  return found
}

function resolve(folder: string, target: string): string {
  const steps: string[] = target.startsWith('/') ? [] : folder.split('/')
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') {
      if (steps.at(-1) === '') steps.pop()
      steps.push(step)
    }
  }
  return steps.filter((step) => step !== '').join('/')
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

function decode(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  return new TextDecoder(wide ?? 'utf-8').decode(bytes)
}
