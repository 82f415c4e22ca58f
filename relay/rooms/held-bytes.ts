/** What a relay holds in all, in bytes: one figure, within one limit, for what documents are made of and for vaults. */
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { RelayPorts } from '../relay-ports.ts'

/** A hash, a signature, and what a row of the mailbox costs. */
const ROW = 160

export function bytesOf(rows: readonly StoredLink[]): number {
  return rows.reduce((sum, { op }) => sum + op.length + ROW, 0)
}

export function hasRoom({ limits, metrics }: RelayPorts, bytes: number): boolean {
  return metrics.read('held_bytes') + bytes <= limits.allBytes
}

/** Rows may come when nothing else may, a sixteenth beyond: else nobody could be removed from a document any more. */
export function hasRoomForRows({ limits, metrics }: RelayPorts, bytes: number): boolean {
  return metrics.read('held_bytes') + bytes <= limits.allBytes * (17 / 16)
}

/** A transaction was undone: what was counted in it was not. */
export function recount({ metrics, mailbox }: RelayPorts): void {
  metrics.set('held_bytes', mailbox.documents.totals().bytes + mailbox.vaults.bytes())
}
