/** One round with two computers: what happens to them, and what must be so after each step. */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { toHex } from '../../shared/ids.ts'
import { documentKeys, foundDocument, founderKeys } from '../../shared/log/genesis.ts'
import { signMemberOp } from '../../shared/membership/member-op.ts'
import { readMembership } from '../../shared/membership/membership.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { seededRandom } from '../seeded-random.ts'
import { MadeUpNetwork, type Namespace } from './namespaces.ts'
import { Peer, type PeerSetup } from './peer.ts'
import { USER } from './talking-process.ts'
import { WireCapture } from './wire-capture.ts'

/** Milliseconds within which two must find each other, also when the machine is busy with other things. */
const FINDING = 10_000
const SECRETS = 50
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('')

export interface Played {
  readonly figures: Readonly<Record<string, number>>
  readonly skipped: string | null
}

export async function playTwoComputers(folder: string, seed: number, judgement: Judgement): Promise<Played> {
  fs.mkdirSync(folder)
  const round = new Round(folder, seed, judgement)
  try {
    return await round.play()
  } catch (cause) {
    judgement.breaches.push(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`)
    return { figures: {}, skipped: null }
  } finally {
    await round.clear()
  }
}

class Round {
  private readonly folder: string
  private readonly judgement: Judgement
  private readonly network = new MadeUpNetwork()
  private readonly people: readonly [PeerSetup, PeerSetup]
  private readonly secrets: string[]
  private readonly figures: Record<string, number> = {}
  private peers: Peer[] = []
  private words = 0

  constructor(folder: string, seed: number, judgement: Judgement) {
    this.folder = folder
    this.judgement = judgement
    this.people = share(folder)
    const random = seededRandom(seed)
    const letters = (): string => Array.from({ length: 10 }, () => random.pick(LETTERS)).join('')
    this.secrets = Array.from({ length: SECRETS }, letters)
  }

  async play(): Promise<Played> {
    const [a, b] = [this.network.computer('a'), this.network.computer('b')]
    for (const [card, net] of [
      ['eth0', '10.77.0'],
      ['eth1', '10.78.0'],
    ] as const) {
      this.network.cable({ at: a, card, address: `${net}.1/24` }, { at: b, card, address: `${net}.2/24` })
    }
    const capture = await WireCapture.begin(a, path.join(this.folder, 'wire'))
    await this.findAndWrite(a, b)
    await this.knock()
    await this.loseAndFind(a, b)
    await this.sleep()
    await this.leave()
    const skipped = this.listen((await capture?.end()) ?? null)
    this.network.clear()
    await this.dialByHand()
    return { figures: this.figures, skipped }
  }

  async clear(): Promise<void> {
    await this.leave()
    this.network.clear()
  }

  /** They find each other by themselves, and both have what each writes. */
  private async findAndWrite(a: Namespace, b: Namespace): Promise<void> {
    const begun = Date.now()
    this.begin(a, b, true)
    await this.come('they find each other', () => this.areConnected(), 3 * FINDING)
    this.figures['ms from start to found'] = Date.now() - begun
    this.one.tell({ do: 'title', text: this.secret() })
    await this.write('both write')
    for (let word = 0; word < 12; word++) await this.write('they go on writing')
    this.judgement.equal('links for one document on two networks', this.one.links, 1)
  }

  /** The desk of an invite is found by itself, and by nobody who has another one. */
  private async knock(): Promise<void> {
    const seeds = [toHex(suite.random(32)), toHex(suite.random(32))] as const
    this.one.tell({ do: 'serve', seed: seeds[0] })
    for (const [seed, answer] of [
      [seeds[1], 'no-such-invite'],
      [seeds[0], this.people[0].rows.length],
    ] as const) {
      this.two.tell({ do: 'knock', seed })
      await this.come(`a knock is answered with ${answer}`, () => this.two.answer === answer, 2 * FINDING)
    }
  }

  /** One network goes, then the other; each writes alone; one comes back. */
  private async loseAndFind(a: Namespace, b: Namespace): Promise<void> {
    for (const card of ['eth0', 'eth1']) {
      a.plug(card, false)
      if (card === 'eth0') {
        const begun = Date.now()
        await this.write('they go on over the other network')
        this.figures['ms to the other network'] = Date.now() - begun
      }
    }
    await this.come(
      'they notice that the cable is out',
      () => !this.isConnected(this.one) && !this.isConnected(this.two),
    )
    const words = [this.secret(), this.secret()] as const
    this.one.tell({ do: 'type', text: words[0] })
    this.two.tell({ do: 'type', text: words[1] })
    await pause(1000)
    this.judgement.equal('words through a cable that is out', this.one.text.includes(words[1]), false)
    a.plug('eth0', true)
    b.plug('eth0', true)
    const begun = Date.now()
    await this.come('they find each other again', () => this.haveAll(words))
    this.figures['ms from cable to one text'] = Date.now() - begun
  }

  private async sleep(): Promise<void> {
    this.two.sleep()
    await this.come('sleep is noticed', () => !this.isConnected(this.one))
    const word = this.secret()
    this.one.tell({ do: 'type', text: word })
    this.two.wake()
    const begun = Date.now()
    await this.come('who slept has what was written', () => this.haveAll([word]))
    this.figures['ms from waking to one text'] = Date.now() - begun
  }

  /** Nothing that was planted was said aloud. */
  private listen(wire: Buffer | null): string | null {
    if (wire === null) return 'the wire was not listened to: that needs tcpdump, or Python with raw sockets.'
    // It was listened to: what must be there is.
    this.judgement.equal('the service was heard on the wire', wire.includes('_sheaf'), true)
    // An answer of no lifetime to the question for the service: who left said so.
    const goodbye = Buffer.from('\u0005local\0\0\u000c\0\u0001\0\0\0\0', 'latin1')
    this.judgement.equal('goodbyes were heard on the wire', wire.includes(goodbye), true)
    const planted = [
      ...this.secrets.slice(0, this.words),
      ...this.people.flatMap(({ name, host }) => [name, host]),
      USER,
    ].map((text) => Buffer.from(text))
    const keys = this.people.flatMap(({ key, rows, userRoot, deviceSeed }) => {
      const [genesis] = rows
      if (genesis === undefined) throw new Error('A document begins with a row.')
      const { op, hash, sig } = genesis
      const stored = { op: hex(op), hash: hex(hash), sig: hex(sig) }
      const pair = documentKeys(suite, { userRoot: hex(userRoot), deviceSeed: hex(deviceSeed) }, stored)
      return [hex(key), pair.root.publicKey, pair.member.publicKey, ...rows.map(({ hash }) => hex(hash))]
    })
    const said = [...planted, ...keys.flatMap((one) => [Buffer.from(one), Buffer.from(toHex(one))])]
    for (const secret of said)
      this.judgement.equal(`"${secret.toString('latin1')}" on the wire`, wire.includes(secret), false)
    this.judgement.equal('at least fifty secrets were planted', said.length >= SECRETS, true)
    this.figures['secrets listened for'] = said.length
    this.figures['bytes on the wire'] = wire.length
    return null
  }

  /** A router between them: nothing is found by itself, and an address does. */
  private async dialByHand(): Promise<void> {
    const [a, router, b] = [this.network.computer('a'), this.network.computer('r'), this.network.computer('b')]
    this.network.cable(
      { at: a, card: 'eth0', address: '10.77.0.1/24' },
      { at: router, card: 'eth0', address: '10.77.0.9/24' },
    )
    this.network.cable(
      { at: b, card: 'eth0', address: '10.78.0.2/24' },
      { at: router, card: 'eth1', address: '10.78.0.9/24' },
    )
    router.forward()
    a.route('default', '10.77.0.9')
    b.route('default', '10.78.0.9')
    const begun = Date.now()
    this.begin(a, b, true)
    await this.come('it is said that nobody is near', () => this.one.status.problem === 'nobody-near', 3 * FINDING)
    this.figures['ms until nobody is near'] = Date.now() - begun
    this.two.tell({ do: 'where' })
    await this.come('the other knows its address', () => this.two.addresses.length > 0)
    this.one.tell({ do: 'dial', address: this.two.addresses[0] ?? '' })
    await this.write('an address that was typed is enough')
    this.one.tell({ do: 'dial', address: '10.78.0.77:4000' })
    await this.leave()
  }

  private begin(a: Namespace, b: Namespace, finding: boolean): void {
    this.peers = [a, b].map((namespace, index) => {
      const setup = { ...(this.people[index] ?? this.people[0]), finding }
      fs.mkdirSync(setup.folder, { recursive: true })
      const file = path.join(setup.folder, 'setup.json')
      fs.writeFileSync(file, JSON.stringify(setup))
      return new Peer(namespace, file, setup)
    })
  }

  private async leave(): Promise<void> {
    const peers = this.peers.splice(0)
    await Promise.all(peers.map((peer) => peer.leave()))
    for (const peer of peers) this.judgement.equal('errors of a peer', peer.errors.join(' '), '')
  }

  /** Each writes a word; both have both. */
  private async write(what: string): Promise<void> {
    const words = [this.secret(), this.secret()] as const
    this.one.tell({ do: 'type', text: words[0] })
    this.two.tell({ do: 'type', text: words[1] })
    await this.come(what, () => this.haveAll(words))
  }

  private haveAll(words: readonly string[]): boolean {
    const isWhole = this.peers.every(({ text }) => words.every((word) => text.includes(word)))
    return isWhole && this.one.text === this.two.text
  }

  private async come(what: string, isSo: () => boolean, within = FINDING): Promise<void> {
    const until = Date.now() + within
    while (!isSo() && Date.now() < until) await pause(20)
    // What follows would only wait in vain as well.
    if (!isSo()) throw new Error(`in vain: ${what}`)
    this.judgement.checks += 1
  }

  private areConnected(): boolean {
    return this.peers.every((peer) => this.isConnected(peer))
  }

  private isConnected(peer: Peer): boolean {
    return peer.status.state === 'connected'
  }

  private get one(): Peer {
    return this.peer(0)
  }

  private get two(): Peer {
    return this.peer(1)
  }

  private peer(index: number): Peer {
    const peer = this.peers[index]
    if (peer === undefined) throw new Error('There are two peers while they play.')
    return peer
  }

  /** The next word nobody may hear. */
  private secret(): string {
    const word = this.secrets[this.words++]
    if (word === undefined) throw new Error('A round has no more words.')
    return word
  }
}

/** A document of two people, as each of their computers knows it. */
function share(folder: string): [PeerSetup, PeerSetup] {
  const salt = suite.random(16)
  const people = [0, 1].map(() => ({ userRoot: suite.random(32), deviceSeed: suite.random(32) }))
  const [founder, guest] = people
  if (founder === undefined || guest === undefined) throw new Error('There are two people.')
  const alice = founderKeys(suite, founder.userRoot, founder.deviceSeed, salt)
  const genesis = foundDocument(suite, Date.now(), salt, alice)
  const bob = documentKeys(suite, guest, genesis)
  const membership = readMembership(suite, [genesis])
  if ('refusal' in membership) throw new Error('A genesis is a chain.')
  const change = {
    type: 'add',
    root: bob.root.publicKey,
    member: bob.member.publicKey,
    role: 'editor',
    key: null,
  } as const
  const added = signMemberOp(suite, genesis.hash, membership, alice.member, change)
  const rows = [genesis, added].map(({ op, hash, sig }) => ({ op: toHex(op), hash: toHex(hash), sig: toHex(sig) }))
  const key = toHex(suite.random(32))
  const setups = people.map(({ userRoot, deviceSeed }, index) => ({
    folder: path.join(folder, `computer-${index}`),
    name: `Planted Person ${index}`,
    host: `planted-computer-${index}`,
    rows,
    key,
    userRoot: toHex(userRoot),
    deviceSeed: toHex(deviceSeed),
    finding: true,
  }))
  return [setups[0], setups[1]] as [PeerSetup, PeerSetup]
}

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'))
}
