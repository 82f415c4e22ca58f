/**
 * An invite as a link: all that somebody needs who is let in, after the `#`, which no browser sends to anybody. Over a
 * relay it is an address of that relay, so that whoever has no Sheaf yet sees a page that says what this is.
 */
import { base64urlnopad } from '@scure/base'
import { concat } from '../crypto/crypto-suite.ts'
import { uint32 } from '../crypto/epoch-key.ts'
import { SheafError } from '../errors.ts'
import { isRelayUrl } from '../membership/relay-url.ts'

export interface Invite {
  /** 32 random bytes; all keys of the invite are derived from it. */
  readonly seed: Uint8Array
  readonly documentId: Uint8Array
  /** Address of the relay the document is on. */
  readonly relay: string | null
  /** Where the one who invites can be reached on the local network: host and port. */
  readonly addresses: readonly string[]
}

const VERSION = 1
export const MAX_ADDRESSES = 4
const MAX_ADDRESS = 80
const MAX_LINK = 2000
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5}$/i
const LINK = /^(?:sheaf:\/\/i|https:\/\/[^\s/#?]+\/i)#([A-Za-z0-9_-]+)$/

export function encodeInvite({ seed, documentId, relay, addresses }: Invite): string {
  const encoder = new TextEncoder()
  const url = encoder.encode(relay ?? '')
  const places = addresses.slice(0, MAX_ADDRESSES).map((address) => encoder.encode(address))
  const body = concat(
    Uint8Array.of(VERSION),
    seed,
    documentId,
    Uint8Array.of(url.length, url.length >>> 8),
    url,
    Uint8Array.of(places.length),
    ...places.flatMap((place) => [Uint8Array.of(place.length), place]),
  )
  return `${pageOf(relay)}#${base64urlnopad.encode(concat(body, uint32(crc32(body))))}`
}

/** Throws `invalid-argument` for what is no whole invite, `too-new` for one of a later version. */
export function decodeInvite(text: string): Invite {
  const code = text.length > MAX_LINK ? undefined : LINK.exec(text.trim())?.[1]
  const bytes = code === undefined ? null : decodeCode(code)
  if (bytes === null) throw unreadable()
  const body = bytes.subarray(0, -4)
  const [version] = body
  if (version !== undefined && version > VERSION)
    throw new SheafError('too-new', 'This invite was made by a newer Sheaf; please update Sheaf.')
  const invite = version === VERSION ? readBody(body) : null
  if (invite === null) throw unreadable()
  return invite
}

/** Null unless it is a whole code with the right checksum. */
function decodeCode(code: string): Uint8Array | null {
  let bytes: Uint8Array
  try {
    bytes = base64urlnopad.decode(code)
  } catch {
    return null
  }
  if (bytes.length < 5) return null
  const body = bytes.subarray(0, -4)
  return uint32(crc32(body)).every((byte, index) => byte === bytes[body.length + index]) ? bytes : null
}

function readBody(body: Uint8Array): Invite | null {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let at = 1
  const take = (length: number): Uint8Array => {
    if (at + length > body.length) throw new RangeError('cut off')
    return body.slice(at, (at += length))
  }
  const byte = (): number => take(1)[0] ?? 0
  try {
    const [seed, documentId] = [take(32), take(32)]
    const relay = decoder.decode(take(byte() + byte() * 256))
    const addresses = Array.from({ length: byte() }, () => decoder.decode(take(byte())))
    const isWhole = at === body.length && addresses.length <= MAX_ADDRESSES
    const areAddresses = addresses.every((address) => address.length <= MAX_ADDRESS && ADDRESS.test(address))
    if (!isWhole || !areAddresses || (relay !== '' && !isRelayUrl(relay))) return null
    return { seed, documentId, relay: relay === '' ? null : relay, addresses }
  } catch (cause) {
    // The decoder throws a TypeError for what is no text.
    if (cause instanceof RangeError || cause instanceof TypeError) return null
    throw cause
  }
}

function pageOf(relay: string | null): string {
  if (relay === null || !/^(https|wss):/i.test(relay)) return 'sheaf://i'
  return `https://${new URL(relay).host}/i`
}

function unreadable(): SheafError {
  return new SheafError('invalid-argument', 'This is not a whole invite; ask for the link again and copy all of it.')
}

/** CRC-32 (IEEE): a link that was cut or mistyped is told from one that is not known. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
