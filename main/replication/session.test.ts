import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../shared/ids.ts'
import { RECORD_TYPE, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frames.ts'
import { greet, reduce } from '../../shared/protocol/session.ts'
import {
  BEAT,
  type Effect,
  LIVE_RATE,
  newSession,
  type SessionEvent,
  type SessionState,
} from '../../shared/protocol/session-state.ts'
import type { Tips } from '../../shared/protocol/tips.ts'
import type { Step } from '../../shared/protocol/turn.ts'
import { WAITING } from '../../shared/protocol/waiting.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'

const documentId = suite.hash(Uint8Array.of(3))
const setting = { suite, documentId, session: '0a'.repeat(8) }
const [writer, recId] = ['0b'.repeat(32), '0c'.repeat(32)]
const chain = { seq: 0, hash: documentId }
const held: Tips = new Map([[writer, [{ seq: 3, recId }]]])

const frame = (sent: Frame, now = 0): SessionEvent => ({ kind: 'frame', bytes: encodeFrame(sent), now })
const hello = frame({ op: 'hello', min: 1, max: 1, documentId, session: '0d'.repeat(8) })

function run(events: readonly SessionEvent[], from: SessionState = newSession(setting, held, chain, 0)): Step {
  const effects: Effect[] = []
  let state = from
  for (const event of events) {
    const step = reduce(setting, state, event)
    state = step.state
    effects.push(...step.effects)
  }
  return { state, effects }
}

function sent({ effects }: Step): Frame[] {
  return effects.flatMap((effect) => {
    if (effect.do !== 'send') return []
    const one = decodeFrame(effect.frame)
    if (typeof one === 'string') throw new Error(one)
    return [one]
  })
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    Object.freeze(value)
    for (const one of Object.values(value)) freeze(one)
  }
  return value
}

describe('session', () => {
  it('SYNC-20: begins by saying who it is, says what it holds to one who did the same, and does nothing before', () => {
    const state = newSession(setting, held, chain, 0)
    expect(sent(greet(setting, state)).map(({ op }) => op)).toEqual(['hello'])
    expect(sent(run([hello])).map(({ op }) => op)).toEqual(['hello', 'heads'])
    const records = frame({ op: 'records', envelopes: [Uint8Array.of(1)] })
    expect(run([records, { kind: 'held', tips: held, now: 1 }]).effects).toEqual([])
  })

  it('SYNC-20: says hello again every beat until the peer has heard it', () => {
    const beat = (number: number): SessionEvent => ({ kind: 'tick', now: number * BEAT })
    expect(sent(run([beat(1)])).map(({ op }) => op)).toEqual(['hello'])
    const met = run([hello, beat(1)])
    expect(sent(met).map(({ op }) => op)).toEqual(['hello', 'heads', 'hello', 'pulse'])
    const pulse = frame({ op: 'pulse', revision: 1, digest: met.state.digest, chain }, BEAT)
    expect(sent(run([pulse, beat(2)], met.state)).map(({ op }) => op)).toEqual(['pulse'])
  })

  it('SYNC-20: sends the next page when the last is acknowledged, or when a beat has passed without', () => {
    const nothing = frame({ op: 'heads', revision: 1, page: 0, pages: 1, chain, tips: new Map() })
    const asked = run([hello, nothing])
    expect(asked.effects.filter((effect) => effect.do === 'find')).toHaveLength(1)
    const found: SessionEvent = { kind: 'found', envelopes: [Uint8Array.of(1)], now: 1 }
    const delivered = run([found, { kind: 'held', tips: held, now: 2 }], asked.state)
    expect(delivered.effects.filter((effect) => effect.do === 'find')).toEqual([])
    const part = frame({ op: 'holds', revision: 2, tips: new Map([[writer, [{ seq: 1, recId }]]]) }, 3)
    // The record of that number is not the last one: there is more to send.
    const other = new Map([[writer, [{ seq: 4, recId: '0e'.repeat(32) }]]])
    const more = run([{ kind: 'held', tips: other, now: 3 }, part], delivered.state)
    expect(more.effects.filter((effect) => effect.do === 'find')).toHaveLength(1)
    const late = run(
      [
        { kind: 'tick', now: 2 * BEAT },
        frame({ op: 'heads', revision: 3, page: 0, pages: 1, chain, tips: new Map() }, 2 * BEAT),
      ],
      delivered.state,
    )
    expect(late.effects.filter((effect) => effect.do === 'find')).toHaveLength(1)
  })

  it('SYNC-21: an older statement that comes late changes nothing', () => {
    const newest = frame({ op: 'heads', revision: 5, page: 0, pages: 1, chain, tips: held })
    const older = frame({ op: 'heads', revision: 4, page: 0, pages: 1, chain, tips: new Map() })
    const { state, effects } = run([hello, newest, older])
    expect(state.peer?.tips).toEqual(held)
    expect(effects.filter((effect) => effect.do === 'tell' && effect.notice.kind === 'rolled-back')).toEqual([])
    const acknowledged = frame({ op: 'holds', revision: 7, tips: held })
    const between = frame({ op: 'heads', revision: 6, page: 0, pages: 1, chain, tips: new Map() })
    expect(run([hello, newest, acknowledged, between]).state.peer?.tips).toEqual(held)
  })

  it('SYNC-21: a statement that comes after a pulse made later is no older copy', () => {
    const { digest } = newSession(setting, held, chain, 0)
    const pulse = frame({ op: 'pulse', revision: 1, digest, chain })
    const late = frame({ op: 'heads', revision: 1, page: 0, pages: 1, chain, tips: new Map() })
    const { state, effects } = run([hello, pulse, late])
    expect(state.peer?.tips).toEqual(held)
    expect(effects.filter((effect) => effect.do === 'tell' && effect.notice.kind === 'rolled-back')).toEqual([])
  })

  it('SYNC-21: pages of a statement count when all of them have come, in whatever order', () => {
    const page = (index: number, tips: Tips) => frame({ op: 'heads', revision: 1, page: index, pages: 2, chain, tips })
    const one = run([hello, page(1, held)])
    expect(one.state.peer?.tips).toBeNull()
    expect(run([page(0, new Map())], one.state).state.peer?.tips).toEqual(held)
  })

  it('SYNC-22: what waits is bounded; what is beyond is let go and asked for', () => {
    const envelope = new Uint8Array(300)
    const waiting = Array.from({ length: WAITING.count + 5 }, () => envelope)
    const { state } = run([hello, { kind: 'taken', taken: { kind: 'kept', tips: held, writers: [], waiting }, now: 1 }])
    expect(state.waiting).toHaveLength(WAITING.count)
    const huge = [new Uint8Array(WAITING.bytes), envelope]
    const taken = { kind: 'kept', tips: held, writers: [], waiting: huge } as const
    expect(run([hello, { kind: 'taken', taken, now: 1 }]).state.waiting).toHaveLength(1)
    let flood = run([hello, frame({ op: 'records', envelopes: [envelope] })]).state
    for (let i = 0; i < 30; i++)
      flood = run([frame({ op: 'records', envelopes: Array.from({ length: 100 }, () => envelope) })], flood).state
    expect(flood.inbox).toHaveLength(WAITING.count)
  })

  it('SYNC-22: of a writer whose records still do not follow after two beats, all is asked for', () => {
    const key = suite.keyPair(suite.random(32))
    const content = { type: RECORD_TYPE.update, stream: 0, seq: 5, prev: ZERO_ID, payload: new Uint8Array(9) }
    const record = signRecord(suite, documentId, key, content)
    const waiting = [sealRecord(suite, documentId, { epoch: 1, key: suite.random(32) }, record)]
    const stuck = run([hello, { kind: 'taken', taken: { kind: 'kept', tips: held, writers: [], waiting }, now: 1 }])
    const early = run([{ kind: 'tick', now: BEAT }], stuck.state)
    expect(sent(early).map(({ op }) => op)).toEqual(['hello', 'pulse'])
    expect(early.effects).toContainEqual({ do: 'take', envelopes: waiting })
    const still: SessionEvent = {
      kind: 'taken',
      taken: { kind: 'kept', tips: held, writers: [], waiting },
      now: BEAT,
    }
    const asked = sent(run([still, { kind: 'tick', now: 3 * BEAT }], early.state))
    expect(asked).toContainEqual(expect.objectContaining({ op: 'holds', tips: new Map([[toHex(key.publicKey), []]]) }))
  })

  it('SYNC-23: live words repeated, late or too many are not heard', () => {
    const live = (counter: number, now = 0) => frame({ op: 'live', counter, bytes: Uint8Array.of(counter) }, now)
    const heard = ({ effects }: Step) =>
      effects.flatMap((effect) =>
        effect.do === 'tell' && effect.notice.kind === 'heard' ? [effect.notice.bytes[0]] : [],
      )
    expect(heard(run([hello, live(2), live(2), live(1), live(3)]))).toEqual([2, 3])
    const many = Array.from({ length: 3 * LIVE_RATE }, (_, index) => live(index + 1))
    expect(heard(run([hello, ...many]))).toHaveLength(LIVE_RATE)
  })

  it('SYNC-24: is a function: it changes no state it is given, and answers the same again', () => {
    const events: SessionEvent[] = [
      hello,
      frame({ op: 'heads', revision: 1, page: 0, pages: 1, chain, tips: new Map() }),
      { kind: 'found', envelopes: [Uint8Array.of(1)], now: 1 },
      frame({ op: 'records', envelopes: [Uint8Array.of(2)] }, 2),
      { kind: 'taken', taken: { kind: 'kept', tips: held, writers: [writer], waiting: [Uint8Array.of(2)] }, now: 3 },
      { kind: 'say', bytes: Uint8Array.of(9), now: 4 },
      { kind: 'tick', now: 5 * BEAT },
      { kind: 'leave', now: 6 * BEAT },
    ]
    let state = freeze(newSession(setting, held, chain, 0))
    for (const event of events) {
      const [once, again] = [reduce(setting, state, event), reduce(setting, state, event)]
      expect(again).toEqual(once)
      state = freeze(once.state)
    }
    expect(state.phase).toBe('closed')
    expect(reduce(setting, state, hello)).toEqual({ state, effects: [] })
  })

  it('SYNC-25: whatever bytes and answers come in whatever order, it goes on or parts, and never throws', () => {
    const tips = fc.constantFrom<Tips>(
      held,
      new Map(),
      new Map([[writer, []]]),
      new Map([
        [
          writer,
          [
            { seq: 9, recId },
            { seq: 9, recId: '0f'.repeat(32) },
          ],
        ],
      ]),
    )
    const time = fc.nat(100_000)
    const hash = fc.constantFrom(documentId, fromHex(recId), fromHex(writer))
    const ends = fc.record({ seq: fc.nat(3), hash })
    const row = hash.map((one) => ({ op: new Uint8Array(9), hash: one, sig: new Uint8Array(64) }))
    const frames = fc.oneof(
      fc.record({
        op: fc.constant('heads' as const),
        revision: fc.nat(5),
        page: fc.nat(1),
        pages: fc.constant(2),
        chain: ends,
        tips: fc.constantFrom<Tips>(held, new Map()),
      }),
      fc.record({ op: fc.constant('holds' as const), revision: fc.nat(5), tips }),
      fc.record({
        op: fc.constant('records' as const),
        envelopes: fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        op: fc.constant('piece' as const),
        id: fc.constant(recId),
        index: fc.constant(1),
        count: fc.constant(2),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }),
      }),
      fc.record({
        op: fc.constant('pulse' as const),
        revision: fc.nat(),
        digest: fc.uint8Array({ minLength: 32, maxLength: 32 }),
        chain: ends,
      }),
      fc.record({
        op: fc.constant('chain' as const),
        from: fc.integer({ min: 1, max: 3 }),
        rows: fc.array(row, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ op: fc.constant('propose' as const), row }),
      fc.record({
        op: fc.constant('live' as const),
        counter: fc.integer({ min: 1, max: 9 }),
        bytes: fc.uint8Array({ maxLength: 9 }),
      }),
    )
    const event: fc.Arbitrary<SessionEvent> = fc.oneof(
      fc.tuple(frames, time).map(([one, now]) => frame(one, now)),
      fc.record({ kind: fc.constant('frame' as const), bytes: fc.uint8Array({ maxLength: 80 }), now: time }),
      fc.record({ kind: fc.constant('tick' as const), now: time }),
      fc.record({ kind: fc.constant('held' as const), tips, now: time }),
      fc.record({ kind: fc.constant('grown' as const), end: ends, now: time }),
      fc.record({ kind: fc.constant('found-rows' as const), rows: fc.array(row, { maxLength: 3 }), now: time }),
      fc.record({
        kind: fc.constant('followed' as const),
        followed: fc.oneof(
          ends.map((end) => ({ kind: 'followed' as const, end })),
          fc.constantFrom({ kind: 'refused' as const, reason: 'newer' as const }, { kind: 'forked' as const }),
        ),
        now: time,
      }),
      fc.record({
        kind: fc.constant('found' as const),
        envelopes: fc.array(fc.uint8Array({ maxLength: 9 })),
        now: time,
      }),
      fc.record({
        kind: fc.constant('taken' as const),
        taken: fc.oneof(
          fc.constant({ kind: 'refused' as const, reason: 'x' }),
          fc.record({
            kind: fc.constant('kept' as const),
            tips,
            writers: fc.constantFrom([], [writer]),
            waiting: fc.array(fc.uint8Array({ maxLength: 250 })),
          }),
        ),
        now: time,
      }),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const { state, effects } = run([hello, ...events])
        const ends = effects.filter((effect) => effect.do === 'close')
        expect(ends).toHaveLength(state.phase === 'closed' ? 1 : 0)
      }),
      { numRuns: 2000 },
    )
  })

  it('SYNC-35: of a writer whose records can’t be opened the peer is told that all it has is held, until something else comes', () => {
    const tip = (seq: number, byte: string) => ({ seq, recId: byte.repeat(32) })
    const heads = (revision: number, tips: Tips) => frame({ op: 'heads', revision, page: 0, pages: 1, chain, tips })
    const spoilt: Tips = new Map([[writer, [tip(4, 'aa')]]])
    const met = run([hello, heads(1, new Map([[writer, [tip(9, 'bb')]]]))])
    const taken = { kind: 'kept', tips: held, writers: [writer], waiting: [], spoilt } as const
    const told = run([{ kind: 'taken', taken, now: 1 }], met.state)
    const claims = sent(told)
    expect(claims).toContainEqual({ op: 'spoilt', tips: spoilt })
    expect(claims).toContainEqual(expect.objectContaining({ op: 'holds', tips: new Map([[writer, [tip(9, 'bb')]]]) }))
    // What follows waits for nothing, and nothing is looked for in vain.
    expect(told.effects.filter((effect) => effect.do === 'find')).toEqual([])
    const grown = run([heads(2, new Map([[writer, [tip(12, 'cc')]]]))], told.state)
    expect(grown.state.held.get(writer)).toEqual([tip(12, 'cc')])
    const gone = run([heads(3, new Map([[writer, [tip(3, '0c')]]]))], grown.state)
    expect(gone.state.held.get(writer)).toEqual(held.get(writer))
    const mended: Tips = new Map([[writer, [tip(4, 'dd')]]])
    const kept = { kind: 'kept', tips: mended, writers: [writer], waiting: [] } as const
    expect(run([{ kind: 'taken', taken: kept, now: 2 }], grown.state).state.held).toEqual(mended)
  })
})
