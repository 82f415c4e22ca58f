import { beforeEach, describe, expect, it } from 'vitest'
import { PictureExchange } from '../../relay/rooms/picture-exchange.ts'
import type { RoomLink } from '../../relay/rooms/room-link.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { PIECE } from '../../shared/protocol/frames.ts'
import type { PictureFrame } from '../../shared/protocol/session-state.ts'
import { suite } from './relay.fixture.ts'

const link = (peer: string): RoomLink => ({
  peer,
  member: peer,
  send: () => undefined,
  listen: () => undefined,
  close: () => undefined,
  isLagging: () => false,
})

const [ana, ben] = [link('ana'), link('ben')]
const id = (number: number): string => toHex(Uint8Array.from({ length: 32 }, () => number))
const sealed = (number: number): Uint8Array => {
  const bytes = new Uint8Array(PIECE * 3)
  bytes.set(fromHex(id(number)), 5)
  return bytes
}

let now = 0
let said: { to: string; frame: PictureFrame }[] = []
let kept: Map<string, Uint8Array>
let loads = 0
let mayKeep = true
let exchange: PictureExchange

beforeEach(() => {
  now = 0
  said = []
  kept = new Map()
  loads = 0
  mayKeep = true
  exchange = new PictureExchange({
    suite,
    clock: { now: () => now },
    pictures: {
      has: (name) => kept.has(toHex(name)),
      find: (name) => {
        loads += 1
        return kept.get(toHex(name)) ?? null
      },
    },
    keep: async (_, name, bytes) => {
      if (mayKeep) kept.set(toHex(name), bytes)
      return await Promise.resolve()
    },
    say: (to, frame) => said.push({ to: to.peer, frame }),
  })
  for (const one of [ana, ben]) exchange.enter(one)
})

const wants = (to: string): number => said.filter((one) => one.to === to && one.frame.op === 'want').length
const parts = (to: string): number => said.filter((one) => one.to === to && one.frame.op === 'picture').length

describe('pictures on their way through a relay', () => {
  it('RELAY-42: one after the other is taken into memory, however many are wanted', () => {
    for (let number = 0; number < 20; number++) kept.set(id(number), sealed(number))
    exchange.want(ana, [...kept.keys()])
    expect(loads).toBe(0)
    for (let tick = 1; tick <= 2; tick++) exchange.tick()
    expect([loads, parts('ana')]).toEqual([1, 3])
    for (let tick = 0; tick < 38; tick++) exchange.tick()
    expect([loads, parts('ana')]).toEqual([20, 60])
  })

  it('RELAY-42: others are asked for one picture now and then, and who waits for too many is not heard', () => {
    for (let i = 0; i < 10; i++) exchange.want(ana, [id(1)])
    expect(wants('ben')).toBe(1)
    now = 5000
    exchange.want(ana, [id(1)])
    expect(wants('ben')).toBe(2)
    const many = Array.from({ length: 300 }, () => toHex(suite.random(32)))
    exchange.want(ana, many)
    const asked = said.flatMap(({ frame }) => (frame.op === 'want' ? frame.ids : []))
    expect(new Set(asked).size).toBe(256)
    // What nobody has is given up, and others can be asked for again.
    now = 70_000
    exchange.tick()
    exchange.want(ana, many.slice(290))
    expect(wants('ben')).toBe(4)
  })

  it('RELAY-17: one that is kept nowhere goes to who waits for it, and one that did not help is asked for anew', async () => {
    mayKeep = false
    exchange.want(ana, [id(1)])
    await exchange.take(ben, sealed(1))
    for (let tick = 0; tick < 3; tick++) exchange.tick()
    expect(parts('ana')).toBe(3)
    mayKeep = true
    exchange.want(ana, [id(1)])
    expect(wants('ben')).toBe(2)
    await exchange.take(ben, sealed(1))
    for (let tick = 0; tick < 3; tick++) exchange.tick()
    expect([parts('ana'), kept.size]).toEqual([6, 1])
  })
})
