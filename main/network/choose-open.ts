/** Which shared documents are held open when there are too many: those that changed last, and of the others a few in turn. */
import type { DocumentId } from '../../shared/ids.ts'

/** Documents that are held open for others at one time. */
export const MAX_OPEN = 64
/** Of these, how many the others take turns in, and for how long: enough to say what is held and take in what is not. */
const TURNS = 4
export const TURN = 30_000

/** `ids` with the last changed first; `at` in milliseconds. */
export function chooseOpen(ids: readonly DocumentId[], at: number): readonly DocumentId[] {
  if (ids.length <= MAX_OPEN) return ids
  const first = ids.slice(0, MAX_OPEN - TURNS)
  const others = ids.slice(MAX_OPEN - TURNS)
  const from = (Math.floor(at / TURN) * TURNS) % others.length
  return [...first, ...Array.from({ length: TURNS }, (_, next) => others[(from + next) % others.length] ?? '')]
}
