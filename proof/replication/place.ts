/**
 * One device in a simulated world: the app's own document, store and sessions, and its keys in the document. Its disk fills
 * up, and its program ends without a word and is started again.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { OpenDocument } from '../../main/documents/open-document.ts'
import type { Secrets } from '../../main/identity/installation.ts'
import { DocumentReplica, type KeyRing } from '../../main/replication/document-replica.ts'
import type { MemoryNetwork } from '../../main/replication/memory-transport.ts'
import { Replicator } from '../../main/replication/replicator.ts'
import { ChainChanges, type NextChange } from '../../main/sharing/chain-changes.ts'
import { owedEpoch, owesEpoch } from '../../main/sharing/removal.ts'
import { DocumentStore } from '../../main/storage/document-store.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { SheafError } from '../../shared/errors.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { documentKeys, type FounderKeys } from '../../shared/log/genesis.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import type { Chain } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { isSequencer, type Membership } from '../../shared/membership/membership.ts'
import type { Notice } from '../../shared/protocol/session-state.ts'
import type { Tips } from '../../shared/protocol/tips.ts'
import { openForProof, STORE } from '../durability/session.ts'
import { randomEdit } from '../merge/random-edit.ts'
import type { Random } from '../seeded-random.ts'
import { RELAY, RelayPlace } from './relay-place.ts'

/** Milliseconds. */
const LOOK_AGAIN = 10_000

export interface PlaceParts {
  readonly name: string
  readonly folder: string
  readonly suite: CryptoSuite
  readonly documentId: string
  readonly secrets: Secrets
  /** The chain as it is when this device comes in. */
  readonly rows: readonly StoredLink[]
  readonly network: MemoryNetwork
  readonly tell: (place: Place, peer: string, notice: Notice) => void
}

export class Place {
  readonly name: string
  readonly secrets: Secrets
  readonly keys: FounderKeys
  /** Its member key, hexadecimal. */
  readonly member: string
  readonly forks = new Set<string>()
  isDiskFull = false
  /** It was told that a peer has another chain. */
  isChainForked = false
  /** What went wrong where nobody waits for it. */
  failure: unknown = null
  /** Changes of who is in that it waits for. */
  private changing = 0
  /** When it was looked whether a removal was ended, and with which members. */
  private looked: { readonly membership: Membership | null; readonly at: number } = { membership: null, at: 0 }
  /** Who was in when it ended. */
  private ended: Membership | null = null
  private readonly parts: PlaceParts
  /** Another hand on the same file: it sees what is committed, and nothing else. */
  private readonly disk: DocumentStore
  private running: { document: OpenDocument; replica: DocumentReplica; replicator: Replicator } | null

  constructor(parts: PlaceParts) {
    this.parts = parts
    this.name = parts.name
    this.secrets = parts.secrets
    const [genesis] = parts.rows
    if (genesis === undefined) throw new Error('A chain begins with a genesis.')
    this.keys = documentKeys(parts.suite, parts.secrets, genesis)
    this.member = toHex(this.keys.member.publicKey)
    fs.mkdirSync(parts.folder)
    const members = parts.rows.map((row, seq) => ({ seq, ...row }))
    this.disk = DocumentStore.open(this.storePath, members, 'normal')
    this.running = this.start()
  }

  get isRunning(): boolean {
    return this.running !== null
  }

  get isChanging(): boolean {
    return this.changing > 0
  }

  /** Looks at its next tick whether a removal was not ended. */
  lookAgain(): void {
    this.looked = { membership: null, at: 0 }
  }

  /** Makes an edit and says so to the peers; nothing when the disk is full, or when it knows that it may not write. */
  async edit(random: Random, isTold: boolean): Promise<void> {
    if (this.running === null || this.running.document.members.readOnlyReason() !== null) return
    const { document } = this.running
    await this.unlessFull(() => document.edit((doc) => randomEdit(doc, random)))
    if (isTold) await this.told()
  }

  /** Takes in a file: its chain first, so that nothing in it is passed on to who was removed. One whose chain forked is refused. */
  async import(records: readonly SignedRecord[], rows: readonly StoredLink[]): Promise<void> {
    if (this.running === null) return
    const { document } = this.running
    await this.unlessFull(() => {
      if (document.follow(rows.slice(1)).kind === 'forked') return
      if (document.merge(records).refused.length > 0) throw new Error('Good records were refused.')
    })
    await this.told()
  }

  /** Closes the run and begins another. */
  async finish(): Promise<void> {
    await this.unlessFull(() => this.running?.document.finish())
    await this.told()
  }

  tick(): void {
    this.running?.replicator.tick()
    const { running } = this
    if (running === null || this.isChanging) return
    const { membership } = running.document.chain()
    const { suite, network } = this.parts
    // As the app does when rows came, or a document was opened; what failed is tried again after a while.
    if (membership === this.looked.membership && network.now < this.looked.at + LOOK_AGAIN) return
    this.looked = { membership, at: network.now }
    if (owesEpoch(running.document))
      this.change(
        (document) => [owedEpoch(suite, document)],
        () => undefined,
      )
  }

  /** Begins to change who is in, as the app does, and says to its peers what became of it. */
  change(make: (document: OpenDocument) => readonly NextChange[], done: () => void): void {
    const { running } = this
    if (running === null || this.isDiskFull) return
    const { suite, network } = this.parts
    const time = {
      now: () => network.now,
      // Who was ended without a word waits for nothing.
      wait: (milliseconds: number) =>
        new Promise<void>((resolve) =>
          network.after(milliseconds, () => (this.running === running ? resolve() : undefined)),
        ),
    }
    const propose = (_: string, row: StoredLink): void => running.replicator.propose(row)
    const changes = new ChainChanges(suite, propose, undefined, time)
    this.changing += 1
    void changes
      .make(running.document, make(running.document))
      .then(() => {
        running.replicator.changed()
        done()
      })
      .catch((cause: unknown) => {
        if (!(cause instanceof SheafError && ['unreachable', 'no-permission', 'invalid-argument'].includes(cause.kind)))
          if (!(this.isDiskFull && cause instanceof SheafError && cause.kind === 'disk-full')) this.broke(cause)
      })
      .finally(() => {
        if (this.running === running) this.changing -= 1
      })
  }

  broke(cause: unknown): void {
    this.failure ??= cause
  }

  /** Ends without a word. What was acknowledged must be there when it is started again. */
  crash(): { readonly text: string } | null {
    if (this.running === null) return null
    const { document } = this.running
    const text = canonicalJson(document.shape())
    this.parts.network.crash(this.name)
    this.ended = document.chain().membership
    document.close()
    this.running = null
    this.changing = 0
    return { text }
  }

  /** Starts it when it is not running. On a full disk, words a crash left behind keep it from starting until there is room. */
  restart(): void {
    if (this.running !== null) return
    try {
      this.running = this.start()
    } catch (cause) {
      if (!this.isDiskFull || !(cause instanceof SheafError && cause.kind === 'disk-full')) throw cause
    }
  }

  text(): string {
    return canonicalJson(this.alive().document.shape())
  }

  state(): Uint8Array {
    return this.alive().document.state()
  }

  tips(): Tips {
    return this.alive().replica.tips()
  }

  chain(): Chain {
    return this.alive().document.chain()
  }

  /** Whether it appends rows of others, or did when it ended. */
  appends(): boolean {
    const membership = this.running?.document.chain().membership ?? this.ended
    return membership !== null && isSequencer(membership, this.keys.member.publicKey)
  }

  rows(): readonly StoredLink[] {
    return this.chain().rows
  }

  epochs(): ReadonlyMap<number, unknown> {
    return this.alive().document.members.epochKeys()
  }

  records(): readonly SignedRecord[] {
    return this.alive().document.records()
  }

  /** What would be there if it ended now. */
  onDisk(): readonly SignedRecord[] {
    return this.disk.records()
  }

  close(): void {
    this.disk.close()
    this.running?.document.close()
    this.running = null
  }

  /** Says to the peers what it holds now, as the app does whenever it has sealed something. */
  async told(): Promise<void> {
    await this.unlessFull(() => this.running?.replicator.changed())
  }

  private async unlessFull(work: () => unknown): Promise<void> {
    try {
      await work()
    } catch (cause) {
      if (!this.isDiskFull || !(cause instanceof SheafError && cause.kind === 'disk-full')) throw cause
    }
  }

  private alive(): NonNullable<Place['running']> {
    if (this.running === null) throw new Error(`${this.name} is not running.`)
    return this.running
  }

  private get storePath(): string {
    return path.join(this.parts.folder, STORE)
  }

  private start(): NonNullable<Place['running']> {
    const { suite, documentId, network, folder, secrets } = this.parts
    const store = failing(DocumentStore.open(this.storePath, null, 'normal'), () => this.isDiskFull)
    let document: OpenDocument
    try {
      document = openForProof({ folder, suite, durability: 'normal' }, documentId, undefined, store, secrets)
    } catch (cause) {
      store.close()
      throw cause
    }
    const replica = new DocumentReplica(suite, fromHex(documentId), document, () => ringOf(document))
    const replicator = new Replicator({
      suite,
      documentId: fromHex(documentId),
      replica,
      clock: { now: () => network.now },
      tell: (peer, notice) => {
        if (notice.kind !== 'failed') this.parts.tell(this, peer, notice)
        else if (!this.isDiskFull) throw notice.error
      },
    })
    const role = () => document.members.role()
    network.transport(this.name).start((link) => {
      replicator.meet(link.peer === RELAY ? RelayPlace.linkTo(link, role) : link)
    })
    return { document, replica, replicator }
  }
}

/** Sealed for the newest epoch whose key is here; who was removed has those before. */
function ringOf({ members }: OpenDocument): KeyRing {
  const all = members.epochKeys()
  const current = all.get(Math.max(0, ...all.keys()))
  if (current === undefined) throw new Error('Who is let in has a key.')
  return { all, current }
}

const WRITES = new Set<string | symbol>(['addRecords', 'appendDrafts', 'sealDrafts', 'closeRun', 'addMembers'])

/** The store on a disk that may be full. */
function failing(store: DocumentStore, isFull: () => boolean): DocumentStore {
  return new Proxy(store, {
    get(target, verb) {
      const value: unknown = Reflect.get(target, verb)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        if (isFull() && WRITES.has(verb)) throw new SheafError('disk-full', 'The disk is full.')
        return Reflect.apply(value, target, given)
      }
    },
  })
}
