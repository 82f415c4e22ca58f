/**
 * The colour of a person in a document, from 0 on, the same for everybody who knows the same members. Their key says which
 * one they would have; who came earlier keeps it, so that nobody shares one while there are colours left.
 */
import { toHex } from '../ids.ts'
import { type Membership, personOf } from './membership.ts'

/** Colours there are: a window has as many, from `--person-1` on. */
export const PERSON_COLORS = 8

/** Root key (hexadecimal) -> colour. */
export function personColors({ people }: Pick<Membership, 'people'>): ReadonlyMap<string, number> {
  const colors = new Map<string, number>()
  for (const root of people.keys()) {
    const taken = new Set(colors.values())
    const wished = colorOfKey(root)
    const free = Array.from({ length: PERSON_COLORS }, (_, step) => (wished + step) % PERSON_COLORS)
    colors.set(root, free.find((color) => !taken.has(color)) ?? wished)
  }
  return colors
}

/** The colour of the person a device belongs to; of a device that is nobody's, the one its key would have. */
export function colorOfDevice(membership: Membership, device: Uint8Array): number {
  const person = personOf(membership, device)
  return personColors(membership).get(person ?? '') ?? colorOfKey(toHex(device))
}

function colorOfKey(key: string): number {
  return Number.parseInt(key.slice(0, 2), 16) % PERSON_COLORS
}
