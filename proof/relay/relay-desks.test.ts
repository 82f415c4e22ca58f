import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RelayHub } from '../../main/replication/relay/relay-hub.ts'
import type { RelayInviteDesk } from '../../main/replication/relay/relay-invite-desk.ts'
import { someone, type Someone } from '../../main/replication/shared-document.fixture.ts'
import type { KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { signConsent, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import type { RelayMessage } from '../../shared/relay/relay-message.ts'
import { lookBytes, type Meeting, vaultBytes } from '../../shared/relay/relay-proof.ts'
import { Bare } from './bare.fixture.ts'
import { Circle, type RelayWriter, suite, TestRelay, until, WORLD } from './relay.fixture.ts'

let relay: TestRelay
let circle: Circle
let ana: RelayWriter
let now = Date.now()
const hubs: RelayHub[] = []
const bares: Bare[] = []

beforeEach(async () => {
  now = Date.now()
  relay = await TestRelay.start({}, undefined, { now: () => now })
  circle = new Circle(relay)
  ana = circle.writer(circle.shared.founder).start()
  await until('connected', () => ana.met === 1)
})

afterEach(async () => {
  circle.clear()
  for (const hub of hubs.splice(0)) hub.stop()
  for (const bare of bares.splice(0)) bare.socket.terminate()
  await relay.clear()
})

const BOX = Buffer.from('what the link opens')

/** An invite in the chain, with its box on the relay. */
async function invite(uses: number, approval = false): Promise<KeyPair> {
  const key = suite.keyPair(suite.random(32))
  const change = {
    type: 'invite',
    invite: key.publicKey,
    role: 'editor',
    uses,
    expires: now + 3_600_000,
    approval,
  } as const
  await ana.hub.relay(relay.url).putInvite(ana.access, { invite: key.publicKey, box: BOX })
  const { membership } = ana.document.chain()
  const row = signMemberOp(suite, membership.documentId, membership, circle.shared.founder.member, change)
  ana.replicator.propose(row)
  await until('the row came round', () => ana.document.chain().membership.invites.size > membership.invites.size)
  return key
}

class Joiner {
  readonly person: Someone = someone()
  readonly desk: RelayInviteDesk

  constructor() {
    const hub = new RelayHub(WORLD)
    hubs.push(hub)
    this.desk = hub.relay(relay.url).desk()
  }

  row(key: KeyPair, chain: readonly StoredLink[]): StoredLink {
    const { root, member } = this.person
    const { documentId } = circle.shared
    const consent = signConsent(suite, documentId, key.publicKey, root, member.publicKey)
    const change = {
      type: 'invite-use',
      invite: key.publicKey,
      root: root.publicKey,
      member: member.publicKey,
      consent,
    } as const
    return signMemberOp(
      suite,
      documentId,
      { seq: chain.length - 1, hash: chain.at(-1)?.hash ?? root.seed },
      key,
      change,
    )
  }

  /** Looks, makes the row and takes, again as long as somebody else was first. */
  async join(key: KeyPair): Promise<string> {
    for (;;) {
      const looked = await this.desk.look(circle.shared.documentId, key)
      if (typeof looked === 'string') return looked
      const row = this.row(key, looked.chain)
      const taken = await this.desk.take(circle.shared.documentId, key, row)
      if (taken === 'stale') continue
      return typeof taken === 'string' ? taken : this.opened(taken.box)
    }
  }

  /** What the relay gave, as far as this device can open it. */
  opened(box: Uint8Array): string {
    return Buffer.from(suite.unseal(box, this.person.member) ?? []).toString()
  }
}

describe('invites on a relay', () => {
  it('RELAY-11: who has the link is let in by it, gets its box, and is then a member like any other', async () => {
    const key = await invite(1)
    const eva = new Joiner()
    expect(await eva.join(key)).toBe('what the link opens')
    await until('the others hear of it', () => ana.document.chain().membership.people.size === 2)
    circle.shared.chain.splice(0, circle.shared.chain.length, ...ana.document.chain().rows)
    const writer = circle.writer(eva.person).start()
    writer.write(2)
    await until('her words came', () => ana.count === 2)
  })

  it('RELAY-12: of many who take one link at once as many get in as it is for, and the others hear why not', async () => {
    for (const uses of [1, 3]) {
      const key = await invite(uses)
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => new Joiner().join(key)))
      expect(outcomes.filter((outcome) => outcome === 'what the link opens')).toHaveLength(uses)
      expect(outcomes.filter((outcome) => outcome === 'used-up')).toHaveLength(6 - uses)
    }
  })

  it('RELAY-12: a link that has expired by the relay’s clock, that was dropped, or that never was lets nobody in', async () => {
    const key = await invite(2)
    const [eva, other] = [new Joiner(), suite.keyPair(suite.random(32))]
    expect(await eva.join(other)).toBe('no-such-invite')
    const chain = ana.document.chain().rows
    now += 3_600_001
    expect(await eva.join(key)).toBe('expired')
    const taken = await eva.desk.take(circle.shared.documentId, key, eva.row(key, chain))
    expect(taken).toBe('expired')
    now -= 3_600_001
    await ana.hub.relay(relay.url).dropInvite(ana.access, key.publicKey)
    expect(await eva.join(key)).toBe('no-such-invite')
    expect(ana.document.chain().membership.people.size).toBe(1)
  })

  it('RELAY-12: the box goes out once; again only for the very row that took it, when the answer was lost', async () => {
    const key = await invite(1)
    const [eva, mallory] = [new Joiner(), new Joiner()]
    const { documentId } = circle.shared
    const row = eva.row(key, ana.document.chain().rows)
    await eva.desk.take(documentId, key, row)
    const again = await eva.desk.take(documentId, key, row)
    expect(typeof again === 'string' ? again : eva.opened(again.box)).toBe('what the link opens')
    // Whoever else has the link sees the row as well, and what is given for it opens nothing.
    const stolen = await mallory.desk.take(documentId, key, row)
    expect(typeof stolen === 'string' ? stolen : mallory.opened(stolen.box)).toBe('')
    now += 61_000
    expect(await mallory.desk.take(documentId, key, row)).toBe('used-up')
    expect(await mallory.join(key)).toBe('used-up')
  })

  it('RELAY-41: the chain is shown to who has the link, here and now: not to who knows the invite from the chain', async () => {
    const key = await invite(1)
    const [ben, { documentId }] = [circle.add('editor'), circle.shared]
    const [one, other] = [new Bare(relay.url), new Bare(relay.url)]
    bares.push(one, other)
    const look = async (bare: Bare, id: number, meeting: Meeting, by: KeyPair): Promise<string> => {
      const sig = suite.sign(lookBytes(meeting, documentId, key.publicKey), by)
      bare.say({ t: 'look', id, document: documentId, invite: key.publicKey, sig, from: 0 })
      const answer = (): RelayMessage | undefined => bare.heard.find((heard) => 'id' in heard && heard.id === id)
      await until('answered', () => answer() !== undefined)
      const heard = answer()
      return heard?.t === 'no' ? heard.why : (heard?.t ?? '')
    }
    await Promise.all([one, other].map((bare) => until('challenged', () => bare.heard.length > 0)))
    for (const bare of [one, other]) bare.say({ t: 'hello', min: 1, max: 1 })
    expect(await look(one, 1, one.meeting, key)).toBe('chain')
    expect(await look(one, 2, one.meeting, ben.member)).toBe('refused')
    expect(await look(one, 3, { ...one.meeting, host: 'another.example' }, key)).toBe('refused')
    expect(await look(other, 4, one.meeting, key)).toBe('refused')
  })

  it('RELAY-41: who took it looks at what became of it until it ends, and no longer', async () => {
    const key = await invite(1)
    const [eva, { documentId }] = [new Joiner(), circle.shared]
    await eva.join(key)
    expect(await eva.desk.look(documentId, key)).toHaveProperty('chain')
    now += 3_600_001
    expect(await eva.desk.look(documentId, key)).toBe('expired')
  })

  it('RELAY-13: where an owner has to say yes, a wish is kept until there is an answer, and the link alone lets nobody in', async () => {
    const key = await invite(5, true)
    const eva = new Joiner()
    expect(await eva.join(key)).toBe('busy')
    const { root, member } = eva.person
    const consent = signConsent(suite, circle.shared.documentId, key.publicKey, root, member.publicKey)
    const wish = { root: root.publicKey, member: member.publicKey, consent, name: Buffer.from('sealed name') }
    expect(await eva.desk.ask(circle.shared.documentId, key, wish)).toBeNull()
    expect(await eva.desk.ask(circle.shared.documentId, key, wish)).toBeNull()
    const asked = await ana.hub.relay(relay.url).requests(ana.access)
    expect(asked.map(({ name }) => Buffer.from(name).toString())).toEqual(['sealed name'])
    const { membership } = ana.document.chain()
    const change = { type: 'add', root: root.publicKey, member: member.publicKey, role: 'reader', key: null } as const
    ana.replicator.propose(signMemberOp(suite, membership.documentId, membership, circle.shared.founder.member, change))
    await until('she is in', () => ana.document.chain().membership.people.size === 2)
    expect(await ana.hub.relay(relay.url).requests(ana.access)).toEqual([])
  })

  it('RELAY-13: who is no owner neither leaves invites nor sees who asks', async () => {
    const ben = circle.add('editor')
    ana.document.follow(circle.shared.chain)
    ana.replicator.changed()
    const writer = circle.writer(ben).start()
    await until('he is in', () => writer.met === 1)
    const client = writer.hub.relay(relay.url)
    await expect(client.requests(writer.access)).rejects.toMatchObject({
      kind: 'unreachable',
      data: { why: 'refused' },
    })
    const box = { invite: suite.random(32), box: BOX }
    await expect(client.putInvite(writer.access, box)).rejects.toMatchObject({ data: { why: 'refused' } })
  })

  it('RELAY-14: an invite is not left on a relay whose clock is more than five minutes off', async () => {
    now += 6 * 60_000
    const late = new RelayHub(WORLD)
    hubs.push(late)
    const client = late.relay(relay.url)
    await client.getVault(suite.random(32))
    await expect(client.putInvite(ana.access, { invite: suite.random(32), box: BOX })).rejects.toMatchObject({
      data: { why: 'clock' },
    })
  })
})

describe('vaults on a relay', () => {
  it('RELAY-15: a vault is changed one version at a time, by who has its key; of two at once one is told to look again', async () => {
    const client = ana.hub.relay(relay.url)
    const key = suite.keyPair(suite.random(32))
    const put = (version: number, text: string, by = key) => {
      const bytes = Buffer.from(text)
      return client.putVault(
        key.publicKey,
        version,
        bytes,
        suite.sign(vaultBytes(suite, key.publicKey, version, bytes), by),
      )
    }
    expect(await client.getVault(key.publicKey)).toBeNull()
    expect(await put(1, 'first', suite.keyPair(suite.random(32)))).toBe('refused')
    expect((await Promise.all([put(1, 'one'), put(1, 'two')])).sort()).toEqual(['kept', 'stale'])
    expect(await put(3, 'leap')).toBe('stale')
    expect(await put(2, 'second')).toBe('kept')
    const vault = await client.getVault(key.publicKey)
    expect(vault).toMatchObject({ version: 2 })
    await relay.restart()
    const again = new RelayHub(WORLD)
    hubs.push(again)
    const kept = await again.relay(relay.url).getVault(key.publicKey)
    expect(typeof kept === 'object' && Buffer.from(kept?.bytes ?? []).toString()).toBe('second')
  })
})
