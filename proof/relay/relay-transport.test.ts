import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Link } from '../../main/replication/transport.ts'
import { transportContract } from '../../main/replication/transport.contract.ts'
import http from 'node:http'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { SheafError } from '../../shared/errors.ts'
import { Circle, TestRelay, until } from './relay.fixture.ts'

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The relay's end of the links, as a transport: what a session would listen to. */
async function pair() {
  let meeting: ((link: Link) => void) | null = null
  const open = new Set<Link>()
  const relay = await TestRelay.start({}, (_, channel) => {
    if (meeting === null) return channel.close()
    open.add(channel)
    meeting(channel)
  })
  const circle = new Circle(relay)
  const alice = circle.writer(circle.shared.founder)
  clearing.push(async () => {
    circle.clear()
    await relay.clear()
  })
  return {
    alice: alice.transport,
    bob: {
      start: (meet: (link: Link) => void) => (meeting = meet),
      stop: () => {
        meeting = null
        for (const link of open) link.close()
      },
    },
    settle: () => pause(900),
  }
}

const clearing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const clear of clearing.splice(0)) await clear()
})

transportContract('A relay', pair)

describe('why a relay is not reached', () => {
  let relay: TestRelay
  let circle: Circle

  beforeEach(async () => {
    relay = await TestRelay.start()
    circle = new Circle(relay)
    clearing.push(async () => {
      circle.clear()
      await relay.clear()
    })
  })

  async function whyNot(url: string, setting = {}): Promise<string | null> {
    circle.url = url
    const writer = circle.writer(circle.shared.founder, setting).start()
    await until('it says why', () => writer.status.state === 'problem', 10_000)
    return writer.status.problem
  }

  function listen(server: net.Server | http.Server): Promise<string> {
    clearing.push(async () => {
      server.close()
    })
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`))
    })
  }

  it('RELAY-2: nobody listens there: unreachable; something else does: not a relay', async () => {
    expect(await whyNot('http://127.0.0.1:1')).toBe('relay-unreachable')
    const other = http.createServer((_, response) => response.end('hello'))
    expect(await whyNot(`http://${await listen(other)}`)).toBe('not-a-relay')
  })

  it('RELAY-2: one that takes the call and says nothing is unreachable; one that takes a WebSocket and says nothing is no relay', async () => {
    const calls: net.Socket[] = []
    clearing.push(async () => calls.forEach((call) => call.destroy()))
    const silent = net.createServer((call) => calls.push(call))
    expect(await whyNot(`http://${await listen(silent)}`)).toBe('relay-unreachable')
    expect(calls.length).toBeGreaterThan(0)
    const mute = http.createServer()
    const sockets = new WebSocketServer({ server: mute })
    const heard: string[] = []
    sockets.on('connection', (socket, request) => {
      heard.push(request.headers['sec-websocket-protocol'] ?? '')
      clearing.push(async () => socket.terminate())
    })
    expect(await whyNot(`http://${await listen(mute)}`)).toBe('not-a-relay')
    expect(heard).toEqual(['sheaf-relay'])
  })

  it('RELAY-2: another version of the protocol is said to be one', async () => {
    expect(await whyNot(relay.url, { versions: { min: 2, max: 3 } })).toBe('version')
  })

  it('RELAY-44: what this computer can’t do when it meets a relay ends nothing, and is tried again', async () => {
    const writer = circle.writer(circle.shared.founder)
    let meetings = 0
    writer.transport.start((link) => {
      meetings += 1
      // As the disk says it when it is full.
      if (meetings === 1) throw new SheafError('disk-full', 'There is no room left on the disk.')
      writer.replicator.meet(link)
    })
    await until('met again', () => meetings === 2)
    writer.write(1)
    await until('kept there', () => writer.acknowledged > 0)
    expect(meetings).toBe(2)
  })

  it('RELAY-44: nor does what it can’t read when the relay is to be told what closed runs cover', async () => {
    let looks = 0
    const runs = () => {
      looks += 1
      throw new SheafError('disk-error', 'The disk could not be read.')
    }
    const writer = circle.writer(circle.shared.founder, {}, runs).start()
    await until('looked', () => looks > 0)
    await until('met again', () => writer.met === 2)
    writer.write(1)
    await until('kept there', () => writer.acknowledged > 0)
    expect(writer.status.state).toBe('connected')
  })

  it('RELAY-3: a version that also speaks ours is understood', async () => {
    const writer = circle.writer(circle.shared.founder, { versions: { min: 1, max: 2 } }).start()
    await until('connected', () => writer.status.state === 'connected')
    expect(writer.met).toBe(1)
  })
})
