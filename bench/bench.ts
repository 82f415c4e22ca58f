/** A bench: one workload, measured with the real parts of Sheaf beside what it is compared with. */
import type { Line } from './line.ts'

export interface Bench {
  readonly name: string
  /** Cleans up after itself whatever happens. */
  run(): Promise<readonly Line[]>
}
