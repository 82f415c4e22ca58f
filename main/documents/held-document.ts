import type { WindowId } from '../sheaf.ts'
import type { InstanceGuard } from './instance-guard.ts'
import type { OpenDocument } from './open-document.ts'

/** An open document and who uses it. */
export interface Held {
  readonly document: OpenDocument
  /** Per window the guards of its Yjs documents, the newest last; none when it could only read from the first. */
  readonly windows: Map<WindowId, readonly InstanceGuard[]>
  /** Work under way that needs the store open, besides the windows. */
  uses: number
  sealing: NodeJS.Timeout | null
}
