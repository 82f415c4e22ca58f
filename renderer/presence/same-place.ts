import { equalBytes } from '../../shared/ids.ts'

/** Whether two encoded places are the same one; no place is the same as none. */
export function samePlace(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equalBytes(a, b)
}
