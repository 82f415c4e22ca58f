/**
 * The members of an open document: its chain, checked as it is read and grown on the disk first, this installation's keys
 * among them, and the keys of the epochs that these open.
 */
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import { SheafError } from '../../shared/errors.ts'
import { toHex } from '../../shared/ids.ts'
import type { FounderKeys } from '../../shared/log/genesis.ts'
import { type Chain, chainEnd, type Followed, followRows, readChain } from '../../shared/membership/chain.ts'
import { epochKeys } from '../../shared/membership/epoch-chain.ts'
import { changeOf, type MemberChange, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { isSequencer, type Membership, personOf } from '../../shared/membership/membership.ts'
import { mayWrite, type Role } from '../../shared/membership/role.ts'
import type { DocumentStore } from '../storage/document-store.ts'
import { refusedMembers } from './check-followed.ts'
import type { WriterKeeper } from './writer-keeper.ts'

export class DocumentMembers {
  private readonly suite: CryptoSuite
  private readonly store: DocumentStore
  private readonly keeper: WriterKeeper
  private readonly clock: { now(): number }
  private known: Chain | null = null
  private own: FounderKeys | null = null
  private ring: ReadonlyMap<number, EpochKey> | null = null

  constructor(parts: {
    suite: CryptoSuite
    store: DocumentStore
    keeper: WriterKeeper
    clock: { now(): number }
  }) {
    this.suite = parts.suite
    this.store = parts.store
    this.keeper = parts.keeper
    this.clock = parts.clock
  }

  chain(): Chain {
    this.known ??= this.read()
    return this.known
  }

  get membership(): Membership {
    return this.chain().membership
  }

  /** The keys of this person and of this device in the document, whether they are let in or not. */
  get keys(): FounderKeys {
    const [genesis] = this.chain().rows
    if (genesis === undefined) throw new Error('Broken invariant: a chain begins with a genesis')
    this.own ??= this.keeper.keysIn(genesis, (member) => this.membership.periods.has(toHex(member)))
    return this.own
  }

  get device(): KeyPair {
    return this.keys.member
  }

  /** What this person may do; null for one who is not, or no longer, in. Without a founder everybody may do everything. */
  role(): Role | null {
    const { people } = this.membership
    if (people.size === 0) return 'owner'
    const root = personOf(this.membership, this.device.publicKey)
    return root === null ? null : (people.get(root)?.role ?? null)
  }

  /** One sentence why nothing that is written here would count; null when it would, or when nobody was let in yet. */
  readOnlyReason(): string | null {
    if (this.membership.sharedAt === null) return null
    const role = this.role()
    if (role !== null && mayWrite(role, 0)) return null
    if (role === 'reader') return 'You were let in to read this document, not to write in it.'
    if (role === 'commenter') return 'You were let in to comment on this document, not to write in it.'
    return this.membership.periods.has(toHex(this.device.publicKey))
      ? 'You are no longer one of those who write this document; this is your copy of it.'
      : 'This document is shared with others and you were not let in; ask for an invite.'
  }

  /** Keys of all epochs known here. */
  epochKeys(): ReadonlyMap<number, EpochKey> {
    if (this.membership.epoch === 0) return new Map()
    this.ring ??= this.readRing()
    return this.ring
  }

  /** Keeps a key that did not come with the chain: from an invite, or from a vault. */
  keepKey(key: EpochKey): void {
    this.store.keepEpochKeys([{ epoch: key.epoch, secret: this.keeper.wrap(key.key) }])
    this.ring = null
  }

  /** The row of a change by this device that follows `before`; the end of the chain unless told otherwise. */
  sign(change: MemberChange, before: { seq: number; hash: Uint8Array } = this.membership): StoredLink {
    const by = change.type === 'device-add' ? this.keys.root : this.keys.member
    return signMemberOp(this.suite, this.membership.documentId, before, by, change)
  }

  /** Takes rows in, all or none; they are on the disk when it answers, and so are the keys that came with them. */
  follow(rows: readonly StoredLink[]): Followed {
    const before = this.chain()
    const after = followRows(this.suite, before, rows)
    if (after === 'forked') return { kind: 'forked' }
    if (typeof after === 'string') return { kind: 'refused', reason: after }
    const added = after.rows.slice(before.rows.length)
    if (added.length > 0) {
      this.store.addMembers(added.map((row, index) => ({ seq: before.rows.length + index, ...row })))
      this.known = after
      this.own = null
      this.ring = null
    }
    return { kind: 'followed', end: chainEnd(after) }
  }

  /** Whether a row that somebody proposes is one to append here: this device does, and an invite is taken in time. */
  appends(row: StoredLink): boolean {
    if (!isSequencer(this.membership, this.device.publicKey)) return false
    const change = followRows(this.suite, this.chain(), [row])
    if (typeof change === 'string' || change.rows.length === this.chain().rows.length) return false
    const proposed = changeOf(row)
    if (proposed.type !== 'invite-use') return true
    return (this.membership.invites.get(toHex(proposed.invite))?.expires ?? 0) > this.clock.now()
  }

  private readRing(): ReadonlyMap<number, EpochKey> {
    const { rows, membership } = this.chain()
    const kept = this.store.epochKeys().flatMap(({ epoch, secret }) => {
      const key = this.keeper.unwrap(secret)
      return key === null ? [] : [{ epoch, key }]
    })
    return epochKeys(this.suite, membership.documentId, rows, this.device, kept)
  }

  private read(): Chain {
    const chain = readChain(
      this.suite,
      this.store.members().map(({ op, hash, sig }) => ({ op, hash, sig })),
    )
    if (!('refusal' in chain)) return chain
    if (chain.refusal === 'newer') throw refusedMembers('newer')
    throw new SheafError('damaged', 'This document’s private store is damaged.')
  }
}
