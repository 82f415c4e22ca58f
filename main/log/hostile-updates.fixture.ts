/** Updates that are well formed, that somebody may sign, and that no editor writes. */
import { encodeUpdate, type UpdateStruct } from '../../shared/log/yjs-update.ts'

const NOTHING = { origin: null, rightOrigin: null, parentKey: null, text: null }
const ELEMENT = Uint8Array.of(3, 1, 97)

/** Elements in each other, the first one in a root of its own or in the element `within`. */
export function nested(
  client: number,
  depth: number,
  within: { client: number; clock: number } | null = null,
): Uint8Array {
  const parentOf = (clock: number): UpdateStruct['parent'] =>
    clock > 0 ? { client, clock: clock - 1 } : (within ?? { root: 'attic' })
  const structs: UpdateStruct[] = Array.from({ length: depth }, (_, clock) => ({
    ...NOTHING,
    clock,
    length: 1,
    info: 7,
    parent: parentOf(clock),
    content: ELEMENT,
  }))
  return encodeUpdate({ structs: new Map([[client, structs]]), deletes: new Map() })
}

export function deletion(client: number, clock = 0, length = 1): Uint8Array {
  return encodeUpdate({ structs: new Map(), deletes: new Map([[client, [{ clock, length }]]]) })
}

/** One struct that takes so many clock values. */
export function claiming(client: number, length: number): Uint8Array {
  const struct = { ...NOTHING, clock: 0, length, info: 0, parent: null, content: new Uint8Array(0) }
  return encodeUpdate({ structs: new Map([[client, [struct]]]), deletes: new Map() })
}
