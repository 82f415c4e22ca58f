import type { Proof } from './proof.ts'

/** Every proof, in the order they run. */
export const PROOFS: readonly Proof[] = []
