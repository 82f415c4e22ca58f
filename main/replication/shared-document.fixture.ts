/** A shared document for tests: its people, their devices, the chain they make, and records they sign. */
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import { toHex } from '../../shared/ids.ts'
import { foundDocument } from '../../shared/log/genesis.ts'
import {
  certifyWriter,
  type Dependency,
  encodeBody,
  ORDINARY,
  RECORD_TYPE,
  type SignedRecord,
  signRecord,
  ZERO_ID,
} from '../../shared/log/record.ts'
import { beginEpoch } from '../../shared/membership/epoch-chain.ts'
import { type MemberChange, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { followLink, type LinkRefusal, type Membership, readMembership } from '../../shared/membership/membership.ts'
import { sodiumSuite } from '../identity/sodium-suite.ts'

export interface Someone {
  readonly root: KeyPair
  readonly member: KeyPair
}

export function someone(suite: CryptoSuite = sodiumSuite): Someone {
  return { root: suite.keyPair(suite.random(32)), member: suite.keyPair(suite.random(32)) }
}

/** The sequencer's copy of a document's chain. */
export class SharedDocument {
  readonly founder: Someone
  readonly chain: StoredLink[]
  /** Keys of the epochs that `rotate` began. */
  readonly epochs: EpochKey[] = []
  private readonly suite: CryptoSuite

  constructor(suite: CryptoSuite = sodiumSuite) {
    this.suite = suite
    this.founder = someone(suite)
    this.chain = [foundDocument(suite, 0, suite.random(16), this.founder)]
  }

  get membership(): Membership {
    const membership = readMembership(this.suite, this.chain)
    if ('refusal' in membership) throw new Error(`row ${membership.row}: ${membership.refusal}`)
    return membership
  }

  get documentId(): Uint8Array {
    return this.membership.documentId
  }

  /** A link as somebody makes it who knows the chain as it is. */
  link(by: KeyPair, change: MemberChange): StoredLink {
    return signMemberOp(this.suite, this.documentId, this.membership, by, change)
  }

  /** The change to the next epoch. */
  rotation(next: EpochKey = this.nextEpoch()): Extract<MemberChange, { type: 'rotate' }> {
    return beginEpoch(this.suite, this.membership, next, this.epochs.at(-1) ?? null)
  }

  /** Begins the next epoch. */
  rotate(): 'appended' | LinkRefusal {
    const next = this.nextEpoch()
    const done = this.change(this.rotation(next))
    if (done === 'appended') this.epochs.push(next)
    return done
  }

  /** The epoch's key, sealed to somebody who is let in. */
  keyFor(member: Uint8Array): Uint8Array | null {
    const current = this.epochs.at(-1)
    return current === undefined ? null : this.suite.seal(current.key, member)
  }

  private nextEpoch(): EpochKey {
    return { epoch: this.membership.epoch + 1, key: this.suite.random(32) }
  }

  /** Appends when it follows and is allowed. */
  offer(link: StoredLink): 'appended' | LinkRefusal {
    const next = followLink(this.suite, this.membership, link)
    if (typeof next === 'string') return next
    this.chain.push(link)
    return 'appended'
  }

  change(change: MemberChange, by: KeyPair = this.founder.member): 'appended' | LinkRefusal {
    return this.offer(this.link(by, change))
  }
}

/** A writer that signs records of nothing in particular. */
export class Scribe {
  readonly key: KeyPair
  readonly records: SignedRecord[] = []
  private readonly suite: CryptoSuite
  private readonly documentId: Uint8Array
  private readonly member: KeyPair | null

  constructor(documentId: Uint8Array, member: KeyPair | null, suite: CryptoSuite = sodiumSuite) {
    this.suite = suite
    this.documentId = documentId
    this.member = member
    this.key = suite.keyPair(suite.random(32))
  }

  get name(): string {
    return toHex(this.key.publicKey)
  }

  /** `knows`: number of the last link its author had heard of; `after`: what its author had seen of others. */
  write(knows: number, stream = 0, after: readonly Dependency[] = []): SignedRecord {
    const seq = this.records.length + 1
    const { suite, documentId, member } = this
    const payload = encodeBody({
      ...ORDINARY,
      s: suite.random(16),
      t: 0,
      d: after,
      m: knows,
      n: [],
      y: Uint8Array.of(0, 0),
      ...(seq === 1 && member !== null
        ? { cert: { ...certifyWriter(suite, documentId, this.key.publicKey, member, 'Somebody') } }
        : {}),
    })
    const prev = this.records.at(-1)?.recId ?? ZERO_ID
    const record = signRecord(suite, documentId, this.key, { type: RECORD_TYPE.update, stream, seq, prev, payload })
    this.records.push(record)
    return record
  }
}
