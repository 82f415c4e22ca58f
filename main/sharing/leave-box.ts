/** Leaving an invite's box at a relay: at once, or as soon as the document is open there. */
import { SheafError } from '../../shared/errors.ts'
import type { RelayWay } from '../network/hubs.ts'
import type { DocumentAccess } from '../replication/document-access.ts'

/** Milliseconds. */
const PATIENCE = 10_000
const AGAIN = 100

/** Throws `unreachable` at the end of patience: nobody could take the invite there. */
export async function leaveBox(
  relay: RelayWay,
  access: DocumentAccess,
  invite: Parameters<RelayWay['putInvite']>[1],
  patience = PATIENCE,
): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    try {
      return await relay.putInvite(access, invite)
    } catch (cause) {
      const mayCome = cause instanceof SheafError && cause.kind === 'unreachable' && cause.data['why'] !== 'clock'
      if (!mayCome || Date.now() >= end) throw cause
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN))
  }
}
