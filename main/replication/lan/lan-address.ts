/**
 * Addresses on the local network as people type them: `192.168.1.7:41234`, `[fe80::1%eth0]:41234`, `laptop.local:41234`.
 * A pairing code is one with a secret that whoever dials it must know: it is shown by one computer and read by another.
 */
import net from 'node:net'
import { SheafError } from '../../../shared/errors.ts'

export interface LanAddress {
  readonly host: string
  readonly port: number
}

const CODE = 'sheaf-pair:'
const SECRET = 32
const MAX_LENGTH = 300
const HOST = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?$/i
const ZONE = /^[\w.-]{1,32}$/

/** Null for what is no address with a port. */
export function readAddress(text: string): LanAddress | null {
  const parts = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text.trim().slice(0, MAX_LENGTH))
  if (parts === null) return null
  const [, six, other = '', digits = ''] = parts
  const port = Number(digits)
  if (port < 1 || port > 65_535) return null
  if (six !== undefined) {
    const [address = '', zone = null] = six.split('%', 2)
    if (!net.isIPv6(address) || (zone !== null && !ZONE.test(zone))) return null
    return { host: zone === null ? address : `${address}%${zone}`, port }
  }
  // What looks like numbers alone is an IPv4 address or a mistake, and no name.
  if (/^[\d.]+$/.test(other) ? !net.isIPv4(other) : !HOST.test(other)) return null
  return { host: other.toLowerCase(), port }
}

export function writeAddress({ host, port }: LanAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** A code to be shown as text or as a picture: where this computer is, and the secret. */
export function writePairingCode(address: LanAddress, secret: Uint8Array): string {
  return `${CODE}${writeAddress(address)}#${Buffer.from(secret).toString('base64url')}`
}

/** What somebody typed or scanned: an address, or a pairing code with its secret. Throws `SheafError` for anything else. */
export function readTyped(text: string): LanAddress & { readonly secret: Uint8Array | null } {
  const typed = text.trim()
  if (!typed.toLowerCase().startsWith(CODE)) {
    const address = readAddress(typed)
    if (address === null) throw notAnAddress()
    return { ...address, secret: null }
  }
  const [place = '', encoded = '', ...more] = typed.slice(CODE.length).split('#')
  const [address, secret] = [readAddress(place), new Uint8Array(Buffer.from(encoded, 'base64url'))]
  const isExact = Buffer.from(secret).toString('base64url') === encoded
  if (address === null || secret.length !== SECRET || !isExact || more.length > 0) throw notAnAddress()
  return { ...address, secret }
}

function notAnAddress(): SheafError {
  return new SheafError(
    'invalid-argument',
    'This is no address of a computer: it is a name or numbers, a colon and a port.',
  )
}
