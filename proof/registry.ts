import { durability } from './durability/durability.ts'
import { files } from './files/files.ts'
import { merge } from './merge/merge.ts'
import type { Proof } from './proof.ts'

/** Every proof, in the order they run. */
export const PROOFS: readonly Proof[] = [files, durability, merge]
