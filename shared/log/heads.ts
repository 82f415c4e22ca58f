/** Heads: for each writer the number of its last record held. Comparing two heads says what each side lacks. */
import { decode, encode } from 'cborg'
import { fromHex, toHex } from '../ids.ts'

/** Writer (hexadecimal) -> last number. A writer nobody holds a record of is absent. */
export type Heads = ReadonlyMap<string, number>

export type HeadsOrder = 'equal' | 'ahead' | 'behind' | 'apart'

/** How `a` stands to `b`: it has more, less, the same, or each has something the other lacks. */
export function compareHeads(a: Heads, b: Heads): HeadsOrder {
  const more = [...a].some(([writer, seq]) => seq > (b.get(writer) ?? 0))
  const less = [...b].some(([writer, seq]) => seq > (a.get(writer) ?? 0))
  if (more && less) return 'apart'
  if (more) return 'ahead'
  return less ? 'behind' : 'equal'
}

/** Deterministic CBOR: a list of [writer, number] pairs, writers ascending. */
export function encodeHeads(heads: Heads): Uint8Array {
  const pairs = [...heads].sort(([a], [b]) => (a < b ? -1 : 1)).map(([writer, seq]) => [fromHex(writer), seq])
  return encode(pairs)
}

/** Null when the bytes are not heads. */
export function decodeHeads(bytes: Uint8Array): Heads | null {
  let value: unknown
  try {
    value = decode(bytes, { strict: true, allowIndefinite: false })
  } catch {
    return null
  }
  if (!Array.isArray(value)) return null
  const heads = new Map<string, number>()
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return null
    const [writer, seq] = pair as unknown[]
    if (!(writer instanceof Uint8Array) || writer.length !== 32 || typeof seq !== 'number') return null
    heads.set(toHex(writer), seq)
  }
  return heads
}
