import { type EncodeOptions, encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, domain } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { type MemberChange, signConsent } from '../../shared/membership/member-op.ts'
import { followLink, isSequencer, readMembership } from '../../shared/membership/membership.ts'
import { ROLES } from '../../shared/membership/role.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { SharedDocument, someone, type Someone } from './shared-document.fixture.ts'

const add = (who: Someone, role: (typeof ROLES)[number]): MemberChange => ({
  type: 'add',
  root: who.root.publicKey,
  member: who.member.publicKey,
  role,
  key: null,
})
const remove = (who: Someone): MemberChange => ({ type: 'remove', root: who.root.publicKey, cut: [] })

function invitation(document: SharedDocument, uses = 1, approval = false) {
  const key = suite.keyPair(suite.random(32))
  const { publicKey: invite } = key
  document.change({ type: 'invite', invite, role: 'editor', uses, expires: 0, approval })
  const take = (who: Someone, consenting = who.root): MemberChange => ({
    type: 'invite-use',
    invite,
    root: who.root.publicKey,
    member: who.member.publicKey,
    consent: signConsent(suite, document.documentId, invite, consenting, who.member.publicKey),
  })
  return { key, invite, take }
}

describe('membership', () => {
  it('MEMBER-20: a change of a type nobody knows yet is newer, when it is signed; with a known type it is forged', () => {
    const document = new SharedDocument()
    for (const type of ['constructor', 'ban']) {
      const later = { type, role: 'owner', more: [1] } as unknown as MemberChange
      const link = document.link(document.founder.member, later)
      expect(document.offer(link)).toBe('newer')
      expect(document.offer({ ...link, sig: link.sig.with(3, (link.sig[3] ?? 0) ^ 1) })).toBe('forged')
    }
    expect(document.change({ type: 'add', role: 'owner' } as unknown as MemberChange)).toBe('forged')
    expect(document.change({ more: 1 } as unknown as MemberChange)).toBe('forged')
  })

  it('MEMBER-49: a device that nothing can be sealed to comes in by no row, and keys go on being changed', () => {
    const document = new SharedDocument()
    const { key, take } = invitation(document, 3)
    // No point of the curve; the neutral point; one of order eight; no key at all.
    const broken = [
      new Uint8Array(32).fill(0xff),
      new Uint8Array(32).fill(0).with(0, 1),
      fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
      new Uint8Array(32),
    ]
    for (const publicKey of broken) {
      const who = { ...someone(), member: { publicKey, seed: new Uint8Array(32) } }
      expect(suite.isPublicKey(publicKey)).toBe(false)
      expect(document.change(add(who, 'editor'))).toBe('mistaken')
      expect(document.offer(document.link(key, take(who)))).toBe('mistaken')
    }
    expect(document.offer(document.link(key, take(someone())))).toBe('appended')
    expect(document.rotate()).toBe('appended')
  })

  it('MEMBER-1: begins with the founder as owner, and follows every link of the chain', () => {
    const document = new SharedDocument()
    const bob = someone()
    expect(document.change(add(bob, 'editor'))).toBe('appended')
    expect(document.change({ type: 'role', root: bob.root.publicKey, role: 'commenter', cut: [] })).toBe('appended')
    expect(document.rotate()).toBe('appended')
    const { people, epoch, seq } = document.membership
    expect([...people.values()].map(({ role }) => role)).toEqual(['owner', 'commenter'])
    expect([epoch, seq]).toEqual([1, 3])
  })

  it('MEMBER-2: refuses a chain with any byte of any row changed', () => {
    const document = new SharedDocument()
    const bob = someone()
    document.change(add(bob, 'editor'))
    document.change(remove(bob))
    for (const [row, link] of document.chain.entries()) {
      for (const field of ['op', 'hash', 'sig'] as const) {
        for (let at = 0; at < link[field].length; at++) {
          const bytes = Uint8Array.from(link[field])
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
          const chain = document.chain.with(row, { ...link, [field]: bytes })
          expect(readMembership(suite, chain), `${field} ${row} ${at}`).toMatchObject({ row })
        }
      }
    }
  })

  it('MEMBER-2: refuses a chain that lacks a row, has one twice, or two in the other order', () => {
    const document = new SharedDocument()
    for (let i = 0; i < 4; i++) document.change(add(someone(), 'editor'))
    const [genesis, first, second, ...rest] = document.chain
    if (!genesis || !first || !second) throw new Error('There are five.')
    expect(readMembership(suite, [genesis, second, ...rest])).toMatchObject({ row: 1, refusal: 'stale' })
    expect(readMembership(suite, [genesis, first, first, second])).toMatchObject({ row: 2, refusal: 'stale' })
    expect(readMembership(suite, [genesis, second, first, ...rest])).toMatchObject({ row: 1, refusal: 'stale' })
    expect(readMembership(suite, [])).toMatchObject({ row: 0, refusal: 'forged' })
  })

  it('MEMBER-2: refuses an operation with a field more, and one that was made for another document', () => {
    const [document, other] = [new SharedDocument(), new SharedDocument()]
    const more = Object.assign(add(someone(), 'editor'), { note: 'psst' })
    expect(document.change(more)).toBe('forged')
    const foreign = other.link(document.founder.member, add(someone(), 'editor'))
    expect(document.offer(foreign)).toBe('forged')
  })

  it('MEMBER-2: refuses an operation in any encoding but the one', () => {
    const document = new SharedDocument()
    const { member } = document.founder
    const link = (options: EncodeOptions) => {
      const { seq, hash: prev } = document.membership
      const op = encode({ v: 1, seq: seq + 1, prev, by: member.publicKey, change: add(someone(), 'editor') }, options)
      const hash = suite.hash(domain('member-op/1'), document.documentId, op)
      return { op, hash, sig: suite.sign(concat(domain('member/1'), hash), member) }
    }
    expect(document.offer(link({ mapSorter: () => 0 }))).toBe('forged')
    expect(document.offer(link({}))).toBe('appended')
  })

  it('MEMBER-3: lets owners only change who is in, and what they may do', () => {
    for (const role of ['reader', 'commenter', 'editor'] as const) {
      const document = new SharedDocument()
      const [bob, carol] = [someone(), someone()]
      document.change(add(bob, role))
      document.change(add(carol, 'reader'))
      const { invite } = invitation(document)
      const changes: MemberChange[] = [
        add(someone(), 'reader'),
        { type: 'role', root: bob.root.publicKey, role: 'owner', cut: [] },
        remove(carol),
        { type: 'device-remove', member: carol.member.publicKey, cut: [] },
        document.rotation(),
        { type: 'invite', invite: suite.random(32), role: 'owner', uses: 1, expires: 0, approval: false },
        { type: 'invite-drop', invite },
      ]
      for (const change of changes) expect(document.change(change, bob.member), change.type).toBe('not-allowed')
    }
  })

  it('MEMBER-3: takes the word of a removed owner for nothing', () => {
    const document = new SharedDocument()
    const bob = someone()
    document.change(add(bob, 'owner'))
    document.change(remove(bob))
    expect(document.change(add(someone(), 'editor'), bob.member)).toBe('not-allowed')
  })

  it('MEMBER-4: appends the first of two owners’ links; the second looks again and makes it anew', () => {
    const document = new SharedDocument()
    const [bob, carol] = [someone(), someone()]
    document.change(add(bob, 'owner'))
    const ours = document.link(document.founder.member, add(carol, 'editor'))
    const theirs = document.link(bob.member, remove(document.founder))
    expect(document.offer(theirs)).toBe('appended')
    expect(document.offer(ours)).toBe('stale')
    expect(document.change(add(carol, 'editor'))).toBe('not-allowed')
    expect(document.change(add(carol, 'editor'), bob.member)).toBe('appended')
  })

  it('MEMBER-5: always leaves an owner', () => {
    const document = new SharedDocument()
    const { founder } = document
    expect(document.change(remove(founder))).toBe('mistaken')
    expect(document.change({ type: 'role', root: founder.root.publicKey, role: 'editor', cut: [] })).toBe('mistaken')
    document.change(add(someone(), 'owner'))
    expect(document.change(remove(founder))).toBe('appended')
  })

  it('MEMBER-6: lets in as many as an invite has uses, each by their own consent, and none after it was dropped', () => {
    const document = new SharedDocument()
    const { key, invite, take } = invitation(document, 2)
    const [bob, carol, dave, eve] = [someone(), someone(), someone(), someone()]
    expect(document.change(take(bob, eve.root), key)).toBe('not-allowed')
    expect(document.change(take(bob), eve.member)).toBe('not-allowed')
    expect(document.change(take(bob), key)).toBe('appended')
    expect(document.change(take(bob), key)).toBe('mistaken')
    expect(document.change(take(carol), key)).toBe('appended')
    expect(document.change(take(dave), key)).toBe('mistaken')
    const second = invitation(document)
    expect(document.change({ type: 'invite-drop', invite: second.invite })).toBe('appended')
    expect(document.change(second.take(dave), second.key)).toBe('mistaken')
    expect(document.change({ type: 'invite', invite, role: 'owner', uses: 9, expires: 0, approval: false })).toBe(
      'mistaken',
    )
  })

  it('MEMBER-7: lets people add and take out their own devices, but for the last one', () => {
    const document = new SharedDocument()
    const bob = someone()
    const laptop = someone().member
    document.change(add(bob, 'editor'))
    const added: MemberChange = { type: 'device-add', root: bob.root.publicKey, member: laptop.publicKey, key: null }
    expect(document.change(added, bob.member)).toBe('not-allowed')
    expect(document.change(added, bob.root)).toBe('appended')
    expect(document.membership.periods.get(toHex(laptop.publicKey))).toMatchObject([{ role: 'editor', end: null }])
    const out = (member: Uint8Array): MemberChange => ({ type: 'device-remove', member, cut: [] })
    // A stolen one can't take out the others: it has no root key.
    expect(document.change(out(bob.member.publicKey), laptop)).toBe('not-allowed')
    expect(document.change(out(bob.member.publicKey), bob.root)).toBe('appended')
    expect(document.change(out(laptop.publicKey), bob.root)).toBe('mistaken')
  })

  it('MEMBER-7: begins epochs one after the other', () => {
    const document = new SharedDocument()
    const first = document.rotation()
    const before = suite.random(72)
    expect(document.change({ ...first, epoch: 2, before })).toBe('mistaken')
    expect(document.change({ ...first, before })).toBe('mistaken')
    expect(document.rotate()).toBe('appended')
    expect(document.change(first)).toBe('mistaken')
    expect(document.change({ ...document.rotation(), before: null })).toBe('mistaken')
    expect(document.rotate()).toBe('appended')
  })

  it('MEMBER-22: an epoch begins with a key for each device that is in, and for no other', () => {
    const document = new SharedDocument()
    const [bob, carol] = [someone(), someone()]
    document.change(add(bob, 'editor'))
    const rotation = document.rotation()
    const other = [carol.member.publicKey, suite.random(80)] as const
    for (const keys of [
      [],
      rotation.keys.slice(1),
      [...rotation.keys, other],
      [...rotation.keys.slice(1), other],
      [...rotation.keys, ...rotation.keys.slice(0, 1)],
    ])
      expect(document.change({ ...rotation, keys })).toBe('mistaken')
    expect(document.change(rotation)).toBe('appended')
    expect(document.change(add(carol, 'editor'))).toBe('mistaken')
    expect(document.change({ ...add(carol, 'editor'), key: suite.random(80) } as MemberChange)).toBe('appended')
  })

  it('MEMBER-23: an invite that asks for approval lets nobody in by itself', () => {
    const document = new SharedDocument()
    const { key, invite, take } = invitation(document, 5, true)
    expect(document.change(take(someone()), key)).toBe('mistaken')
    expect(document.membership.invites.get(toHex(invite))).toMatchObject({ uses: 5, approval: true })
  })

  it('MEMBER-24: the document is on one relay or none, as an owner says, and that says who appends rows', () => {
    const document = new SharedDocument()
    const [bob, carol] = [someone(), someone()]
    document.change(add(bob, 'editor'))
    document.change(add(carol, 'owner'))
    const url = 'wss://relay.example.org:8443/sheaf'
    expect(document.change({ type: 'relay', url }, bob.member)).toBe('not-allowed')
    for (const bad of ['http://example.org', 'ws://example.org', 'wss://a b', `wss://${'a'.repeat(500)}`, ''])
      expect(document.change({ type: 'relay', url: bad }), bad).toBe('forged')
    const appends = () =>
      [document.founder, bob, carol].map(({ member }) => isSequencer(document.membership, member.publicKey))
    expect(appends()).toEqual([true, false, false])
    expect(document.change({ type: 'relay', url })).toBe('appended')
    expect(document.membership.relay).toBe(url)
    expect(appends()).toEqual([false, false, false])
    expect(document.change({ type: 'relay', url: 'ws://127.0.0.1:9000' }, carol.member)).toBe('appended')
    expect(document.change({ type: 'relay', url: null })).toBe('appended')
    expect(document.change({ type: 'relay', url: null })).toBe('mistaken')
    document.change(remove(document.founder), carol.member)
    expect(appends()).toEqual([false, false, true])
  })

  it('MEMBER-8: of any changes by anybody, refuses some, follows the rest, and never throws', () => {
    const people = [someone(), someone(), someone()]
    const change = (document: SharedDocument, kind: number, who: Someone, role: number): MemberChange => {
      const changes: MemberChange[] = [
        add(who, ROLES[role] ?? 'reader'),
        { type: 'role', root: who.root.publicKey, role: ROLES[role] ?? 'reader', cut: [[suite.random(32), role]] },
        remove(who),
        { type: 'device-add', root: who.root.publicKey, member: who.member.publicKey, key: null },
        { type: 'device-remove', member: who.member.publicKey, cut: [] },
        document.rotation(),
      ]
      return changes[kind % changes.length] ?? add(who, 'reader')
    }
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5), fc.nat(3), fc.nat(3), fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 12 }),
        (steps) => {
          const document = new SharedDocument()
          const all = [document.founder, ...people]
          for (const [kind, by, whom, role, asRoot] of steps) {
            const [signer, subject] = [all[by] ?? document.founder, all[whom] ?? document.founder]
            const link = document.link(asRoot ? signer.root : signer.member, change(document, kind, subject, role))
            const before = document.membership
            const next = followLink(suite, before, link)
            expect(document.offer(link)).toBe(typeof next === 'string' ? next : 'appended')
            const owners = [...document.membership.people.values()].filter((person) => person.role === 'owner')
            expect(owners.length).toBeGreaterThan(0)
            // Nobody rises by their own word.
            const key = toHex(signer.root.publicKey)
            if (typeof next !== 'string' && before.people.get(key)?.role !== 'owner') {
              expect(next.people.get(key)?.role).toBe(before.people.get(key)?.role)
            }
          }
          expect(readMembership(suite, document.chain)).toEqual(document.membership)
        },
      ),
      { numRuns: 150 },
    )
  })
})
