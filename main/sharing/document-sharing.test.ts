import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SheafError } from '../../shared/errors.ts'
import { decodeInvite } from '../../shared/sharing/invite-link.ts'
import { inviteKey, openBox, sealName } from '../../shared/sharing/invite-box.ts'
import { changeOf, signConsent, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { plainVault } from '../documents/open-document.fixture.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { DocumentStore } from '../storage/document-store.ts'
import { openEnvelope, sealRecord } from '../../shared/protocol/envelope.ts'
import { type Neighbour, shape, Street } from './street.fixture.ts'

let street: Street
let alice: Neighbour
let id: string
const WISH = { role: 'editor', uses: 1 as number, hours: 24, approval: false } as const

beforeEach(async () => {
  street = new Street()
  alice = street.move('Alice')
  id = await alice.registry.create(shape('Plan', 'Alice began.'))
})

afterEach(() => street.clear())

async function letIn(
  name: string,
  wish: Partial<typeof WISH> | { role: 'commenter' | 'reader' | 'owner' } = {},
): Promise<Neighbour> {
  const neighbour = street.move(name)
  const { link } = await alice.sharing.invite(id, { ...WISH, ...wish })
  expect(await neighbour.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
  street.meet(id)
  return neighbour
}

describe('sharing', () => {
  it('MEMBER-26: who takes an invite reads all that was written before and writes with the others', async () => {
    const bob = await letIn('Bob')
    expect(bob.text(id)).toContain('Alice began.')
    expect(bob.files).toEqual(['Plan'])
    await bob.write(id, 'Alice began.', 'Bob went on.')
    street.meet(id)
    expect(alice.text(id)).toBe(bob.text(id))
    expect(alice.text(id)).toContain('Bob went on.')
    const { people, waiting, shared } = await alice.sharing.view(id)
    expect(people.map(({ name, role, you }) => [name, role, you])).toEqual([
      ['Alice', 'owner', true],
      ['Bob', 'editor', false],
    ])
    expect([waiting, shared]).toEqual([[], true])
    expect((await bob.sharing.view(id)).people.map(({ name }) => name)).toEqual(['Alice', 'Bob'])
  })

  it('MEMBER-26: what a copy without a name brought before it was shared stays part of it', async () => {
    const stranger = street.move('Stranger')
    await stranger.registry.takeIn(await alice.content(id))
    await stranger.write(id, 'Alice began.', 'By hand.')
    await alice.registry.takeIn(await stranger.content(id))
    const bob = await letIn('Bob')
    expect(alice.text(id)).toContain('By hand.')
    expect(bob.text(id)).toContain('By hand.')
  })

  it.each(['at once', 'when the link is taken again'])(
    'MEMBER-26: who took an invite whose answer was lost on its way gets its box %s',
    async (when) => {
      const bob = street.move('Bob')
      const { link } = await alice.sharing.invite(id, WISH)
      const { desk } = alice.sharing
      const take = desk.take.bind(desk)
      let losses = when === 'at once' ? 1 : 2
      desk.take = async (...asked) => {
        const answer = await take(...asked)
        return losses-- > 0 ? 'nobody-near' : answer
      }
      if (when !== 'at once') expect(await bob.sharing.join(link)).toEqual({ kind: 'failed', why: 'nobody-near' })
      expect(await bob.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
      street.meet(id)
      expect(bob.text(id)).toContain('Alice began.')
      expect((await alice.sharing.view(id)).people).toHaveLength(2)
    },
  )

  it('MEMBER-27: a race for an invite lets in exactly as many as it has uses', async () => {
    for (const uses of [1, 2, 3]) {
      const { link } = await alice.sharing.invite(id, { ...WISH, uses })
      const all = Array.from({ length: 5 }, (_, index) => street.move(`Racer ${uses} ${index}`))
      const joined = await Promise.all(all.map(({ sharing }) => sharing.join(link)))
      expect(joined.filter(({ kind }) => kind === 'joined')).toHaveLength(uses)
      for (const one of joined) if (one.kind === 'failed') expect(['used-up', 'nobody-near']).toContain(one.why)
    }
    expect((await alice.sharing.view(id)).people).toHaveLength(7)
  })

  it('MEMBER-28: an invite that ended, was dropped or used up opens nothing, whoever has its link', async () => {
    const late = street.move('Late')
    const expired = await alice.sharing.invite(id, { ...WISH, hours: 1 })
    street.now += 3_600_001
    expect(await late.sharing.join(expired.link)).toEqual({ kind: 'failed', why: 'expired' })
    const dropped = await alice.sharing.invite(id, WISH)
    const { documentId, seed } = decodeInvite(dropped.link)
    const key = inviteKey(suite, seed)
    const chain = alice.on(id, (document) => document.chain().rows)
    const view = await alice.sharing.dropInvite(id, idOfKey(key.publicKey))
    expect(view.invites.some(({ id: one }) => one === idOfKey(key.publicKey))).toBe(false)
    expect(await alice.sharing.desk.look(documentId, key.publicKey)).toBe('no-such-invite')
    expect(await late.sharing.join(dropped.link)).toMatchObject({ kind: 'failed' })

    const used = await alice.sharing.invite(id, WISH)
    const bob = street.move('Bob')
    expect((await bob.sharing.join(used.link)).kind).toBe('joined')
    const row = alice.on(id, (document) => document.chain().rows.at(-1))
    const taken = decodeInvite(used.link)
    const usedKey = inviteKey(suite, taken.seed)
    expect(await alice.sharing.desk.look(documentId, usedKey.publicKey)).toBe('used-up')
    street.now += 61_000
    if (row === undefined) throw new Error('There is one.')
    expect(await alice.sharing.desk.take(documentId, usedKey.publicKey, row, new Uint8Array())).toBe('used-up')
    const own = signMemberOp(suite, documentId, { seq: chain.length - 1, hash: chain.at(-1)?.hash ?? key.seed }, key, {
      type: 'invite-drop',
      invite: key.publicKey,
    })
    expect(await alice.sharing.desk.take(documentId, key.publicKey, own, new Uint8Array())).toBe('refused')
  })

  it('MEMBER-45: an invite waits for the relay that is to keep its box, and is taken back when that does not come', async () => {
    const rows = (): number => alice.on(id, (document) => document.chain().rows.length)
    street.hasRelay = true
    await alice.sharing.setRelay(id, 'wss://relay.example')
    street.refusals = 2
    await alice.sharing.invite(id, WISH)
    expect(street.boxes).toBe(1)
    street.refusals = Number.POSITIVE_INFINITY
    const before = rows()
    await expect(alice.sharing.invite(id, WISH)).rejects.toMatchObject({ kind: 'unreachable' })
    expect(rows()).toBe(before + 2)
    expect((await alice.sharing.view(id)).invites).toHaveLength(1)
  })

  it('MEMBER-28: who asked by an invite that ended is asked about no more, and keeps nobody else from asking', async () => {
    const ask = async (link: string, invite: Uint8Array): Promise<unknown> => {
      const { documentId } = decodeInvite(link)
      const [root, member] = [suite.keyPair(suite.random(32)), suite.keyPair(suite.random(32))]
      const consent = signConsent(suite, documentId, invite, root, member.publicKey)
      const name = new Uint8Array()
      const request = { root: root.publicKey, member: member.publicKey, consent, name }
      return alice.sharing.desk.ask(documentId, invite, request)
    }
    const { link } = await alice.sharing.invite(id, { ...WISH, approval: true })
    const key = inviteKey(suite, decodeInvite(link).seed).publicKey
    alice.registry.keepOpen(id)
    for (let times = 0; times < 100; times++) expect(await ask(link, key)).toBe('waiting')
    alice.registry.letGo(id)
    expect(await ask(link, key)).toBe('busy')
    expect((await alice.sharing.view(id)).requests).toHaveLength(100)
    expect((await alice.sharing.dropInvite(id, idOfKey(key))).requests).toEqual([])
    const next = await alice.sharing.invite(id, { ...WISH, approval: true })
    const nextKey = inviteKey(suite, decodeInvite(next.link).seed).publicKey
    expect(await ask(next.link, nextKey)).toBe('waiting')
    expect((await alice.sharing.view(id)).requests).toHaveLength(1)
  })

  it('MEMBER-36: garbled notes of a document read as none, and keep nobody out of it', async () => {
    await letIn('Bob')
    alice.on(id, (document) => {
      for (const fact of ['sharing.names', 'sharing.verified', 'sharing.invites', 'sharing.requests'])
        document.facts.setFact(fact, fact.endsWith('names') ? '{"a":1}' : '[{"id')
      alice.sharing.membersChanged(document, new Map())
    })
    expect(await alice.sharing.view(id)).toMatchObject({ people: [{ name: 'Alice' }, { name: '' }], requests: [] })
  })

  it('MEMBER-46: a link taken again by somebody who is in leads to the document, whatever became of it', async () => {
    const { link } = await alice.sharing.invite(id, { ...WISH, hours: 1 })
    const bob = street.move('Bob')
    expect(await bob.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
    expect(await bob.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
    street.now += 3_600_001
    expect(await bob.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
    expect(await alice.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
    expect((await alice.sharing.view(id)).people).toHaveLength(2)
  })

  it('MEMBER-48: with the row of somebody else who came by the same link nobody reads along', async () => {
    const { link } = await alice.sharing.invite(id, { ...WISH, uses: 2 })
    const bob = street.move('Bob')
    await bob.sharing.join(link)
    const row = alice.on(id, (document) => document.chain().rows.at(-1))
    if (row === undefined) throw new Error('There is one.')
    const { documentId, seed } = decodeInvite(link)
    const name = sealName(suite, seed, documentId, 'Mallory')
    const taken = await alice.sharing.desk.take(documentId, inviteKey(suite, seed).publicKey, row, name)
    if (typeof taken === 'string') throw new Error(taken)
    expect(openBox(suite, seed, documentId, taken.box)).toBeNull()
    expect(suite.unseal(taken.box, suite.keyPair(suite.random(32)))).toBeNull()
    const own =
      suite.unseal(
        taken.box,
        bob.on(id, ({ members }) => members.device),
      ) ?? new Uint8Array()
    expect(openBox(suite, seed, documentId, own)?.key).not.toBeNull()
  })

  it('MEMBER-49: who asks with a device that nothing can be sealed to is refused', async () => {
    const { link } = await alice.sharing.invite(id, { ...WISH, approval: true })
    const { documentId, seed } = decodeInvite(link)
    const invite = inviteKey(suite, seed).publicKey
    const [root, member] = [suite.keyPair(suite.random(32)), new Uint8Array(32).fill(0xff)]
    const consent = signConsent(suite, documentId, invite, root, member)
    const request = { root: root.publicKey, member, consent, name: new Uint8Array() }
    expect(await alice.sharing.desk.ask(documentId, invite, request)).toBe('refused')
  })

  it('MEMBER-28: a row that took an invite with uses left opens the box no more a minute later', async () => {
    const { link } = await alice.sharing.invite(id, { ...WISH, uses: 2 })
    await street.move('Bob').sharing.join(link)
    const row = alice.on(id, (document) => document.chain().rows.at(-1))
    if (row === undefined) throw new Error('There is one.')
    const { documentId, seed } = decodeInvite(link)
    const take = () =>
      alice.sharing.desk.take(
        documentId,
        inviteKey(suite, seed).publicKey,
        row,
        sealName(suite, seed, documentId, 'Bob'),
      )
    expect(await take()).toHaveProperty('box')
    street.now += 61_000
    expect(await take()).toBe('used-up')
  })

  it('MEMBER-28: an invite of another document, or of nobody, is said to be none', async () => {
    const { link } = await alice.sharing.invite(id, WISH)
    const { documentId } = decodeInvite(link)
    expect(await alice.sharing.desk.look(documentId, suite.random(32))).toBe('no-such-invite')
    expect(await alice.sharing.desk.look(suite.random(32), suite.random(32))).toBe('unknown-document')
    await expect(alice.sharing.join('sheaf://i#abc')).rejects.toMatchObject({ kind: 'invalid-argument' })
  })

  it('MEMBER-29: with approval nobody gets in until an owner says so, and gets the key with that word', async () => {
    const bob = street.move('Bob')
    const { link } = await alice.sharing.invite(id, { ...WISH, approval: true })
    expect(await bob.sharing.join(link)).toEqual({ kind: 'waiting' })
    expect(bob.registry.isKnown(id)).toBe(false)
    const { requests, people } = await alice.sharing.view(id)
    expect(people).toHaveLength(1)
    expect(requests.map(({ name, role }) => [name, role])).toEqual([['Bob', 'editor']])
    const [request] = requests
    if (request === undefined) throw new Error('There is one.')
    expect((await alice.sharing.answer(id, request.id, true)).requests).toEqual([])
    expect(await bob.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
    street.meet(id)
    expect(bob.text(id)).toContain('Alice began.')

    const carol = street.move('Carol')
    expect(await carol.sharing.join(link)).toEqual({ kind: 'waiting' })
    const [asked] = (await alice.sharing.view(id)).requests
    await alice.sharing.answer(id, asked?.id ?? '', false)
    expect((await alice.sharing.view(id)).people).toHaveLength(2)
  })

  it('MEMBER-30: who was removed opens nothing that is written afterwards, and those who stay lose nothing', async () => {
    const [bob, carol] = [await letIn('Bob'), await letIn('Carol')]
    await bob.write(id, 'Alice began.', 'Bob was here.')
    street.meet(id)
    const { link } = await alice.sharing.invite(id, WISH)
    await alice.sharing.remove(id, await alice.person(id, 'Bob'))
    await alice.write(id, 'Alice began.', 'Bob was here.', 'A secret.')
    expect(street.meet(id)).not.toContain('refused')
    expect(carol.text(id)).toContain('A secret.')
    expect(carol.text(id)).toContain('Bob was here.')
    expect(bob.text(id)).toContain('Bob was here.')
    expect(bob.text(id)).not.toContain('secret')
    expect(bob.on(id, (document) => [...document.members.epochKeys().keys()])).toEqual([1])
    // Every invite ended with it: one of them may be known to Bob.
    expect(await bob.sharing.join(link)).toMatchObject({ kind: 'failed' })
    const records = alice.on(id, (document) => document.records())
    const [old, current] = [1, 2].map((epoch) => alice.on(id, (document) => document.members.epochKeys().get(epoch)))
    if (old === undefined || current === undefined) throw new Error('There are two.')
    const documentId = decodeInvite(link).documentId
    for (const record of records) {
      const envelope = sealRecord(suite, documentId, current, record)
      expect(openEnvelope(suite, documentId, new Map([[1, old]]), envelope)).toBe('unknown-epoch')
      expect(openEnvelope(suite, documentId, new Map([[2, { epoch: 2, key: old.key }]]), envelope)).toBe('forged')
    }
  })

  describe('a removal that got only halfway to whoever appends', () => {
    let bob: Neighbour
    let reaches: boolean

    beforeEach(async () => {
      bob = await letIn('Bob', { role: 'owner' })
      await letIn('Carol')
      reaches = false
      const attached = {
        reconsider: () => undefined,
        online: () => new Set<string>(),
        names: () => new Map<string, string>(),
        ways: { hasLan: () => true },
        propose: (documentId: string, row: StoredLink) => {
          if (changeOf(row).type !== 'rotate' || reaches) alice.on(documentId, (document) => document.propose(row))
          street.meet(id, alice, bob)
        },
      }
      bob.sharing.attach(attached)
    })

    const epoch = (one: Neighbour): number => one.on(id, (document) => document.membership().epoch)

    it('MEMBER-30: begins the next epoch although another row came between', async () => {
      const removing = bob.sharing.remove(id, await alice.person(id, 'Carol'))
      await vi.waitFor(() => expect(alice.on(id, (document) => document.membership().people.size)).toBe(2))
      await alice.sharing.invite(id, WISH)
      reaches = true
      street.meet(id, alice, bob)
      await removing
      expect([epoch(alice), epoch(bob)]).toEqual([2, 2])
    })

    it('MEMBER-30: begins the next epoch as soon as that can be reached', async () => {
      await expect(bob.sharing.remove(id, await alice.person(id, 'Carol'))).rejects.toMatchObject({
        kind: 'unreachable',
      })
      expect(epoch(bob)).toBe(1)
      reaches = true
      // As the network says when somebody comes, or the chain grew.
      bob.on(id, (document) => bob.sharing.membersChanged(document, new Map()))
      await vi.waitFor(() => expect([epoch(alice), epoch(bob)]).toEqual([2, 2]))
      bob.on(id, (document) => bob.sharing.membersChanged(document, new Map()))
      expect(epoch(alice)).toBe(2)
    })
  })

  it('MEMBER-44: who was removed comes back by an invite made since, reads what was missed and writes again', async () => {
    const [bob] = [await letIn('Bob'), await letIn('Carol')]
    await alice.sharing.remove(id, await alice.person(id, 'Bob'))
    await bob.write(id, 'Alice began.', 'Written meanwhile.')
    await alice.write(id, 'Alice began.', 'Without Bob.')
    const { link } = await alice.sharing.invite(id, WISH)
    expect(await bob.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
    street.meet(id)
    expect(bob.text(id)).toContain('Without Bob.')
    expect((await bob.sharing.view(id)).role).toBe('editor')
    await bob.write(id, 'Alice began.', 'Without Bob.', 'And with Bob.')
    street.meet(id)
    expect(alice.text(id)).toContain('And with Bob.')
    // What was written while out still waits for somebody to let it in.
    expect(alice.text(id)).not.toContain('meanwhile')
    const { waiting, people } = await alice.sharing.view(id)
    expect(waiting.map(({ words }) => words).join()).toContain('Written meanwhile.')
    expect(people.map(({ name }) => name).sort()).toEqual(['Alice', 'Bob', 'Carol'])
  })

  it('MEMBER-31: what the removed wrote late waits at all who stay, with its words, until one lets it in', async () => {
    const [bob, carol] = [await letIn('Bob'), await letIn('Carol')]
    await bob.write(id, 'Alice began.', 'In time.')
    street.meet(id)
    await bob.write(id, 'Alice began.', 'In time.', 'Written offline.')
    await alice.sharing.remove(id, await alice.person(id, 'Bob'))
    street.pass(id, bob, alice)
    street.meet(id, alice, carol)
    for (const one of [alice, carol]) {
      expect(one.text(id)).toContain('In time.')
      expect(one.text(id)).not.toContain('offline')
      const { waiting } = await one.sharing.view(id)
      expect(waiting.map(({ author, reason }) => [author, reason])).toEqual([['Bob', 'too-late']])
      expect(waiting[0]?.words).toContain('Written offline.')
    }
    const { waiting } = await carol.sharing.view(id)
    expect((await carol.sharing.admit(id, waiting[0]?.id ?? '')).waiting).toEqual([])
    street.meet(id, alice, carol)
    expect(alice.text(id)).toContain('Written offline.')
    expect(alice.text(id)).toBe(carol.text(id))
    await alice.restart()
    expect(alice.text(id)).toBe(carol.text(id))
    // The file alone says the same.
    const dora = street.move('Dora')
    await dora.registry.takeIn(await alice.content(id))
    expect(dora.text(id)).toBe(alice.text(id))
  })

  it('MEMBER-32: a lowered role makes the body read-only; what was written before hearing of it waits', async () => {
    const bob = await letIn('Bob')
    await alice.sharing.setRole(id, await alice.person(id, 'Bob'), 'commenter')
    await bob.write(id, 'Alice began.', 'Not heard yet.')
    street.meet(id)
    expect(alice.text(id)).not.toContain('Not heard')
    expect(bob.text(id)).not.toContain('Not heard')
    const { waiting } = await alice.sharing.view(id)
    expect(waiting.map(({ author, reason }) => [author, reason])).toEqual([['Bob', 'too-late']])
    expect((await bob.sharing.view(id)).waiting).toEqual([])
    expect(bob.registry.openIn(1, id)).toMatchObject({
      mode: 'read-only',
      readOnlyReason: expect.stringContaining('comment') as string,
    })
    await alice.sharing.admit(id, waiting[0]?.id ?? '')
    await alice.sharing.setRole(id, await alice.person(id, 'Bob'), 'editor')
    street.meet(id)
    await bob.registry.release(id, 1)
    expect(bob.text(id)).toContain('Not heard yet.')
    expect(bob.registry.openIn(1, id).mode).toBe('write')
    await bob.registry.release(id, 1)
  })

  it('MEMBER-33: keys are there again after a restart, from the chain alone when the key vault was reset', async () => {
    const bob = await letIn('Bob')
    const keys = (one: Neighbour) =>
      one.on(id, (document) => [...document.members.epochKeys().keys()].sort((a, b) => a - b))
    await bob.restart()
    expect(keys(bob)).toEqual([1])
    await bob.restart(plainVault(true))
    // Taken by an invite: the chain has none for Bob until the next epoch begins.
    expect(keys(bob)).toEqual([])
    const carol = await letIn('Carol')
    await alice.sharing.remove(id, await alice.person(id, 'Carol'))
    street.meet(id, alice, bob)
    expect(keys(bob)).toEqual([1, 2])
    await alice.restart(plainVault(true))
    expect(keys(alice)).toEqual([1, 2])
    expect(keys(carol)).toEqual([1])
  })

  it('NET-1: whose words are whose is verified once, and not with every look', async () => {
    await letIn('Bob')
    await alice.write(id, 'Alice began.', 'And went on.')
    const document = alice.registry.keepOpen(id)
    const verified = vi.spyOn(suite, 'verify')
    try {
      await alice.sharing.view(id)
      verified.mockClear()
      expect((await alice.sharing.view(id)).people.map(({ name }) => name)).toContain('Alice')
      expect(verified).not.toHaveBeenCalled()
    } finally {
      verified.mockRestore()
      alice.registry.letGo(document.documentId)
    }
  })

  it('MEMBER-33: keys are read out of the chain without a write, so that a full disk stops nobody who only reads', async () => {
    const [bob] = [await letIn('Bob'), await letIn('Carol')]
    const refused = vi.spyOn(DocumentStore.prototype, 'keepEpochKeys').mockImplementation(() => {
      throw new SheafError('disk-full', 'The disk is full.')
    })
    try {
      await alice.sharing.remove(id, await alice.person(id, 'Carol'))
      street.meet(id, alice, bob)
      for (const one of [alice, bob]) expect(one.on(id, (document) => document.members.epochKeys().size)).toBe(2)
    } finally {
      refused.mockRestore()
    }
  })

  it('MEMBER-34: a copy whose chain forked is refused whole, and both keep their words', async () => {
    const twin = street.move('Twin')
    await letIn('Bob')
    const before = await alice.content(id)
    await twin.registry.takeIn(before)
    const other = { ...before, members: before.members.slice(0, 2) }
    await alice.sharing.setRole(id, await alice.person(id, 'Bob'), 'reader')
    const text = alice.text(id)
    const forked = await forkOf(alice, other)
    await expect(alice.registry.takeIn(forked)).rejects.toMatchObject({ kind: 'damaged' })
    expect(alice.text(id)).toBe(text)
    expect(await twin.registry.takeIn(await alice.content(id))).toBeDefined()
  })

  it('MEMBER-35: only an owner changes members; one owner is always left', async () => {
    const bob = await letIn('Bob')
    const [a, b] = [await alice.person(id, 'Alice'), await alice.person(id, 'Bob')]
    await expect(bob.sharing.invite(id, WISH)).rejects.toMatchObject({ kind: 'no-permission' })
    await expect(bob.sharing.remove(id, a)).rejects.toMatchObject({ kind: 'no-permission' })
    await expect(alice.sharing.remove(id, a)).rejects.toMatchObject({ kind: 'invalid-argument' })
    await alice.sharing.setRole(id, b, 'owner')
    street.meet(id)
    // Bob's row is proposed to Alice, who appends it.
    const { link } = await bob.sharing.invite(id, { ...WISH, role: 'reader' })
    const carol = street.move('Carol')
    expect((await carol.sharing.join(link)).kind).toBe('joined')
    street.meet(id)
    expect(alice.text(id)).toBe(carol.text(id))
    expect(carol.registry.openIn(1, id).mode).toBe('read-only')
    await carol.registry.release(id, 1)
  })

  it('MEMBER-35: a change says that nobody can be reached when nobody appends it', async () => {
    const bob = await letIn('Bob', { role: 'owner' })
    street.neighbours.splice(street.neighbours.indexOf(alice), 1)
    await expect(bob.sharing.invite(id, WISH)).rejects.toMatchObject({ kind: 'unreachable' })
    street.neighbours.push(alice)
  })

  it('MEMBER-36: a compared fingerprint is noted here, and is the same for all who look at one person', async () => {
    const bob = await letIn('Bob')
    const [ofAlice, ofBob] = [(await alice.sharing.view(id)).people, (await bob.sharing.view(id)).people]
    expect(ofAlice.map(({ fingerprint }) => fingerprint)).toEqual(ofBob.map(({ fingerprint }) => fingerprint))
    expect(ofAlice[0]?.fingerprint).toMatch(/^(\d{5} ){11}\d{5}$/)
    const view = await alice.sharing.verify(id, ofBob[1]?.id ?? '', true)
    expect(view.people.map(({ verified }) => verified)).toEqual([false, true])
    expect((await alice.sharing.verify(id, ofBob[1]?.id ?? '', false)).people[1]?.verified).toBe(false)
  })
})

const idOfKey = (key: Uint8Array): string => Buffer.from(key).toString('hex')

/** The content with a chain that has another row where Alice's has hers. */
async function forkOf(one: Neighbour, content: Awaited<ReturnType<Neighbour['content']>>) {
  const [genesis, first] = content.members
  if (genesis === undefined || first === undefined) throw new Error('There are two.')
  const row = one.on(id, ({ members }) =>
    members.sign(
      { type: 'invite', invite: suite.random(32), role: 'reader', uses: 1, expires: 1, approval: false },
      first,
    ),
  )
  return { ...content, members: [genesis, first, { seq: 2, ...row }] }
}
