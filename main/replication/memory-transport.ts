/**
 * A network in memory, with everything that goes wrong on real ones: frames that are lost, late, doubled or out of order,
 * places that can't reach each other, and programs that end without a word. Time passes only when told to, and chance
 * comes from outside, so that the same chance gives the same run.
 */
import { LinkInbox, type LinkListener } from '../../shared/protocol/link-inbox.ts'
import type { Link, Transport } from './transport.ts'

export interface Faults {
  /** Frames of a hundred that never arrive, and that arrive twice. */
  readonly lost: number
  readonly doubled: number
  /** Milliseconds a frame takes, at least and at most. */
  readonly delay: readonly [least: number, most: number]
  /** Whether a frame may overtake those before it. */
  readonly overtaking: boolean
}

export const NO_FAULTS: Faults = { lost: 0, doubled: 0, delay: [1, 1], overtaking: false }

/** Milliseconds until two that can reach each other and have no link find each other. */
const FINDING = 200

interface Chance {
  below(limit: number): number
}

interface Due {
  readonly at: number
  /** Orders what is due at one time. */
  readonly order: number
  run(): void
}

export class MemoryNetwork {
  faults: Faults
  now = 0
  private readonly chance: Chance
  private readonly due: Due[] = []
  private order = 0
  private readonly meeting = new Map<string, (link: Link) => void>()
  private readonly links = new Map<string, readonly [MemoryLink, MemoryLink]>()
  private readonly apart = new Set<string>()
  private readonly seeking = new Set<string>()

  constructor(chance: Chance, faults: Faults = NO_FAULTS) {
    this.chance = chance
    this.faults = faults
  }

  transport(name: string): Transport {
    return {
      start: (meet) => {
        this.meeting.set(name, meet)
        for (const other of this.meeting.keys()) if (other !== name) this.seek(name, other)
      },
      stop: () => {
        this.meeting.delete(name)
        for (const link of this.linksOf(name)) link.close()
      },
    }
  }

  /** Ends a program without a word: its links are gone, and the other ends hear nothing. */
  crash(name: string): void {
    this.meeting.delete(name)
    for (const link of this.linksOf(name)) link.die()
  }

  /** Whether two can reach each other, from now on. What is on its way between two who can't is lost. */
  connect(a: string, b: string, reachable: boolean): void {
    if (reachable) this.apart.delete(pair(a, b))
    else this.apart.add(pair(a, b))
  }

  /** Lets time pass, and everything happen that is due in it. */
  pass(milliseconds: number): void {
    const until = this.now + milliseconds
    for (;;) {
      const next = this.due[0]
      if (next === undefined || next.at > until) break
      this.due.shift()
      this.now = next.at
      next.run()
    }
    this.now = until
  }

  after(milliseconds: number, run: () => void): void {
    const one = { at: this.now + milliseconds, order: (this.order += 1), run }
    const index = this.due.findLastIndex((other) => other.at <= one.at)
    this.due.splice(index + 1, 0, one)
  }

  /** How a frame fares from one to the other: the times at which it arrives. */
  private arrivals(from: MemoryLink): number[] {
    const { lost, doubled, delay, overtaking } = this.faults
    const [least, most] = delay
    const copies = this.chance.below(100) < lost ? 0 : this.chance.below(100) < doubled ? 2 : 1
    return Array.from({ length: copies }, () => {
      const at = this.now + least + this.chance.below(most - least + 1)
      if (overtaking) return at
      return (from.lastArrival = Math.max(at, from.lastArrival))
    })
  }

  transmit(from: MemoryLink, frame: Uint8Array): void {
    const bytes = Uint8Array.from(frame)
    for (const at of this.arrivals(from)) {
      this.after(at - this.now, () => {
        if (!this.apart.has(pair(from.name, from.peer))) from.other.arrive(bytes)
      })
    }
  }

  /** The other end hears of it, unless nothing gets through: then its session notices the silence. */
  ended(link: MemoryLink): void {
    const { other } = link
    this.after(this.faults.delay[1], () => {
      if (!this.apart.has(pair(link.name, link.peer))) other.die()
    })
    this.seek(link.name, link.peer)
  }

  /** Has two find each other after a while. However often it is asked to: two who both close each link would double them. */
  private seek(a: string, b: string): void {
    const key = pair(a, b)
    if (this.seeking.has(key)) return
    this.seeking.add(key)
    this.after(FINDING, () => {
      this.seeking.delete(key)
      this.find(a, b)
    })
  }

  private find(a: string, b: string): void {
    const [ours, theirs] = [this.meeting.get(a), this.meeting.get(b)]
    if (ours === undefined || theirs === undefined) return
    const key = pair(a, b)
    const current = this.links.get(key)
    if (current?.every((link) => link.isOpen)) return
    if (this.apart.has(key)) return this.seek(a, b)
    for (const link of current ?? []) link.die()
    const link = new MemoryLink(this, a, b)
    const other = new MemoryLink(this, b, a)
    link.other = other
    other.other = link
    this.links.set(key, [link, other])
    ours(link)
    theirs(other)
  }

  private linksOf(name: string): MemoryLink[] {
    return [...this.links.values()].flat().filter((link) => link.name === name)
  }
}

class MemoryLink implements Link {
  readonly name: string
  readonly peer: string
  /** Whoever it is, they can read. */
  readonly member: string
  other: MemoryLink = this
  lastArrival = 0
  private readonly network: MemoryNetwork
  private readonly inbox = new LinkInbox()

  constructor(network: MemoryNetwork, name: string, peer: string) {
    this.network = network
    this.name = name
    this.peer = peer
    this.member = peer
  }

  get isOpen(): boolean {
    return this.inbox.isOpen
  }

  send(frame: Uint8Array): void {
    if (this.isOpen) this.network.transmit(this, frame)
  }

  listen(listener: LinkListener): void {
    this.inbox.listen(listener)
  }

  close(): void {
    if (this.inbox.end()) this.network.ended(this)
  }

  arrive(frame: Uint8Array): void {
    if (!this.inbox.receive(frame)) this.close()
  }

  /** It is over on this side, and this side is told. */
  die(): void {
    this.inbox.end()
  }
}

function pair(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
