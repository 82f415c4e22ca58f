import type { StreamId } from '../../shared/ids.ts'
import type { InstanceGuard } from './instance-guard.ts'

/** What the open document tells whoever listens; it knows none of them. */
export type DocumentChange =
  | {
      readonly kind: 'edited'
      readonly stream: StreamId
      readonly update: Uint8Array
      readonly by: InstanceGuard | null
    }
  | { readonly kind: 'refolded' }
  /** The membership chain grew. */
  | { readonly kind: 'membership' }
