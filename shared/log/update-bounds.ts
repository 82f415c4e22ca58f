/**
 * What one record's update may hold. No honest writer gets there: `splitUpdate` cuts what it seals into parts of at most
 * `MAX_RECORD_PARTS`, and no program holds a text of 2^30 letters. So whoever is beyond it lies, about clocks, or to fill
 * others' memory: a struct takes three bytes in a record, and fifty times as many where it is read.
 */
import type { YjsUpdate } from './yjs-update.ts'

/** Structs and deleted ranges, together. */
export const MAX_RECORD_PARTS = 40_000
/** Clock values that the structs take. */
const MAX_RECORD_CLOCKS = 2 ** 30

/** Structs and deleted ranges. */
export function partsOf({ structs, deletes }: YjsUpdate): number {
  let count = 0
  for (const list of structs.values()) count += list.length
  for (const ranges of deletes.values()) count += ranges.length
  return count
}

export function isWithinBounds(update: YjsUpdate): boolean {
  if (partsOf(update) > MAX_RECORD_PARTS) return false
  let clocks = 0
  for (const list of update.structs.values()) for (const { length } of list) clocks += length
  return clocks <= MAX_RECORD_CLOCKS
}
