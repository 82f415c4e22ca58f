/** Devices of a shared document on a network in memory, each with a store of its own; time passes when told to. */
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { documentKeys, type FounderKeys } from '../../shared/log/genesis.ts'
import { readChain } from '../../shared/membership/chain.ts'
import { beginEpoch } from '../../shared/membership/epoch-chain.ts'
import { type MemberChange, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { Desk, Pane } from '../documents/open-document.fixture.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { DocumentReplica, type KeyRing } from '../replication/document-replica.ts'
import { LogDocument } from '../replication/log-document.fixture.ts'
import { type Faults, MemoryNetwork, NO_FAULTS } from '../replication/memory-transport.ts'
import { Replicator } from '../replication/replicator.ts'
import type { Link, WatchedTransport } from '../replication/transport.ts'
import { DocumentStore } from '../storage/document-store.ts'
import { documentAccess } from '../sharing/document-access.ts'
import { Gathering } from './gathering.ts'

/** A transport in memory that proves who is at the other end, as that of a local network does. */
export function provenTransport(network: MemoryNetwork, name: string): WatchedTransport {
  const transport = network.transport(name)
  return {
    start: (meet) => transport.start((link) => meet(proven(link))),
    stop: () => transport.stop(),
    watch: () => undefined,
  }
}

function proven(link: Link): Link {
  const isMember = /^[0-9a-f]{64}$/.test(link.peer)
  return {
    peer: link.peer,
    member: isMember ? link.peer : null,
    send: (frame) => link.send(frame),
    listen: (listener) => link.listen(listener),
    close: () => link.close(),
  }
}

/** A device with the document open. */
export class Device {
  readonly desk: Desk
  readonly member: string
  readonly heard: string[] = []
  document: OpenDocument
  gathering: Gathering
  private readonly circle: Circle

  constructor(circle: Circle, desk: Desk, member: string) {
    this.circle = circle
    this.desk = desk
    this.member = member
    this.document = desk.open(circle.documentId)
    this.gathering = this.gather()
  }

  async write(text: string): Promise<void> {
    await new Pane(this.document).type(text)
    this.document.seal()
    this.gathering.look()
  }

  /** Shows a picture on the page. */
  async picture(blob: string): Promise<void> {
    await this.document.edit((doc) => {
      const image = new Y.XmlElement('image')
      image.setAttribute('blob', blob)
      doc.getXmlFragment(BODY).push([image])
    })
    this.document.seal()
    this.gathering.look()
  }

  /** The program ends without a word and is started again. `meanwhile` is done to its store. */
  restart(meanwhile: () => void = () => undefined): void {
    this.circle.network.crash(this.member)
    this.document.close()
    meanwhile()
    this.document = this.desk.open(this.circle.documentId)
    this.gathering = this.gather()
  }

  get text(): string {
    return JSON.stringify(this.document.shape().content)
  }

  private gather(): Gathering {
    const { circle, document } = this
    const access = documentAccess(document)
    if (access === null) throw new Error('This device is not in the document.')
    const gathering = new Gathering({
      suite,
      document,
      access,
      clock: { now: () => circle.network.now },
      logger: { info: () => undefined, error: () => undefined },
      self: () => ({ name: this.member.slice(0, 4), color: 1 }),
      changed: () => undefined,
      keepPicture: (picture) => document.pictures.keep([picture]),
    })
    const open = () => provenTransport(circle.network, this.member)
    const relayed = () => provenTransport(circle.relayNetwork, this.member)
    gathering.go([
      { way: 'lan', relay: null, open },
      ...(circle.relay === null ? [] : [{ way: 'relay' as const, relay: RELAY, open: relayed }]),
    ])
    return gathering
  }
}

const RELAY = 'wss://relay.example'

/** A relay as the network sees it: it proves no member, and holds what it is given until it is wiped. */
export class MemoryRelay {
  private readonly circle: Circle
  private replicator: Replicator

  constructor(circle: Circle) {
    this.circle = circle
    this.replicator = this.begin()
  }

  /** It comes back with nothing. */
  wipe(): void {
    this.circle.relayNetwork.crash('relay')
    this.replicator = this.begin()
  }

  tick(): void {
    this.replicator.tick()
  }

  private begin(): Replicator {
    const { rows, relayNetwork, keys } = this.circle
    const document = new LogDocument(suite, rows)
    const documentId = fromHex(this.circle.documentId)
    const replica = new DocumentReplica(suite, documentId, document, () => keys)
    const clock = { now: () => relayNetwork.now }
    const replicator: Replicator = new Replicator({
      suite,
      documentId,
      replica,
      clock,
      tell: (_peer, notice) => (notice.kind === 'heard' ? replicator.say(notice.bytes) : undefined),
    })
    relayNetwork.transport('relay').start((link) => replicator.meet(link))
    return replicator
  }
}

/** The people of one document: the founder first, all others as editors. */
export class Circle {
  readonly network: MemoryNetwork
  readonly documentId: string
  readonly devices: readonly Device[]
  /** Where the relay is, when there is one. */
  readonly relayNetwork: MemoryNetwork
  readonly rows: readonly StoredLink[]
  readonly keys: KeyRing
  readonly relay: MemoryRelay | null

  constructor(size: number, faults: Partial<Faults> = {}, seed = 7, hasRelay = false) {
    let state = seed
    const below = (limit: number): number => (state = (state * 48_271) % 2_147_483_647) % limit
    this.network = new MemoryNetwork({ below }, { ...NO_FAULTS, ...faults })
    const desks = Array.from({ length: size }, () => new Desk())
    const [founder] = desks
    if (founder === undefined) throw new Error('A document has a founder.')
    this.documentId = founder.found()
    const epoch = { epoch: 1, key: suite.random(32) }
    const rows = chainOf(desks, founder, epoch)
    this.rows = rows
    this.keys = { current: epoch, all: new Map([[1, epoch]]) }
    this.relayNetwork = new MemoryNetwork({ below })
    this.relay = hasRelay ? new MemoryRelay(this) : null
    for (const desk of desks) {
      const store = DocumentStore.open(desk.storePath, [])
      store.addMembers(rows.map((row, seq) => ({ seq, ...row })))
      store.close()
    }
    this.devices = desks.map((desk) => new Device(this, desk, toHex(keysOf(desk, rows).member.publicKey)))
  }

  pass(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      this.network.pass(100)
      this.relayNetwork.pass(100)
      this.relay?.tick()
      for (const { gathering } of this.devices) gathering.tick()
    }
  }

  clear(): void {
    for (const { document, desk } of this.devices) {
      document.close()
      desk.clear()
    }
  }
}

/** Genesis, first epoch, and everybody let in. */
function chainOf(desks: readonly Desk[], founder: Desk, epoch: EpochKey): readonly StoredLink[] {
  const store = DocumentStore.open(founder.storePath)
  const rows: StoredLink[] = store.members().map(({ op, hash, sig }) => ({ op, hash, sig }))
  store.close()
  const append = (change: MemberChange): void => {
    const chain = readChain(suite, rows)
    if ('refusal' in chain) throw new Error(`row ${chain.row}: ${chain.refusal}`)
    const { membership } = chain
    rows.push(signMemberOp(suite, membership.documentId, membership, keysOf(founder, rows).member, change))
  }
  const genesis = readChain(suite, rows)
  if ('refusal' in genesis) throw new Error(genesis.refusal)
  append(beginEpoch(suite, genesis.membership, epoch, null))
  for (const desk of desks.slice(1)) {
    const { root, member } = keysOf(desk, rows)
    const key = suite.seal(epoch.key, member.publicKey)
    append({ type: 'add', root: root.publicKey, member: member.publicKey, role: 'editor', key })
  }
  return rows
}

function keysOf({ installation }: Desk, [genesis]: readonly StoredLink[]): FounderKeys {
  if (genesis === undefined) throw new Error('A chain begins with a genesis.')
  return documentKeys(suite, installation, genesis)
}
