import { beforeEach, expect, test } from 'vitest'
import type { KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import { openUtterance, sealUtterance, type Utterance } from '../../shared/protocol/utterance.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { SharedDocument, someone } from '../replication/shared-document.fixture.ts'
import { Presence, SAY_AGAIN, TIME_TO_LIVE } from './presence.ts'

const NOWHERE = { anchor: null, head: null, typing: false }
const at = (place: number) => ({ anchor: Uint8Array.of(place), head: Uint8Array.of(place), typing: true })
const epoch = { epoch: 1, key: suite.random(32) }
const keys = { current: epoch, all: new Map([[1, epoch]]) }

let now: number
let said: Uint8Array[]
let shared: SharedDocument
let presence: Presence
let held: string[]
beforeEach(() => {
  now = 1_000_000
  said = []
  held = []
  shared = new SharedDocument()
  presence = new Presence({
    suite,
    access: {
      documentId: shared.documentId,
      device: shared.founder.member,
      keys: () => keys,
      chain: () => shared.chain,
      membership: (): Membership => shared.membership,
    },
    clock: { now: () => now },
    self: () => ({ name: 'Alice', color: 2 }),
    holding: () => ({ digest: new Uint8Array(16), heads: [] }),
    send: (bytes) => said.push(bytes),
    changed: () => undefined,
    held: (member) => held.push(member),
  })
})

function pass(milliseconds: number): void {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    now += 100
    presence.tick()
  }
}

const heard = (): Utterance[] => said.flatMap((bytes) => openUtterance(suite, shared.documentId, keys.all, bytes) ?? [])

/** A member's device. */
function letIn(): KeyPair {
  const { root, member } = someone()
  const change = { type: 'add', root: root.publicKey, member: member.publicKey, role: 'editor', key: null } as const
  expect(shared.change(change)).toBe('appended')
  return member
}

function utter(member: KeyPair, more: Partial<Utterance> = {}): Uint8Array {
  const utterance = {
    session: 'cd'.repeat(16),
    counter: 1,
    name: 'Bob',
    color: 1,
    isHere: true,
    typing: false,
    idle: false,
    anchor: null,
    head: null,
    holding: null,
    ...more,
  }
  return sealUtterance(suite, shared.documentId, epoch, member, utterance)
}

test('NET-4: a caret that moves all the time is said five times a second, and where it comes to rest at last', () => {
  pass(1000)
  said = []
  for (let move = 0; move < 100; move++) {
    presence.say(1, at(move))
    if (move % 5 === 0) pass(100)
  }
  pass(300)
  const places = heard().filter(({ isHere }) => isHere)
  expect(places.length).toBeLessThanOrEqual(12)
  expect(places.at(-1)?.head).toEqual(Uint8Array.of(99))
  expect(places.map(({ counter }) => counter)).toEqual(places.map((_, index) => (places[0]?.counter ?? 0) + index))
})

test('NET-4: two windows take turns, what is unchanged is said again, and one that leaves says so once', () => {
  presence.say(1, at(1))
  presence.say(2, at(2))
  pass(1000)
  expect(
    new Set(
      heard()
        .filter(({ isHere }) => isHere)
        .map(({ session }) => session),
    ).size,
  ).toBe(2)
  said = []
  pass(SAY_AGAIN + 1000)
  expect(new Set(heard().map(({ session }) => session)).size).toBe(3)
  said = []
  presence.leave(1)
  pass(1000)
  expect(heard()).toMatchObject([{ isHere: false, ...NOWHERE }])
})

test('NET-4: what strangers, the removed and one’s own device say is not shown, nor what was said before', () => {
  const bob = letIn()
  presence.hear(utter(someone().member))
  presence.hear(utter(shared.founder.member))
  presence.hear(Uint8Array.of(1, 2, 3))
  expect(presence.peers(1)).toEqual([])
  presence.hear(utter(bob, { counter: 5, head: Uint8Array.of(5) }))
  presence.hear(utter(bob, { counter: 4, head: Uint8Array.of(4) }))
  expect(presence.peers(1)).toMatchObject([{ head: Uint8Array.of(5), name: 'Bob' }])
  pass(TIME_TO_LIVE)
  expect(presence.peers(1)).toEqual([])
  // Said once more by somebody who kept it.
  presence.hear(utter(bob, { counter: 5 }))
  expect(presence.peers(1)).toEqual([])
  presence.hear(utter(bob, { counter: 6 }))
  expect(presence.peers(1)).toHaveLength(1)
  const person = presence.peers(1)[0]?.person ?? ''
  expect(shared.change({ type: 'remove', root: fromHex(person), cut: [] })).toBe('appended')
  expect(presence.peers(1)).toEqual([])
  presence.hear(utter(bob, { counter: 7, holding: { digest: new Uint8Array(16), heads: [] } }))
  expect(presence.devices()).toEqual(new Set())
  expect(held).toEqual([])
})

test('NET-4: one device with ever new sessions drowns out nobody', () => {
  const [bob, carol] = [letIn(), letIn()]
  presence.hear(utter(carol, { name: 'Carol' }))
  for (let session = 0; session < 2000; session++) {
    presence.hear(utter(bob, { session: toHex(suite.random(16)) }))
  }
  expect(presence.peers(1).filter(({ name }) => name === 'Carol')).toHaveLength(1)
  expect(presence.peers(1).length).toBeLessThanOrEqual(17)
})

test('PRES-1: a window knows better than its caret whether its person is idle', () => {
  presence.say(1, { ...at(1), idle: false })
  pass(150_000)
  expect(presence.peers(2)).toMatchObject([{ idle: false }])
  presence.say(1, { ...at(1), idle: true })
  expect(presence.peers(2)).toMatchObject([{ idle: true }])
  said = []
  pass(1000)
  expect(heard().filter(({ isHere }) => isHere)).toMatchObject([{ idle: true }])
})
