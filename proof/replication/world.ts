/**
 * Some people's devices and perhaps a relay, with one document, on a network and on disks that fail by chance, while people
 * are let in, change roles and are removed; the same seed, the same run.
 */
import path from 'node:path'
import { type Faults, MemoryNetwork, NO_FAULTS } from '../../main/replication/memory-transport.ts'
import { holdsRecord } from '../../main/replication/writer-tips.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { personOf } from '../../shared/membership/membership.ts'
import type { Notice } from '../../shared/protocol/session-state.ts'
import type { Tip, Tips } from '../../shared/protocol/tips.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { onceVerifying, seededSuite } from '../seeded-suite.ts'
import { type Cast, gather, newPart, type Part, secondDevice } from './cast.ts'
import { forkedHistories } from './forked-histories.ts'
import { changeMembers } from './change-members.ts'
import { Place } from './place.ts'
import { RELAY, RelayPlace } from './relay-place.ts'

/** Milliseconds from tick to tick. */
const TICK = 250
const MOST = 6
/** Milliseconds after which a change of who is in is given up. */
const PATIENCE = 12_000

export class World {
  readonly random: Random
  readonly suite: CryptoSuite
  readonly network: MemoryNetwork
  readonly places: Place[] = []
  readonly relay: RelayPlace | null
  readonly documentId: string
  /** Records that a place has on its disk, or that somebody was told it has. */
  readonly ledger: { readonly at: string; readonly writer: string; readonly end: Tip }[] = []
  /** How often each thing happened. */
  readonly counts = {
    edits: 0,
    crashes: 0,
    'full disks': 0,
    partitions: 0,
    forks: 0,
    received: 0,
    relays: 0,
    'relays lost': 0,
    'changes of members': 0,
    'changes made': 0,
    'chains forked': 0,
  }
  private comers = 0
  /** Two devices of the person who appends did so at one time, whatever became of them. */
  private hadTwoAppending = false
  private readonly folder: string
  private readonly judgement: Judgement

  constructor(seed: number, folder: string, judgement: Judgement) {
    this.folder = folder
    this.judgement = judgement
    this.random = seededRandom(seed)
    this.suite = onceVerifying(seededSuite(seed))
    const { suite, random } = this
    const cast: Cast = gather(suite, random)
    this.documentId = toHex(cast.rows[0]?.hash ?? new Uint8Array())
    this.network = new MemoryNetwork(random, randomFaults(random))
    for (const part of cast.parts) this.settle(part, cast.rows)
    const { network, documentId } = this
    const place = (name: string) => this.places.find((one) => one.name === name)
    this.relay = cast.isOnRelay ? new RelayPlace({ folder, suite, network, documentId, place }) : null
    if (this.relay !== null) this.counts.relays = 1
  }

  /** A device comes into the document with the chain as somebody told it. */
  settle(part: Part, rows: readonly StoredLink[]): void {
    const { suite, documentId, network } = this
    const folder = path.join(this.folder, String(this.places.length))
    const tell = (place: Place, peer: string, notice: Notice): void => this.hear(place, peer, notice)
    this.places.push(new Place({ ...part, folder, suite, documentId, rows, network, tell }))
  }

  get hasRoom(): boolean {
    return this.places.length < MOST
  }

  newPerson(): Part {
    return newPart(this.suite, `guest ${(this.comers += 1)}`)
  }

  otherDevice(place: Place): Part {
    const { secrets, name } = place
    return secondDevice(this.suite, { secrets, name: `${name} ${(this.comers += 1)}` })
  }

  /** Whether its chain may have forked: a relay that lost rows may append others, and so may two who both append. */
  mayFork(): boolean {
    if (this.relay !== null) return this.relay.hasLost
    this.hadTwoAppending ||= this.places.filter((place) => place.appends()).length > 1
    return this.hadTwoAppending
  }

  /** Whether two who are running, or one and the relay, have another row at one number. */
  isForked(): boolean {
    const running = this.places.filter(({ isRunning }) => isRunning)
    const all = [...running.map((place) => place.rows()), this.relay?.rows() ?? []]
    const chains = all.map((rows) => rows.map(({ hash }) => toHex(hash)))
    const longest = chains.reduce((a, b) => (b.length > a.length ? b : a))
    return chains.some((chain) => chain.some((hash, at) => hash !== longest[at]))
  }

  /** Everything at once. */
  async play(): Promise<void> {
    const { random } = this
    for (let left = 6 + random.below(14); left > 0; left--) {
      await this.happen(random.pick(this.places))
      if (random.below(3) > 0) await this.pass(TICK * (1 + random.below(8)))
    }
  }

  /** Ends all faults. */
  async heal(): Promise<void> {
    this.network.faults = { ...NO_FAULTS, delay: [1, 20] }
    if (this.relay !== null) {
      this.relay.isDiskFull = false
      this.relay.isWithholding = false
    }
    for (const place of this.places) {
      place.isDiskFull = false
      place.restart()
      await place.told()
      for (const other of [RELAY, ...this.places.map(({ name }) => name)]) this.network.connect(place.name, other, true)
    }
    // Changes of who is in that are on their way are made, or given up; and removals that were not ended are.
    for (const place of this.places) place.lookAgain()
    await this.pass(TICK)
    for (let waited = 0; waited < PATIENCE && this.places.some(({ isChanging }) => isChanging); waited += TICK)
      await this.pass(TICK)
  }

  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += TICK) {
      this.network.pass(TICK)
      for (const place of this.places) place.tick()
      this.mayFork()
      this.relay?.tick()
      await this.calm()
    }
  }

  close(): void {
    for (const place of this.places) place.close()
    this.relay?.close()
  }

  /** Lets everything that is on its way inside a program come to an end. */
  private async calm(): Promise<void> {
    const { relay } = this
    const isBusy = (): boolean => relay !== null && !relay.isIdle
    if (isBusy()) {
      while (isBusy()) await turn()
      await turn()
      await turn()
    } else if (this.places.some(({ isChanging }) => isChanging)) await turn()
    const failed = this.places.find(({ failure }) => failure !== null)
    if (failed !== undefined) throw new Error(`${failed.name} broke`, { cause: failed.failure })
  }

  /** Whether somebody's disk holds a record: in a row of its own, or in a closed run. */
  holds(place: Place, writer: string, end: Tip): boolean {
    const records = place.onDisk().filter((record) => toHex(record.writer) === writer)
    return holdsRecord(this.suite, fromHex(this.documentId), records, end)
  }

  private async happen(place: Place): Promise<void> {
    const { random, counts } = this
    const chance = random.below(100)
    if (chance < 50 || (chance < 56 && this.relay === null)) {
      counts.edits += 1
      const isTold = random.below(4) > 0
      await place.edit(random, isTold)
      // To ask what it holds has its drafts sealed: some are to be found as drafts when it ends without a word.
      if (isTold && place.isRunning && !place.isDiskFull) this.note(place.name, place.tips())
    } else if (chance < 56) this.shakeRelay()
    else if (chance < 65) {
      counts['changes of members'] += 1
      changeMembers(this, place)
    } else if (chance < 71) this.crash(place)
    else if (chance < 76) place.restart()
    else if (chance < 80) {
      counts['full disks'] += place.isDiskFull ? 0 : 1
      place.isDiskFull = !place.isDiskFull
    } else if (chance < 90) {
      const other = random.pick([...this.places.map(({ name }) => name), RELAY])
      const isReachable = random.below(2) === 0
      counts.partitions += isReachable ? 0 : 1
      if (other !== place.name) this.network.connect(place.name, other, isReachable)
    } else if (chance < 94) this.network.faults = randomFaults(random)
    else if (chance < 98) await place.finish()
    else {
      counts.forks += 1
      if (!place.isRunning) return
      const { membership, rows } = place.chain()
      const by = { member: place.keys.member, knows: membership.seq }
      const [one, another] = forkedHistories(this.suite, fromHex(this.documentId), random, by)
      await place.import(one, rows)
      // Given away as a file is, to somebody who is in.
      const inside = this.places.filter(({ keys }) => personOf(membership, keys.member.publicKey) !== null)
      if (inside.length > 0) await random.pick(inside).import(another, rows)
    }
  }

  private shakeRelay(): void {
    const { relay, random, counts } = this
    if (relay === null) return
    random.pick([
      () => relay.restart(),
      () => relay.copy(),
      () => {
        counts['relays lost'] += 1
        relay.rollBack()
      },
      () => {
        counts['relays lost'] += 1
        relay.wipe()
      },
      () => (relay.isDiskFull = !relay.isDiskFull),
      () => (relay.isWithholding = !relay.isWithholding),
    ])()
  }

  private crash(place: Place): void {
    // What the disk has no room for is not acknowledged, and may be gone.
    const isFull = place.isDiskFull
    place.isDiskFull = false
    const before = place.crash()
    if (before !== null && !isFull) {
      this.counts.crashes += 1
      place.restart()
      this.judgement.equal(`${place.name} was started again and shows other words`, place.text(), before.text)
      if (this.random.below(2) === 0) place.crash()
    }
    place.isDiskFull = isFull
  }

  private hear(place: Place, peer: string, notice: Notice): void {
    if (notice.kind === 'forked') place.forks.add(notice.writer)
    if (notice.kind === 'chain-forked') {
      place.isChainForked = true
      // One that lost rows may append others in their place: all who are apart are told, and nobody follows.
      this.judgement.equal('a chain forked', this.mayFork(), true)
    }
    // Two epochs of one number have two keys; words of the other one may come before the news of it.
    if (notice.kind === 'refused' && !(notice.reason === 'forged' && (place.isChainForked || this.isForked())))
      this.judgement.equal('an honest peer was refused', notice.reason, 'nothing')
    if (notice.kind === 'rolled-back' && (peer !== RELAY || this.relay?.hasLost !== true))
      this.judgement.equal('an honest peer was taken for an older copy', peer, 'nobody')
    if (notice.kind !== 'received') return
    for (const [writer, ends] of notice.tips) {
      for (const end of ends) {
        this.counts.received += 1
        this.judgement.equal(`"received by ${peer}" was said and is not so`, this.isHeldBy(peer, writer, end), true)
      }
    }
    this.note(peer, notice.tips)
  }

  private isHeldBy(peer: string, writer: string, end: Tip): boolean {
    const { relay } = this
    // What it said before it lost that may come late.
    if (peer === RELAY && relay !== null) return relay.hasLost || relay.holds(writer, end)
    const other = this.places.find(({ name }) => name === peer)
    if (other === undefined) throw new Error(`Nobody is called ${peer}.`)
    return this.holds(other, writer, end)
  }

  private note(at: string, tips: Tips): void {
    for (const [writer, ends] of tips) for (const end of ends) this.ledger.push({ at, writer, end })
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function randomFaults(random: Random): Faults {
  const least = random.below(50)
  return {
    lost: random.pick([0, 0, 5, 30, 60]),
    doubled: random.pick([0, 0, 10, 50]),
    delay: [least, least + random.pick([0, 20, 400, 3000])],
    overtaking: random.below(2) === 0,
  }
}
