/**
 * What is said to find others on the local network: mDNS (RFC 6762, 6763) with nothing in it but a service, a random name
 * and a port. Names, documents and the computer are not in it.
 */
import dns from 'dns-packet'

export const SERVICE = '_sheaf._tcp.local'
/** Seconds for which what was said holds; 0 takes it back. */
export const LIFETIME = 120
const NAME = /^[0-9a-f]{16}$/

export interface Announcement {
  /** 8 random bytes, hexadecimal. */
  readonly name: string
  readonly port: number
  /** 0 for one that leaves. */
  readonly lifetime: number
}

export type MdnsSaying =
  | { readonly kind: 'question' }
  | { readonly kind: 'announcement'; readonly announcement: Announcement }

export function encodeQuestion(): Uint8Array {
  return dns.encode({ type: 'query', questions: [{ type: 'PTR', class: 'IN', name: SERVICE }] })
}

/** `address`: the one of the interface it is said on, which whoever hears it sees anyway. */
export function encodeAnnouncement({ name, port, lifetime }: Announcement, address: string): Uint8Array {
  const instance = `${name}.${SERVICE}`
  const host = `${name}.local`
  const [bare = ''] = address.split('%')
  return dns.encode({
    type: 'response',
    flags: dns.AUTHORITATIVE_ANSWER,
    answers: [{ type: 'PTR', class: 'IN', name: SERVICE, ttl: lifetime, data: instance }],
    additionals: [
      { type: 'SRV', class: 'IN', name: instance, ttl: lifetime, data: { port, target: host } },
      { type: 'TXT', class: 'IN', name: instance, ttl: lifetime, data: ['v=1'] },
      { type: bare.includes(':') ? 'AAAA' : 'A', class: 'IN', name: host, ttl: lifetime, data: bare },
    ],
  })
}

/** What of it is ours; nothing of what is not, or is no packet at all. Never throws. */
export function decodeSayings(bytes: Uint8Array): readonly MdnsSaying[] {
  const packet = decoded(bytes)
  if (packet === null) return []
  if (packet.type === 'query') {
    const isOurs = (packet.questions ?? []).some(({ name, type }) => isService(name) && type === 'PTR')
    return isOurs ? [{ kind: 'question' }] : []
  }
  const records = [...(packet.answers ?? []), ...(packet.additionals ?? [])]
  const ports = new Map<string, number>()
  for (const record of records) if (record.type === 'SRV') ports.set(record.name.toLowerCase(), record.data.port)
  return records.flatMap((record): MdnsSaying[] => {
    if (record.type !== 'PTR' || !isService(record.name)) return []
    const instance = record.data.toLowerCase()
    const name = instance.slice(0, 16)
    const port = ports.get(instance)
    if (!NAME.test(name) || instance !== `${name}.${SERVICE}` || port === undefined || port < 1) return []
    return [{ kind: 'announcement', announcement: { name, port, lifetime: record.ttl ?? 0 } }]
  })
}

function decoded(bytes: Uint8Array): dns.DecodedPacket | null {
  try {
    return dns.decode(Buffer.from(bytes))
  } catch {
    // Other programs' packets, and nobody's: whatever the decoder makes of them.
    return null
  }
}

function isService(name: string): boolean {
  return name.toLowerCase() === SERVICE
}
