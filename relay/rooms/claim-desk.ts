/** Where devices say what closed runs cover: one message of each at a time, and one writer in a turn of the event loop. */
import { fromHex, toHex } from '../../shared/ids.ts'
import type { RunClaim } from '../../shared/relay/relay-message.ts'
import type { RelayRefusal } from '../../shared/relay/relay-refusal.ts'
import type { RelayDocument } from './relay-document.ts'
import { mayVouch } from './vouching.ts'

export class ClaimDesk {
  private readonly document: RelayDocument
  private readonly commit: (work: () => string) => Promise<string | null>
  /** Devices of which something said is being looked at. */
  private readonly busy = new Set<string>()

  constructor(document: RelayDocument, commit: (work: () => string) => Promise<string | null>) {
    this.document = document
    this.commit = commit
  }

  async vouch(member: Uint8Array, claims: readonly RunClaim[]): Promise<RelayRefusal | null> {
    const device = toHex(member)
    if (!mayVouch(this.document.roleOf(member))) return 'refused'
    if (this.busy.has(device)) return 'busy'
    this.busy.add(device)
    try {
      for (const writer of new Set(claims.map((claim) => toHex(claim.writer)))) {
        const some = claims.filter((claim) => toHex(claim.writer) === writer)
        const vouched = await this.commit(() => {
          this.document.vouch(member, fromHex(writer), some)
          return 'vouched'
        })
        if (vouched === null) return 'busy'
      }
      return null
    } finally {
      this.busy.delete(device)
    }
  }
}
