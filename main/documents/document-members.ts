/**
 * The members of an open document: its chain, checked as it is read and grown on the disk first, this installation's keys
 * among them, and the keys of the epochs that these open.
 */
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import { SheafError } from '../../shared/errors.ts'
import { equalBytes, toHex } from '../../shared/ids.ts'
import type { FounderKeys } from '../../shared/log/genesis.ts'
import { type Chain, chainEnd, type Followed, followRows, readChain } from '../../shared/membership/chain.ts'
import { epochKeys } from '../../shared/membership/epoch-chain.ts'
import { changeOf, type MemberChange, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { isSequencer, type Membership, personOf, standingOf } from '../../shared/membership/membership.ts'
import { mayWrite, type Role } from '../../shared/membership/role.ts'
import type { DocumentStore } from '../storage/document-store.ts'
import { refusedMembers } from './check-followed.ts'
import type { WriterKeeper } from './writer-keeper.ts'

interface Keys {
  /** The identity they were made of. */
  readonly of: object
  /** Those this device has here, or would have. */
  readonly own: FounderKeys
  /** Those the document is opened with. */
  readonly opened: FounderKeys
}

export class DocumentMembers {
  private readonly suite: CryptoSuite
  private readonly store: DocumentStore
  private readonly keeper: WriterKeeper
  private readonly clock: { now(): number }
  private known: Chain | null = null
  private made: Keys | null = null
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

  /**
   * The keys of this person and of this device in the document, whether they are let in or not; of another device of the
   * person's, that is in, until this one was let in.
   */
  get keys(): FounderKeys {
    return this.madeKeys.opened
  }

  /**
   * The member key that is to be let in beside the device this document is opened as; null when there is none. Without a
   * relay there is none: both devices would append rows by themselves, and fork the chain.
   */
  get newcomer(): Uint8Array | null {
    if (this.membership.relay === null || !this.isPersonIn) return null
    const { own, opened } = this.madeKeys
    const isTheirs = own !== opened && equalBytes(own.root.publicKey, opened.root.publicKey)
    return isTheirs && standingOf(this.membership, opened.member.publicKey) === 'in' ? own.member.publicKey : null
  }

  /** Whether this person is in, with whatever device. */
  get isPersonIn(): boolean {
    return this.membership.people.has(toHex(this.keys.root.publicKey))
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
    // Words count as those of the device that certifies their writer, and go with it when it is removed.
    if (this.newcomer !== null)
      return 'This computer is being added to your others in this document. You can write as soon as the relay has answered.'
    const role = this.role()
    const wasIn = standingOf(this.membership, this.device.publicKey) === 'was'
    if (wasIn && this.isPersonIn) return 'This computer was removed from this document; what is here is its copy.'
    if (this.membership.sharedAt === null && !wasIn) return null
    if (role !== null && mayWrite(role, 0)) return null
    if (role === 'reader') return 'You were let in to read this document, not to write in it.'
    if (role === 'commenter') return 'You were let in to comment on this document, not to write in it.'
    return wasIn
      ? 'You are no longer one of those who write this document; this is your copy of it.'
      : 'This document is shared with others and you were not let in; ask for an invite.'
  }

  /** Keys of all epochs known here. */
  epochKeys(): ReadonlyMap<number, EpochKey> {
    if (this.membership.epoch === 0) return new Map()
    // First the device: with one that is new the ring is made anew.
    const { device } = this
    this.ring ??= this.readRing(device)
    return this.ring
  }

  /** Keeps a key that did not come with the chain: from an invite, or from a vault. */
  keepKey(key: EpochKey): void {
    this.store.keepEpochKeys([{ epoch: key.epoch, secret: this.keeper.wrap(key.key) }])
    this.ring = null
  }

  /** The row of a change by this device that follows `before`; the end of the chain unless told otherwise. */
  sign(change: MemberChange, before: { seq: number; hash: Uint8Array } = this.membership): StoredLink {
    const isOwner = this.role() === 'owner'
    const isByRoot = change.type === 'device-add' || (change.type === 'device-remove' && !isOwner)
    const by = isByRoot ? this.keys.root : this.keys.member
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
      this.made = null
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

  private get madeKeys(): Keys {
    const { identity } = this.keeper
    if (this.made?.of === identity) return this.made
    const [genesis] = this.chain().rows
    if (genesis === undefined) throw new Error('Broken invariant: a chain begins with a genesis')
    const own = this.keeper.ownKeysIn(genesis)
    const opened = this.keeper.keysIn(genesis, own, (member) => standingOf(this.membership, member))
    this.ring = null
    this.made = { of: identity, own, opened }
    return this.made
  }

  private readRing(device: KeyPair): ReadonlyMap<number, EpochKey> {
    const { rows, membership } = this.chain()
    const kept = this.store.epochKeys().flatMap(({ epoch, secret }) => {
      const key = this.keeper.unwrap(secret)
      return key === null ? [] : [{ epoch, key }]
    })
    return epochKeys(this.suite, membership.documentId, rows, device, kept)
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
