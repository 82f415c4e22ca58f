import { copiedFiles } from './copied-files.ts'
import { damagedFiles } from './damaged-files.ts'
import { durability } from './durability/durability.ts'
import type { Proof } from './proof.ts'

/** Every proof, in the order they run. */
export const PROOFS: readonly Proof[] = [damagedFiles, copiedFiles, durability]
