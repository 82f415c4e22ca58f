import fs from 'node:fs'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { Pane } from '../documents/open-document.fixture.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { NO_FAULTS } from '../replication/memory-transport.ts'
import { Circle, type Device } from './gatherings.fixture.ts'
import { OwnRecords } from './own-records.ts'

let circle: Circle
afterEach(() => circle.clear())

/** Alice is the founder. */
function gather(...args: ConstructorParameters<typeof Circle>): [Device, Device, Device] {
  circle = new Circle(...args)
  const [alice, bob, carol = bob] = circle.devices
  if (alice === undefined || bob === undefined || carol === undefined) throw new Error('They are at least two.')
  return [alice, bob, carol]
}

/** Nobody reaches this one any more. */
function part(device: Device, reachable = false): void {
  for (const other of circle.devices)
    if (other !== device) circle.network.connect(device.member, other.member, reachable)
}

test('NET-3: received counts the other devices that hold everything written here, and stays true when they leave', async () => {
  const [alice, bob] = gather(3)
  await alice.write('one')
  expect(alice.gathering.sync()).toMatchObject({ received: 0, devices: 2 })
  circle.pass(2000)
  expect(alice.gathering.sync()).toMatchObject({ received: 2, devices: 2 })
  part(bob)
  await alice.write('two')
  expect(alice.gathering.sync()).toMatchObject({ received: 0 })
  circle.pass(5000)
  expect(alice.gathering.sync()).toMatchObject({ received: 1 })
  part(bob, true)
  circle.pass(40_000)
  expect(alice.gathering.sync()).toMatchObject({ received: 2 })
  part(bob)
  part(alice)
  circle.pass(40_000)
  expect(alice.gathering.sync()).toMatchObject({ received: 2, ways: [{ way: 'lan', state: 'looking', peers: 0 }] })
  alice.restart()
  expect(alice.gathering.sync()).toMatchObject({ received: 2 })
})

test('NET-3: a device that holds less than it said is counted no more, until it holds it again', async () => {
  const [alice, bob] = gather(2)
  circle.pass(1000)
  const earlier = fs.readFileSync(bob.desk.storePath)
  await alice.write('one')
  circle.pass(3000)
  expect(alice.gathering.sync()).toMatchObject({ received: 1 })
  let withheld = true
  part(bob)
  circle.pass(1000)
  bob.restart(() => {
    for (const suffix of ['-wal', '-shm']) fs.rmSync(`${bob.desk.storePath}${suffix}`, { force: true })
    fs.writeFileSync(bob.desk.storePath, earlier)
  })
  // It takes a while to be whole again: in between it is heard of that it is not.
  circle.network.faults = { ...circle.network.faults, delay: [300, 300] }
  part(bob, true)
  for (let at = 0; at < 400 && withheld; at++) {
    circle.pass(100)
    withheld = alice.gathering.sync().received === 1
  }
  expect(withheld).toBe(false)
  circle.pass(40_000)
  expect(alice.gathering.sync()).toMatchObject({ received: 1 })
  expect(bob.text).toBe(alice.text)
})

test('NET-8: sent is what the relay said it keeps of everything written here, and is not when it lost it', async () => {
  const [alice, bob] = gather(2, {}, 7, true)
  part(alice)
  circle.relayNetwork.connect(alice.member, bob.member, false)
  await alice.write('one')
  expect(alice.gathering.sync()).toMatchObject({ sent: false, received: 0 })
  circle.pass(3000)
  expect(bob.text).toBe(alice.text)
  // Bob's device is behind the relay: what it holds is known from its live words.
  expect(alice.gathering.sync()).toMatchObject({ sent: true, received: 1 })
  circle.relayNetwork.connect(alice.member, 'relay', false)
  await alice.write('two')
  circle.pass(60_000)
  expect(alice.gathering.sync()).toMatchObject({ sent: false, received: 0 })
  circle.relayNetwork.connect(alice.member, 'relay', true)
  circle.pass(10_000)
  expect(alice.gathering.sync()).toMatchObject({ sent: true, received: 1 })
  circle.relayNetwork.faults = { ...NO_FAULTS, delay: [300, 300] }
  circle.relay?.wipe()
  let sent = true
  for (let at = 0; at < 60 && sent; at++) {
    circle.pass(100)
    sent = alice.gathering.sync().sent
  }
  expect(sent).toBe(false)
  circle.pass(20_000)
  expect(alice.gathering.sync()).toMatchObject({ sent: true, received: 1 })
})

test('NET-8: neither sent nor received is said of words on the disk that are in no record yet', async () => {
  const [alice, bob] = gather(2, {}, 7, true)
  await alice.write('one')
  circle.pass(5000)
  expect(alice.gathering.sync()).toMatchObject({ sent: true, received: 1 })
  const pane = new Pane(alice.document)
  await pane.type('two')
  expect(alice.gathering.sync()).toMatchObject({ sent: false, received: 0 })
  expect(alice.gathering.isDelivered).toBe(false)
  alice.gathering.look()
  circle.pass(5000)
  expect(alice.gathering.sync()).toMatchObject({ sent: true, received: 1 })
  expect(alice.gathering.isDelivered).toBe(true)
  expect(bob.text).toContain('two')
})

test('NET-4: presence is heard by all, not by the window that says it, and runs out', async () => {
  const [alice, bob, carol] = gather(3)
  circle.pass(2000)
  const words = { anchor: Uint8Array.of(1), head: Uint8Array.of(2), typing: true }
  alice.gathering.say(1, words)
  alice.gathering.say(2, { ...words, typing: false })
  circle.pass(1000)
  for (const other of [bob, carol]) {
    expect(other.gathering.peers(1)).toHaveLength(2)
    expect(other.gathering.peers(1)).toContainEqual(
      expect.objectContaining({ ...words, name: alice.member.slice(0, 4) }),
    )
  }
  expect(alice.gathering.peers(1)).toEqual([expect.objectContaining({ typing: false })])
  expect(alice.gathering.online()).toEqual(new Set([bob.member, carol.member]))
  alice.gathering.leave(2)
  circle.pass(1000)
  expect(bob.gathering.peers(1)).toHaveLength(1)
  // Still there after a while without a word, idle after a minute.
  circle.pass(65_000)
  expect(bob.gathering.peers(1)).toEqual([expect.objectContaining({ idle: true })])
  circle.network.crash(alice.member)
  circle.pass(31_000)
  expect(bob.gathering.peers(1)).toEqual([])
})

/** SHEAF_SEED repeats a run. */
const seed = Number(process.env['SHEAF_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** What happens to two others while Alice writes. */
const happening = fc.record({
  what: fc.constantFrom('write', 'write', 'pass', 'pass', 'copy', 'back', 'part', 'join', 'restart'),
  who: fc.integer({ min: 1, max: 2 }),
})
const story = fc.array(happening, { minLength: 4, maxLength: 16 })

/** How far each of a device's copies ever held each writer. */
class Memory {
  private readonly held = new Map<Device, Map<string, number>>()

  look(): void {
    for (const device of circle.devices) {
      const held = this.held.get(device) ?? new Map<string, number>()
      for (const [writer, seq] of device.document.heads()) held.set(writer, Math.max(seq, held.get(writer) ?? 0))
      this.held.set(device, held)
    }
  }

  /** Throws when somebody is said to hold what never was on their disk. Words before a closed run are all of it. */
  check(alice: Device): void {
    const own = new OwnRecords(alice.member).of(alice.document.logs())
    for (const device of circle.devices) {
      if (!alice.gathering.holders().includes(device.member)) continue
      for (const [writer, { seq }] of own) expect(this.held.get(device)?.get(writer) ?? 0).toBeGreaterThanOrEqual(seq)
    }
  }
}

test(`NET-5: nobody is said to hold what they never held, and in the end everybody does (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(story, fc.integer({ min: 1, max: 2 ** 30 }), async (all, chance) => {
      const [alice] = gather(3, { lost: 25, doubled: 15, delay: [1, 600], overtaking: true }, chance)
      const memory = new Memory()
      const copies = new Map<Device, Buffer>()
      try {
        for (const { what, who } of all) {
          const other = circle.devices[who]
          if (other === undefined) throw new Error('There is nobody.')
          const { storePath } = other.desk
          if (what === 'write') await alice.write('word ')
          else if (what === 'part' || what === 'join') part(other, what === 'join')
          else if (what === 'restart') alice.restart()
          else if (what === 'copy') other.restart(() => copies.set(other, fs.readFileSync(storePath)))
          else if (what === 'back')
            other.restart(() => fs.writeFileSync(storePath, copies.get(other) ?? fs.readFileSync(storePath)))
          for (let at = 0; at < (what === 'pass' ? 30 : 3); at++) {
            memory.look()
            memory.check(alice)
            circle.pass(100)
          }
        }
        circle.network.faults = NO_FAULTS
        for (const device of circle.devices) part(device, true)
        circle.pass(70_000)
        memory.look()
        memory.check(alice)
        expect(alice.gathering.holders()).toHaveLength(2)
        for (const device of circle.devices) expect(device.text).toBe(alice.text)
      } finally {
        circle.clear()
      }
    }),
    { seed, numRuns: 12 },
  )
}, 120_000)

test('NET-6: a picture that the document shows comes from whoever has it, and is the one its name says', async () => {
  const [alice, bob, carol] = gather(3)
  circle.pass(2000)
  const bytes = concat(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), suite.random(1_300_000))
  part(carol)
  const name = alice.document.pictures.add(bytes)
  await alice.picture(name)
  circle.pass(20_000)
  expect(bob.document.pictures.get(name)?.bytes).toEqual(bytes)
  expect(carol.document.pictures.get(name)).toBeNull()
  // From one who has it from somebody else.
  circle.network.connect(bob.member, carol.member, true)
  circle.pass(60_000)
  expect(carol.document.pictures.get(name)?.bytes).toEqual(bytes)
})

test('SYNC-18: a picture that the disk has no room for ends nothing, and comes again when there is room', async () => {
  const [alice, bob] = gather(2)
  circle.pass(2000)
  const keep = bob.document.pictures.keep.bind(bob.document.pictures)
  bob.document.pictures.keep = () => {
    throw new SheafError('disk-full', 'The disk is full.')
  }
  const bytes = concat(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), suite.random(1000))
  const name = alice.document.pictures.add(bytes)
  await alice.picture(name)
  circle.pass(15_000)
  expect(bob.document.pictures.get(name)).toBeNull()
  bob.document.pictures.keep = keep
  circle.pass(40_000)
  expect(bob.document.pictures.get(name)?.bytes).toEqual(bytes)
})

test('NET-3: that a device lost what it had is written down as soon as the disk lets it', async () => {
  const [alice, bob] = gather(2)
  circle.pass(1000)
  const earlier = fs.readFileSync(bob.desk.storePath)
  await alice.write('one')
  circle.pass(5000)
  expect(alice.document.facts.fact('holders')).toContain(bob.member)
  const setFact = alice.document.facts.setFact.bind(alice.document.facts)
  alice.document.facts.setFact = () => {
    throw new SheafError('disk-full', 'The disk is full.')
  }
  part(bob)
  bob.restart(() => {
    for (const suffix of ['-wal', '-shm']) fs.rmSync(`${bob.desk.storePath}${suffix}`, { force: true })
    fs.writeFileSync(bob.desk.storePath, earlier)
  })
  part(bob, true)
  // It comes as an older copy, and is gone before it has anything again.
  for (let at = 0; at < 400 && alice.gathering.sync().received === 1; at++) attempt(() => circle.pass(100))
  part(bob)
  attempt(() => circle.pass(1000))
  expect(alice.gathering.sync()).toMatchObject({ received: 0 })
  alice.document.facts.setFact = setFact
  circle.pass(5000)
  alice.restart()
  expect(alice.gathering.sync()).toMatchObject({ received: 0 })
})

/** What the app does around a tick: a disk that refuses ends nothing. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (cause) {
    if (!(cause instanceof SheafError)) throw cause
  }
}
