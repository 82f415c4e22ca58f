/** Real documents in real stores, on one network in memory. */
import { fromHex } from '../../shared/ids.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import type { Notice } from '../../shared/protocol/session-state.ts'
import { Desk, Pane } from '../documents/open-document.fixture.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { DocumentStore } from '../storage/document-store.ts'
import { DocumentReplica } from './document-replica.ts'
import { type Faults, MemoryNetwork, NO_FAULTS } from './memory-transport.ts'
import type { Replica } from './replica.ts'
import { Replicator } from './replicator.ts'

type Told = Notice | { readonly kind: 'failed' }

/** One replica of the document, in a store of its own. */
export class Place {
  readonly name: string
  readonly told: (Told & { readonly peer: string })[] = []
  readonly desk: Desk
  document: OpenDocument
  private readonly world: World
  private replicator: Replicator

  constructor(world: World, name: string, desk: Desk) {
    this.world = world
    this.name = name
    this.desk = desk
    this.document = desk.open(world.documentId)
    this.replicator = this.join()
  }

  /** Types and has it sealed, as the app does a moment later. */
  async write(text: string): Promise<void> {
    await new Pane(this.document).type(text)
    this.replicator.changed()
  }

  say(words: Uint8Array): void {
    this.replicator.say(words)
  }

  tick(): void {
    this.replicator.tick()
  }

  leave(): void {
    this.replicator.leave()
    this.world.network.transport(this.name).stop()
  }

  /** The program ends without a word and is started again. `meanwhile` is done to its store. */
  restart(meanwhile: () => void = () => undefined): void {
    this.world.network.crash(this.name)
    this.document.close()
    meanwhile()
    this.document = this.desk.open(this.world.documentId)
    this.replicator = this.join()
  }

  get text(): string {
    return JSON.stringify(this.document.shape().content)
  }

  /** Notices of one kind. */
  heard<K extends Told['kind']>(kind: K): Extract<Told, { kind: K }>[] {
    return this.told.filter((notice): notice is Extract<Told, { kind: K }> & { peer: string } => notice.kind === kind)
  }

  private join(): Replicator {
    const { world } = this
    const replica = new DocumentReplica(suite, fromHex(world.documentId), this.document, () => world.keys)
    const replicator = new Replicator({
      suite,
      documentId: fromHex(world.documentId),
      replica: world.wrap(replica, this.name),
      clock: { now: () => world.network.now },
      tell: (peer, notice) => this.told.push({ ...notice, peer }),
    })
    world.network.transport(this.name).start((link) => replicator.meet(link))
    return replicator
  }
}

export class World {
  readonly network: MemoryNetwork
  readonly places: Place[] = []
  readonly documentId: string
  readonly keys: { current: EpochKey; all: Map<number, EpochKey> }
  /** Puts something between the sessions of a place and its document. */
  wrap: (replica: Replica, name: string) => Replica = (replica) => replica
  private readonly founder = new Desk()

  constructor(faults: Partial<Faults> = {}, seed = 7) {
    let state = seed
    const below = (limit: number): number => (state = (state * 48_271) % 2_147_483_647) % limit
    this.network = new MemoryNetwork({ below }, { ...NO_FAULTS, ...faults })
    this.documentId = this.founder.found()
    const current = { epoch: 1, key: suite.random(32) }
    this.keys = { current, all: new Map([[1, current]]) }
  }

  place(name: string): Place {
    const desk = new Desk()
    const founded = DocumentStore.open(this.founder.storePath)
    DocumentStore.open(desk.storePath, founded.members()).close()
    founded.close()
    const place = new Place(this, name, desk)
    this.places.push(place)
    return place
  }

  pass(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      this.network.pass(100)
      for (const place of this.places) place.tick()
    }
  }

  clear(): void {
    for (const place of this.places) {
      place.document.close()
      place.desk.clear()
    }
    this.founder.clear()
  }
}
