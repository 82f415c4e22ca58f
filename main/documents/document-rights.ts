/**
 * Who may do what in an open document, and what follows for what it shows: the chain grows here, and what no longer counts,
 * or counts by now, is folded anew.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { signAdmission } from '../../shared/membership/admission.ts'
import type { Followed } from '../../shared/membership/chain.ts'
import type { MemberChange, StoredLink } from '../../shared/membership/member-op.ts'
import { isSequencer } from '../../shared/membership/membership.ts'
import type { RecordLog } from '../log/record-log.ts'
import type { CountingRecords } from './counting-records.ts'
import type { DocumentMembers } from './document-members.ts'
import type { WaitingWork } from './waiting-work.ts'
import { waitingWork } from './waiting-work.ts'

/** A change by this device: done, or to be proposed to whoever appends rows. */
export type LinkOutcome = { readonly kind: 'appended' } | { readonly kind: 'proposed'; readonly row: StoredLink }

/** What the open document does when rights change. */
export interface RightsHost {
  seal(): void
  /** Folds anew, and has windows show that. */
  refold(): void
  /** Has windows look again, because what they may do has changed. */
  reopen(): void
  /** The chain grew. */
  grown(): void
  merge(records: readonly SignedRecord[]): void
}

export class DocumentRights {
  private readonly suite: CryptoSuite
  private readonly clock: { now(): number }
  private readonly displayName: () => string
  private readonly log: RecordLog
  private readonly members: DocumentMembers
  private readonly counting: CountingRecords
  private readonly host: RightsHost

  constructor(
    parts: { suite: CryptoSuite; clock: { now(): number }; keeper: { displayName: () => string } },
    log: RecordLog,
    members: DocumentMembers,
    counting: CountingRecords,
    host: RightsHost,
  ) {
    this.suite = parts.suite
    this.clock = parts.clock
    this.displayName = parts.keeper.displayName
    this.log = log
    this.members = members
    this.counting = counting
    this.host = host
  }

  follow(rows: readonly StoredLink[]): Followed {
    // What was written before this was heard says so.
    this.host.seal()
    const [before, reason] = [this.members.membership, this.members.readOnlyReason()]
    const followed = this.members.follow(rows)
    if (this.members.membership === before) return followed
    if (this.counting.membershipChanged(before)) this.host.refold()
    else if (this.members.readOnlyReason() !== reason) this.host.reopen()
    this.host.grown()
    return followed
  }

  propose(row: StoredLink): void {
    if (this.members.appends(row)) this.follow([row])
  }

  appendLink(change: MemberChange): LinkOutcome {
    const { membership, device } = this.members
    const row = this.members.sign(change)
    if (!isSequencer(membership, device.publicKey)) return { kind: 'proposed', row }
    const followed = this.follow([row])
    if (followed.kind !== 'followed') throw new SheafError('no-permission', 'You may not change who writes here.')
    return { kind: 'appended' }
  }

  waiting(): WaitingWork[] {
    this.host.seal()
    const objections = this.counting.objections()
    return objections.size === 0 ? [] : waitingWork(this.log.chains(), objections)
  }

  admit(works: readonly Pick<WaitingWork, 'last'>[]): void {
    if (works.length === 0) return
    const by = { member: this.members.device, name: this.displayName() }
    const known = { memberSeq: this.members.membership.seq, time: this.clock.now() }
    const admitted = works.map(({ last }) => last)
    this.host.merge([signAdmission(this.suite, this.members.membership.documentId, by, known, admitted)])
  }
}
