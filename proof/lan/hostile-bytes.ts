/**
 * Bytes thrown at the port of an app: greetings and messages changed, cut, put together from others, by strangers and by
 * a member who lies. The app goes on, and those who are linked hear each other all the while.
 */
import net from 'node:net'
import { Access, App, epochs, until } from '../../main/replication/lan/lan.fixture.ts'
import { tagsOf } from '../../main/replication/lan/document-tags.ts'
import { FrameCipher } from '../../main/replication/lan/frame-cipher.ts'
import { Dialling, GREETING, newStaticKey, type Secured } from '../../main/replication/lan/lan-greeting.ts'
import { encodeMessage, type LanMessage, PARTINGS } from '../../main/replication/lan/lan-message.ts'
import { proveMember } from '../../main/replication/lan/member-proof.ts'
import { SharedDocument, someone } from '../../main/replication/shared-document.fixture.ts'
import { concat, type CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../shared/ids.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'

/** Messages on one connection, and connections at a time. */
const A_CONNECTION = 40
const AT_A_TIME = 8

interface Attack {
  readonly port: number
  readonly suite: CryptoSuite
  readonly random: Random
  readonly access: Access
}

export interface HostileFigures {
  readonly greetings: number
  readonly messages: number
  /** Milliseconds the slowest frame of the honest took. */
  readonly slowest: number
}

export async function throwBytes(seed: number, count: number, judgement: Judgement): Promise<HostileFigures> {
  const [random, suite] = [seededRandom(seed), seededSuite(seed)]
  const shared = new SharedDocument()
  const [bob, liar] = [someone(), someone()]
  for (const { root, member } of [bob, liar])
    shared.change({ type: 'add', root: root.publicKey, member: member.publicKey, role: 'editor', key: null })
  const keys = epochs(2)
  const [one, two] = [new App(), new App()]
  try {
    one.open(new Access(shared.founder.member, shared.chain, keys))
    two.open(new Access(bob.member, shared.chain, keys))
    const address = await one.address()
    two.hub.dial(address)
    await until(() => one.linked.length === 1 && two.linked.length === 1, 'the honest are linked')
    const honest = new Honest(one, two, toHex(bob.member.publicKey))
    const attack = {
      port: Number(address.split(':')[1]),
      suite,
      random,
      access: new Access(liar.member, shared.chain, keys),
    }
    let [greetings, messages] = [0, 0]
    const attacker = async (): Promise<void> => {
      while (greetings + messages < count) {
        if (greetings < messages / 7) greetings += await greetBadly(attack)
        else messages += await speakBadly(attack)
      }
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, attacker))
    const { said, heard, slowest } = await honest.end()
    judgement.checks += greetings + messages
    judgement.equal('frames of the honest that did not arrive in their order', heard, said)
    judgement.equal('links the honest made, who never lost each other', two.linked.length, 1)
    return { greetings, messages, slowest: Math.round(slowest) }
  } finally {
    await Promise.all([one.hub.stop(), two.hub.stop()])
  }
}

/** Two who write to each other all the while. */
class Honest {
  private said = 0
  private arrived = 0
  private slowest = 0
  private isOver = false
  private readonly going: Promise<void>
  private readonly two: App
  private readonly name: string

  /** `name`: what the first calls the second. */
  constructor(one: App, two: App, name: string) {
    this.two = two
    this.name = name
    this.going = this.go(one)
  }

  async end(): Promise<{ said: number; heard: number; slowest: number }> {
    this.isOver = true
    await this.going
    return { said: this.said, heard: this.inOrder(), slowest: this.slowest }
  }

  private async go(one: App): Promise<void> {
    while (!this.isOver) {
      const begun = performance.now()
      this.said += 1
      // The liar is linked, too: it is told from them by the peer's name.
      const link = one.linked.find(({ peer }) => peer === this.name)
      link?.send(new TextEncoder().encode(`frame ${this.said}`))
      await until(() => this.inOrder() >= this.said, `frame ${this.said} of the honest arrives`)
      this.slowest = Math.max(this.slowest, performance.now() - begun)
    }
  }

  /** How many have arrived, one after the other. */
  private inOrder(): number {
    const { heard } = this.two
    while (new TextDecoder().decode(heard[this.arrived]) === `frame ${this.arrived + 1}`) this.arrived += 1
    return this.arrived
  }
}

/** Dials with a greeting that is not quite one. Answers how many messages were thrown. */
async function greetBadly({ port, suite, random }: Attack): Promise<number> {
  const greeting = new Dialling(suite, newStaticKey(), random.below(3) === 0 ? suite.random(32) : null)
  const { send } = greeting.begin()
  const first = send ?? new Uint8Array()
  const isWrongAtOnce = random.below(3) > 0
  const socket = await dial(port)
  socket.write(isWrongAtOnce ? mutated(first, suite, random) : first)
  if (isWrongAtOnce) {
    await over(socket, random.below(2))
    return 1
  }
  const second = await heard(socket, GREETING.second)
  if (second.length === GREETING.second) {
    greeting.receive(second.subarray(0, 1))
    const step = greeting.receive(second.subarray(1))
    socket.write(mutated(step.send ?? suite.random(GREETING.third), suite, random))
  }
  await over(socket, random.below(2))
  return 2
}

/** Greets as one should, and says what nobody says. Answers how many messages were thrown. */
async function speakBadly(attack: Attack): Promise<number> {
  const { port, suite, random, access } = attack
  const greeting = new Dialling(suite, newStaticKey())
  const socket = await dial(port)
  socket.write(greeting.begin().send ?? new Uint8Array())
  const second = await heard(socket, GREETING.second)
  greeting.receive(second.subarray(0, 1))
  const step = second.length === GREETING.second ? greeting.receive(second.subarray(1)) : null
  if (step?.kind !== 'done') {
    socket.destroy()
    return 1
  }
  socket.write(step.send ?? new Uint8Array())
  const cipher = new FrameCipher(suite, step.secured.tx, step.secured.rx)
  let thrown = 0
  for (; thrown < A_CONNECTION && !socket.destroyed && socket.writable; thrown++) {
    const message = encodeMessage(randomMessage(step.secured, access, suite, random))
    const plaintext = random.below(3) === 0 ? mutated(message, suite, random) : message
    const sealed = cipher.seal(plaintext.length === 0 ? Uint8Array.of(0) : plaintext)
    socket.write(random.below(100) === 0 ? mutated(sealed, suite, random) : sealed)
    if (random.below(8) === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await over(socket, 1)
  return thrown
}

function randomMessage(secured: Secured, access: Access, suite: CryptoSuite, random: Random): LanMessage {
  const channel = random.below(4)
  const theirs = [...tagsOf(suite, access, secured.hash, 1).values()]
  const ours = [...tagsOf(suite, access, secured.hash, 0).values()]
  const side = random.pick([0, 0, 0, 1] as const)
  const proof = proveMember(suite, access.device, access.documentId, secured.hash, side)
  const proved = { member: access.device.publicKey, proof }
  switch (random.below(8)) {
    case 0:
      return { op: 'tags', tags: random.below(2) === 0 ? ours : [...theirs, toHex(suite.random(16))] }
    case 1:
      return { op: 'open', channel, tag: random.pick([...theirs, ...ours, toHex(suite.random(16))]), ...proved }
    case 2:
      return { op: 'opened', channel, ...proved }
    case 3:
      return { op: 'frame', channel, bytes: suite.random(1 + random.below(3000)) }
    case 4:
      return random.below(6) === 0
        ? { op: 'close', channel, parting: random.pick(PARTINGS) }
        : { op: random.pick(['ping', 'pong'] as const) }
    case 5:
      return { op: 'ask', question: channel, bytes: suite.random(random.below(200)) }
    case 6:
      return { op: 'answer', question: channel, isLast: true, bytes: suite.random(random.below(200)) }
    default:
      return { op: 'ping' }
  }
}

function mutated(bytes: Uint8Array, suite: CryptoSuite, random: Random): Uint8Array {
  const changed = bytes.slice()
  switch (random.below(5)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length))
    case 1:
      return concat(bytes, suite.random(1 + random.below(100)))
    case 2:
      return suite.random(1 + random.below(200))
    case 3: {
      const [at, other] = [random.below(bytes.length), random.below(bytes.length)]
      changed.copyWithin(Math.min(at, other), Math.max(at, other))
      return changed
    }
    default: {
      const at = random.below(bytes.length)
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
      return changed
    }
  }
}

function dial(port: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket))
    socket.once('close', () => resolve(socket))
  })
}

/** What comes until there is so much, or nothing more. */
function heard(socket: net.Socket, length: number): Promise<Uint8Array> {
  return new Promise((resolve) => {
    let bytes = new Uint8Array()
    const done = (): void => resolve(bytes)
    socket.on('data', (piece: Uint8Array) => {
      bytes = new Uint8Array(concat(bytes, piece))
      if (bytes.length >= length) done()
    })
    socket.once('close', done)
    setTimeout(done, 200)
  })
}

/** Ends it: now and then without a word. */
function over(socket: net.Socket, kind: number): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      if (kind === 0) socket.destroy()
      else socket.end()
      setTimeout(() => socket.destroy(), 20)
      if (socket.destroyed) resolve()
      else socket.once('close', () => resolve())
    })
  })
}
