import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { Replica as Author } from '../../main/log/replica.fixture.ts'
import { RECORD_TYPE, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import { cut } from '../../shared/protocol/pieces.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import { encodeFrame, PIECE } from '../../shared/protocol/frames.ts'
import { encodeRelayFrame } from '../../shared/relay/relay-message.ts'
import { Scribe } from '../../main/replication/shared-document.fixture.ts'
import { Bare } from './bare.fixture.ts'
import { Circle, suite, TestRelay, until } from './relay.fixture.ts'

const clearing: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const clear of clearing.splice(0).reverse()) await clear()
})

async function begin(limits: Parameters<typeof TestRelay.start>[0] = {}) {
  const relay = await TestRelay.start(limits)
  const circle = new Circle(relay)
  clearing.push(async () => {
    circle.clear()
    await relay.clear()
  })
  return { relay, circle }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

function bare(relay: TestRelay): Bare {
  const one = new Bare(relay.url)
  clearing.push(() => one.socket.terminate())
  return one
}

describe('what a relay takes', () => {
  it('RELAY-9: an envelope of an old epoch is not taken; sealed anew it is, and nothing is lost', async () => {
    const { relay, circle } = await begin()
    circle.shared.rotate()
    const ana = circle.writer(circle.shared.founder).start()
    ana.write(2)
    await until('kept', () => ana.acknowledged === 2)
    circle.shared.rotate()
    ana.document.follow(circle.shared.chain)
    ana.replicator.changed()
    await until('the relay has the rows', () => relay.server.metrics.read('rows_kept') === circle.shared.chain.length)
    // The device has not got the new key yet.
    ana.write(2)
    await until('passed over', () => relay.server.metrics.read('envelopes_passed_over') > 0)
    expect(relay.server.metrics.read('envelopes_kept')).toBe(2)
    const [, second] = circle.shared.epochs
    if (second === undefined) throw new Error('no second epoch')
    circle.keys = { current: second, all: new Map([...circle.keys.all, [second.epoch, second]]) }
    await until('kept after all', () => ana.acknowledged === 4)
    expect(relay.server.metrics.read('envelopes_kept')).toBe(4)
  })

  it('RELAY-5: whatever a reader’s or a commenter’s program sends, of it is kept what their role allows', async () => {
    const { relay, circle } = await begin()
    for (const [role, kept] of [
      ['reader', 0],
      ['commenter', 1],
    ] as const) {
      const person = circle.add(role)
      const one = bare(relay)
      const chan = await one.open(circle.shared, person)
      const { documentId } = circle.shared
      one.frame(chan, { op: 'hello', min: 1, max: 1, documentId, session: '0102030405060708' })
      const scribes = [0, 1].map((stream) => new Scribe(documentId, person.member).write(0, stream))
      const envelopes = scribes.map((record) => sealRecord(suite, documentId, circle.keys.current, record))
      const passed = relay.server.metrics.read('envelopes_passed_over')
      one.frame(chan, { op: 'records', envelopes })
      await until('looked at', () => relay.server.metrics.read('envelopes_passed_over') === passed + 2 - kept)
      expect(relay.server.metrics.read('envelopes_kept')).toBe(kept)
    }
  })

  it('RELAY-10: what its writer did not sign is not kept, and ends the session', async () => {
    const { relay, circle } = await begin()
    const ana = circle.writer(circle.shared.founder)
    const envelope = sealRecord(suite, circle.shared.documentId, circle.keys.current, ana.scribe.write(0))
    envelope[150] = (envelope[150] ?? 0) ^ 1
    const one = bare(relay)
    const chan = await one.open(circle.shared)
    const say = (frame: Uint8Array): void => one.socket.send(encodeRelayFrame(chan, frame))
    say(encodeFrame({ op: 'hello', min: 1, max: 1, documentId: circle.shared.documentId, session: '0102030405060708' }))
    say(encodeFrame({ op: 'records', envelopes: [envelope] }))
    await until('forged', () => relay.server.metrics.read('envelopes_forged') === 1)
    await until('over', () => one.heard.some(({ t }) => t === 'closed'))
    expect(relay.server.metrics.read('envelopes_kept')).toBe(0)
  })
})

describe('what the disk refuses', () => {
  it('RELAY-31: nothing is acknowledged that the disk refused, and all of it is kept as soon as it can be', async () => {
    const { relay, circle } = await begin()
    const ben = circle.add('editor')
    const [ana, other] = [circle.writer(circle.shared.founder).start(), circle.writer(ben).start()]
    ana.write(3)
    await until('kept', () => other.count === 3)
    // Another program holds the mailbox: every commit fails.
    const thief = new Database(path.join(relay.folder, 'mailbox.sqlite'))
    clearing.push(() => void thief.close())
    thief.exec('BEGIN IMMEDIATE')
    ana.write(3)
    await until('refused', () => relay.server.metrics.read('commits_failed') > 0)
    expect([ana.acknowledged, other.count]).toEqual([3, 3])
    thief.exec('ROLLBACK')
    await until('kept after all', () => ana.acknowledged === 6 && other.count === 6)
    expect(relay.server.metrics.read('envelopes_kept')).toBeGreaterThanOrEqual(6)
  })
})

describe('what a relay bears', () => {
  it('RELAY-21: a document that is full is told so; nothing of it goes, and it is read as before', async () => {
    const { relay, circle } = await begin({ documentBytes: 8000 })
    const reader = circle.add('reader')
    const ana = circle.writer(circle.shared.founder).start()
    ana.write(40)
    await until('told', () => ana.status.problem === 'refused')
    const kept = relay.server.metrics.read('envelopes_kept')
    expect(kept).toBeGreaterThan(5)
    expect(kept).toBeLessThan(40)
    expect(relay.server.metrics.read('envelopes_passed_over')).toBeGreaterThan(0)
    const eva = circle.writer(reader).start()
    await until('read', () => eva.count === kept)
  })

  it('RELAY-22: who sends too fast is slowed down, and loses nothing', async () => {
    const { circle } = await begin({ recordsPerSecond: 100, recordsAtOnce: 50 })
    const ana = circle.writer(circle.shared.founder).start()
    const begun = Date.now()
    ana.write(250)
    await until('all of it', () => ana.acknowledged === 250)
    expect(Date.now() - begun).toBeGreaterThan(1500)
  })

  it('RELAY-23: who proves nothing is let go, and what is no message ends the WebSocket', async () => {
    const { relay } = await begin({ proofTime: 300 })
    const silent = bare(relay)
    await until('let go', () => silent.code !== null)
    expect(silent.code).toBe(4401)
    const garbled = bare(relay)
    await until('open', () => garbled.heard.length > 0)
    garbled.socket.send(Buffer.from([9, 9, 9]))
    await until('over', () => garbled.code !== null)
    expect(garbled.code).toBe(4400)
    const large = bare(relay)
    await until('open', () => large.heard.length > 0)
    large.socket.send(Buffer.alloc(1_300_000, 1))
    await until('over', () => large.code !== null)
    expect(large.code).toBe(1009)
  })

  it('RELAY-23: one address has so many WebSockets, and so many new ones a second', async () => {
    const { relay } = await begin({ socketsPerAddress: 3 })
    const many = Array.from({ length: 5 }, () => bare(relay))
    await until('some are in, some are not', () => many.every(({ heard, code }) => heard.length > 0 || code !== null))
    expect(many.filter(({ heard }) => heard.length > 0)).toHaveLength(3)
    many.find(({ heard }) => heard.length > 0)?.socket.terminate()
    await pause(200)
    const again = bare(relay)
    await until('in', () => again.heard.length > 0)
    const fast = await begin({ newSocketsPerSecond: 4 })
    const rush = Array.from({ length: 8 }, () => bare(fast.relay))
    await until('some are in, some are not', () => rush.every(({ heard, code }) => heard.length > 0 || code !== null))
    expect(rush.filter(({ heard }) => heard.length > 0).length).toBeLessThan(8)
  })

  it('RELAY-24: who reads nothing holds nobody up, costs bounded memory, and is let go', async () => {
    const { relay, circle } = await begin({ laggingBytes: 65_536, stalledBytes: 1_000_000, stalledTime: 2000 })
    const ben = circle.add('editor')
    const slow = bare(relay)
    const chan = await slow.open(circle.shared)
    const hello = {
      op: 'hello',
      min: 1,
      max: 1,
      documentId: circle.shared.documentId,
      session: '0102030405060708',
    } as const
    slow.socket.send(encodeRelayFrame(chan, encodeFrame(hello)))
    await until('in session', () => slow.frames > 0)
    const author = new Author(circle.shared.documentId, 'ana')
    for (let i = 0; i < 20; i++) {
      author.type(Buffer.from(suite.random(60_000)).toString('base64'))
      author.seal()
    }
    const [ana, other] = [circle.writer(circle.shared.founder).start(), circle.writer(ben).start()]
    ana.document.merge(author.log.records())
    ana.replicator.changed()
    await until('the relay has them', () => relay.server.metrics.read('envelopes_kept') === 20)
    slow.socket.pause()
    const before = process.memoryUsage.rss()
    const writer = Buffer.from(author.writer.key.publicKey).toString('hex')
    const end = relay.server.metrics.read('bytes_out')
    // It asks for everything, again and again, and reads nothing.
    for (let revision = 1; revision < 400; revision++) {
      const chain = { seq: 1, hash: circle.shared.chain[1]?.hash ?? hello.documentId }
      const heads = { op: 'heads', revision, page: 0, pages: 1, chain, tips: new Map() } as const
      slow.socket.send(encodeRelayFrame(chan, encodeFrame(heads)))
      slow.socket.send(encodeRelayFrame(chan, encodeFrame({ op: 'holds', revision, tips: new Map([[writer, []]]) })))
      if (revision % 20 === 0) await pause(20)
    }
    ana.write(20)
    await until('the honest have all', () => other.count === 40)
    await until('let go', () => relay.server.metrics.read('sockets_stalled') === 1)
    expect(relay.server.metrics.read('bytes_out') - end).toBeLessThan(40_000_000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(150_000_000)
    expect(other.held).toBe(ana.held)
  })

  it('RELAY-24: who reads a large record slowly is not let go, and gets all of it', async () => {
    const { relay, circle } = await begin({ laggingBytes: 65_536, stalledBytes: 1_000_000, stalledTime: 1500 })
    const { documentId, founder } = circle.shared
    const payload = suite.random(24_000_000)
    const content = { type: RECORD_TYPE.update, stream: 0, seq: 1, prev: ZERO_ID, payload }
    const envelope = sealRecord(
      suite,
      documentId,
      circle.keys.current,
      signRecord(suite, documentId, founder.member, content),
    )
    const hello = { op: 'hello', min: 1, max: 1, documentId, session: '0102030405060708' } as const
    const one = bare(relay)
    const chan = await one.open(circle.shared)
    one.frame(chan, hello)
    for (const part of cut(suite, envelope, 'piece')) one.frame(chan, part)
    await until('kept', () => relay.server.metrics.read('envelopes_kept') === 1)
    one.socket.terminate()
    const slow = bare(relay)
    const other = await slow.open(circle.shared)
    const came = new Set<number>()
    slow.onFrame = (frame) => {
      if (frame.op !== 'piece') return
      came.add(frame.index)
      slow.socket.pause()
      setTimeout(() => slow.socket.resume(), 120)
    }
    slow.frame(other, hello)
    const chain = { seq: 0, hash: documentId }
    slow.frame(other, { op: 'heads', revision: 1, page: 0, pages: 1, chain, tips: new Map() })
    await until('all of it came', () => came.size === Math.ceil(envelope.length / PIECE))
    expect(slow.code).toBeNull()
  })

  it('RELAY-43: what comes in parts and is never whole costs bounded memory: who sends most of it is sent away', async () => {
    const { relay, circle } = await begin({ unfinishedBytes: 4 * PIECE })
    const unfinished = (): number => relay.server.metrics.read('unfinished_bytes')
    const { documentId } = circle.shared
    const [little, much] = [bare(relay), bare(relay)]
    const chans = [await little.open(circle.shared), await much.open(circle.shared, circle.add('editor'))]
    const part = (op: 'piece' | 'picture', index: number) =>
      ({ op, id: '07'.repeat(32), index, count: 40, bytes: new Uint8Array(PIECE) }) as const
    for (const [at, one] of [little, much].entries())
      one.frame(chans[at] ?? 0, { op: 'hello', min: 1, max: 1, documentId, session: '0102030405060708' })
    little.frame(chans[0] ?? 0, part('piece', 0))
    for (const op of ['piece', 'picture'] as const) much.frame(chans[1] ?? 0, part(op, 0))
    await until('they wait', () => unfinished() === 3 * PIECE)
    for (const index of [1, 2]) much.frame(chans[1] ?? 0, part('piece', index))
    await until('sent away', () => much.heard.some(({ t }) => t === 'closed'))
    expect(unfinished()).toBe(PIECE)
    expect(little.heard.some(({ t }) => t === 'closed')).toBe(false)
    little.socket.terminate()
    await until('forgotten', () => unfinished() === 0)
  })

  it('RELAY-25: it says that it lives and is ready; what it counted it says to its own computer alone', async () => {
    const { relay } = await begin()
    const get = (url: string, headers = {}): Promise<{ status: number; body: string }> =>
      new Promise((resolve, reject) => {
        const request = http.get({ host: '127.0.0.1', port: relay.port, path: url, headers }, (response) => {
          let body = ''
          response.on('data', (chunk) => (body += String(chunk)))
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
        })
        request.on('error', reject)
      })
    expect(await get('/livez')).toEqual({ status: 200, body: 'ok\n' })
    expect(await get('/readyz')).toEqual({ status: 200, body: 'ok\n' })
    expect((await get('/metrics')).body).toContain(
      '# TYPE sheaf_envelopes_kept_total counter\nsheaf_envelopes_kept_total 0\n',
    )
    expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(404)
    expect((await get('/i')).body).toContain('Beitreten')
    expect((await get('/anything')).status).toBe(404)
  })

  it('RELAY-26: when it ends it says when to come again, and takes nobody new', async () => {
    const { relay, circle } = await begin()
    const one = bare(relay)
    await one.open(circle.shared)
    await relay.server.stop()
    await until('over', () => one.code !== null)
    expect(one.code).toBe(1012)
    expect(one.heard.at(-1)).toMatchObject({ t: 'goodbye' })
    await relay.restart()
  })
})

describe('what a relay knows', () => {
  it('RELAY-27: no word, title, name or live word is in its files, its log or its figures, and no address in its log', async () => {
    const { relay, circle } = await begin()
    const secrets = Array.from(
      { length: 50 },
      (_, index) => `canary-${index}-${Buffer.from(suite.random(6)).toString('hex')}`,
    )
    const ben = circle.add('editor')
    const author = new Author(circle.shared.documentId, 'ana')
    for (const secret of secrets.slice(0, 40)) {
      author.type(secret)
      author.seal()
    }
    author.close()
    const [ana, other] = [circle.writer(circle.shared.founder).start(), circle.writer(ben).start()]
    await until('both are in', () => ana.met + other.met === 2)
    ana.document.merge(author.log.records())
    ana.replicator.changed()
    await until('they came', () => other.count === ana.count && other.count > 0)
    for (const secret of secrets.slice(40)) {
      // Sealed, as the app says it.
      const nonce = suite.random(24)
      ana.replicator.say(suite.encrypt(Buffer.from(secret), new Uint8Array(0), nonce, circle.keys.current.key))
      await pause(110)
    }
    // The scan finds what it looks for: a member key is in the chain, for all to see.
    const known = Buffer.from(ben.member.publicKey)
    const files = fs.readdirSync(relay.folder).map((name) => fs.readFileSync(path.join(relay.folder, name)))
    expect(files.some((bytes) => bytes.includes(known))).toBe(true)
    const places = [...files, Buffer.from(relay.lines.join('\n')), Buffer.from(relay.server.metrics.text())]
    const found = [...secrets, 'canary', 'Somebody'].filter((secret) => places.some((bytes) => bytes.includes(secret)))
    expect(found).toEqual([])
    expect(relay.lines.join('\n')).not.toMatch(/127\.0\.0\.1|[0-9a-f]{64}/)
  })
})
