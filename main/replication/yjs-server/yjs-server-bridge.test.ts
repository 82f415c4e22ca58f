import fs from 'node:fs'
import http from 'node:http'
import type net from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { BODY, FACTS } from '../../../shared/document/document-shape.ts'
import { Desk } from '../../documents/open-document.fixture.ts'
import { message, number } from './y-protocol.ts'
import { YjsServerBridge } from './yjs-server-bridge.ts'
import { Connected, Guest, ROOM, type RunningServer, startServer, textOf, TOKEN } from './yjs-servers.fixture.ts'
import type { YjsServerKind } from './yjs-wire.ts'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function server(kind: YjsServerKind, port = 0): Promise<RunningServer> {
  const running = await startServer(kind, port)
  let isOver = false
  const once = { ...running, kill: async () => (isOver ? undefined : ((isOver = true), await running.kill())) }
  endings.push(() => once.kill())
  return once
}

function guest(kind: YjsServerKind, url: string): Guest {
  const one = new Guest(kind, url)
  endings.push(() => one.leave())
  return one
}

function desk(): { desk: Desk; documentId: string } {
  const one = new Desk()
  endings.push(() => one.clear())
  return { desk: one, documentId: one.found() }
}

function connected(...args: ConstructorParameters<typeof Connected>): Connected {
  const one = new Connected(...args)
  endings.push(() => one.end(true))
  one.bridge.start()
  return one
}

const WAIT = { timeout: 20_000, interval: 20 }
const expectSame = (one: Y.Doc, other: Y.Doc, ...words: string[]): Promise<void> =>
  vi.waitFor(() => {
    expect(textOf(one)).toBe(textOf(other))
    for (const word of words) expect(textOf(one).split(word)).toHaveLength(2)
  }, WAIT)

describe.each(['y-websocket', 'hocuspocus'] as const)('a bridge to a %s server', (kind) => {
  it('YJS-1: fills an empty room, and reads a filled one', async () => {
    const { url } = await server(kind)
    const first = desk()
    const alice = connected(first.desk, first.documentId, { kind, url })
    await alice.pane.type('written in Sheaf')
    const eve = guest(kind, url)
    await expectSame(alice.pane.doc, eve.doc, 'written in Sheaf')
    alice.bridge.leave()

    const second = desk()
    const bob = connected(second.desk, second.documentId, { kind, url })
    await expectSame(bob.pane.doc, eve.doc, 'written in Sheaf')
    expect(bob.statuses.at(-1)).toBe('connected')
  })

  it('YJS-14: is found out to be one, with its token in the address', async () => {
    const { url } = await server(kind)
    const { desk: ours, documentId } = desk()
    const eve = guest(kind, url)
    eve.write('found')
    const alice = connected(ours, documentId, { url: `${url}/?token=${encodeURIComponent(TOKEN)}`, token: null })
    await expectSame(alice.pane.doc, eve.doc, 'found')
    expect(alice.statuses).toEqual(['off', 'looking', 'connected'])
  })

  it('YJS-2: brings what either side writes to the other, titles and formatting too', async () => {
    const { url } = await server(kind)
    const { desk: ours, documentId } = desk()
    const alice = connected(ours, documentId, { kind, url })
    const eve = guest(kind, url)
    await alice.pane.type('the quick fox')
    await expectSame(alice.pane.doc, eve.doc, 'quick')
    const run = (eve.body.get(0) as Y.XmlElement).get(0) as Y.XmlText
    run.insert(4, 'very ')
    run.format(0, 3, { bold: {} })
    eve.doc.getMap(FACTS).set('title', 'From outside')
    await expectSame(alice.pane.doc, eve.doc, 'very', 'From outside', '<bold>the</bold>')
    await alice.pane.type(' jumps')
    await expectSame(alice.pane.doc, eve.doc, 'jumps', 'very')
    expect(alice.statuses.at(-1)).toBe('connected')
  })

  it('YJS-3: outlives a server that is killed and comes back empty, with what was written meanwhile', async () => {
    const running = await server(kind)
    const { desk: ours, documentId } = desk()
    const alice = connected(ours, documentId, { kind, url: running.url })
    const eve = guest(kind, running.url)
    await alice.pane.type('before')
    await expectSame(alice.pane.doc, eve.doc, 'before')
    await running.kill()
    await alice.pane.type(' and during')
    eve.write('eve during')
    await vi.waitFor(() => expect(alice.statuses.at(-1)).toMatch('problem'), WAIT)
    await server(kind, running.port)
    await expectSame(alice.pane.doc, eve.doc, 'before', ' and during', 'eve during')
  })

  it('YJS-4: brings no word twice when Sheaf ends, with or without a word, and is started again', async () => {
    const { url } = await server(kind)
    const { desk: ours, documentId } = desk()
    const eve = guest(kind, url)
    eve.write('eve one')
    let alice = connected(ours, documentId, { kind, url })
    await alice.pane.type('alice one ')
    await expectSame(alice.pane.doc, eve.doc, 'alice one', 'eve one')
    for (const [round, suddenly] of [true, false, true].entries()) {
      await alice.pane.type(`alice in round ${round} `)
      alice.end(suddenly)
      endings.pop()
      eve.write(`eve in round ${round}`)
      alice = connected(ours, documentId, { kind, url })
      await expectSame(
        alice.pane.doc,
        eve.doc,
        'alice one',
        'eve one',
        `alice in round ${round}`,
        `eve in round ${round}`,
      )
    }
    expect(alice.statuses.at(-1)).toBe('connected')
  })

  it('YJS-9: shows people of the room here, and ours there, with their carets', async () => {
    const { url } = await server(kind)
    const { desk: ours, documentId } = desk()
    const alice = connected(ours, documentId, { kind, url })
    const eve = guest(kind, url)
    await alice.pane.type('hello')
    await expectSame(alice.pane.doc, eve.doc, 'hello')
    const seen: string[] = []
    alice.bridge.onPresence((peers) => {
      for (const peer of peers) {
        const place =
          peer.head === null
            ? null
            : Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(peer.head), alice.pane.doc)
        seen.push(`${peer.name} at ${String(place?.index)} in ${String(place?.type)}`)
      }
    })
    const run = (eve.body.get(0) as Y.XmlElement).get(0) as Y.XmlText
    const place = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(run, 3))
    eve.provider.awareness?.setLocalState({ user: { name: 'Eve' }, cursor: { anchor: place, head: place } })
    await vi.waitFor(() => expect(seen).toContain('Eve at 3 in hello'), WAIT)

    const own = (alice.pane.doc.getXmlFragment(BODY).get(0) as Y.XmlElement).get(0) as Y.XmlText
    const caret = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(own, 2))
    const peer = {
      session: 's',
      person: null,
      name: 'Alice',
      color: 1,
      anchor: caret,
      head: caret,
      typing: true,
      idle: false,
    }
    alice.bridge.say([peer])
    const states = (): unknown[] => [...(eve.provider.awareness?.getStates().values() ?? [])]
    await vi.waitFor(() => expect(states()).toContainEqual(expect.objectContaining({ user: expect.anything() })), WAIT)
    const shown = await vi.waitFor(() => {
      const found = states().find((state) => (state as { user?: { name?: string } }).user?.name === 'Alice')
      if (found === undefined) throw new Error('Alice is not shown')
      return found as { cursor: { head: unknown } }
    }, WAIT)
    const there = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(shown.cursor.head),
      eve.doc,
    )
    expect([there?.index, String(there?.type)]).toEqual([2, 'hello'])
    alice.bridge.say([])
    await vi.waitFor(() => expect(JSON.stringify(states())).not.toContain('Alice'), WAIT)
  })
})

describe('a bridge', () => {
  it('YJS-5: lets each side undo its own words and no others', async () => {
    const { url } = await server('y-websocket')
    const { desk: ours, documentId } = desk()
    const alice = connected(ours, documentId, { kind: 'y-websocket', url })
    const eve = guest('y-websocket', url)
    await alice.pane.type('shared ')
    await expectSame(alice.pane.doc, eve.doc, 'shared')
    const undoHere = new Y.UndoManager(alice.pane.doc.getXmlFragment(BODY))
    const undoThere = new Y.UndoManager(eve.body)
    await alice.pane.type('ours')
    await expectSame(alice.pane.doc, eve.doc, 'ours')
    const run = (eve.body.get(0) as Y.XmlElement).get(0) as Y.XmlText
    run.insert(0, 'theirs ')
    await expectSame(alice.pane.doc, eve.doc, 'ours', 'theirs')
    undoHere.undo()
    await expectSame(alice.pane.doc, eve.doc, 'theirs', 'shared')
    expect(textOf(eve.doc)).not.toContain('ours')
    undoThere.undo()
    await expectSame(alice.pane.doc, eve.doc, 'shared')
    expect(textOf(eve.doc)).not.toContain('theirs')
    undoHere.redo()
    await expectSame(alice.pane.doc, eve.doc, 'shared', 'ours')
  })

  it('YJS-6: carries nodes, marks and attributes that Sheaf does not know as they are', async () => {
    const { url } = await server('y-websocket')
    const { desk: ours, documentId } = desk()
    const eve = guest('y-websocket', url)
    const widget = new Y.XmlElement('widget')
    widget.setAttribute('made-of', { some: ['thing'] } as never)
    const inside = new Y.XmlText()
    inside.insert(0, 'inside', { glow: { strength: 2 } })
    widget.insert(0, [inside])
    eve.body.insert(0, [widget])
    const alice = connected(ours, documentId, { kind: 'y-websocket', url })
    await expectSame(alice.pane.doc, eve.doc, 'inside')
    const here = alice.pane.doc.getXmlFragment(BODY).get(0) as Y.XmlElement
    expect(here.getAttributes()).toEqual({ 'made-of': { some: ['thing'] } })
    expect((here.get(0) as Y.XmlText).toDelta()).toEqual(inside.toDelta())
  })

  it('YJS-7: refuses what no record could hold: the connection is dropped, it is said, and nothing is kept', async () => {
    const { desk: ours, documentId } = desk()
    for (const [hostile, expected] of [
      // An update that is cut off; one whose words lean on later ones of their own; then no message at all.
      [message(number(0), number(2), number(3), number(1), number(1), number(5)), 'problem: refused'],
      [message(number(0), number(2), (e) => writeBytes(e, [1, 1, 5, 0, 0x84, 5, 7, 1, 120, 0])), 'problem: refused'],
      [Uint8Array.of(0, 2, 200), 'problem: not-a-relay'],
    ] as const) {
      const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
      endings.push(() => {
        sockets.close()
        for (const socket of sockets.clients) socket.terminate()
      })
      sockets.on('connection', (socket) => {
        socket.send(message(number(0), number(1), (e) => writeBytes(e, [0, 0])))
        socket.send(hostile)
      })
      await new Promise((resolve) => sockets.once('listening', resolve))
      const { port } = sockets.address() as net.AddressInfo
      const alice = connected(ours, documentId, { kind: 'y-websocket', url: `ws://127.0.0.1:${port}` })
      await vi.waitFor(() => expect(alice.statuses).toContain(expected), WAIT)
      expect(textOf(alice.pane.doc)).toBe('')
      alice.end()
      endings.pop()
    }
  })

  it('YJS-8: says why a room can not be reached', async () => {
    const { desk: ours, documentId } = desk()
    const reasons = async (kind: YjsServerKind, url: string, token?: string): Promise<string> => {
      const alice = connected(ours, documentId, { kind, url, ...(token === undefined ? {} : { token }) })
      await vi.waitFor(() => expect(alice.statuses.at(-1)).toMatch('problem'), WAIT)
      alice.end()
      endings.pop()
      return alice.statuses.at(-1) === 'off' ? (alice.statuses.at(-2) ?? '') : (alice.statuses.at(-1) ?? '')
    }
    expect(await reasons('y-websocket', 'ws://127.0.0.1:9')).toBe('problem: relay-unreachable')
    const { url } = await server('hocuspocus')
    expect(await reasons('hocuspocus', url, 'wrong')).toBe('problem: key')
    const plain = http.createServer((_, response) => response.end('hello'))
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    endings.push(() => plain.close())
    const { port } = plain.address() as net.AddressInfo
    expect(await reasons('y-websocket', `ws://127.0.0.1:${port}`)).toBe('problem: not-a-relay')
    const document = ours.open(documentId)
    endings.push(() => document.close())
    const parts = { document, kind: 'y-websocket', device: 'd', clock: { now: () => 0 }, random: () => 0 } as const
    expect(() => new YjsServerBridge({ ...parts, url: 'ftp://x', room: ROOM })).toThrow('wss://')
    expect(() => new YjsServerBridge({ ...parts, url, room: ' ' })).toThrow('room')
  })

  it('YJS-10: tells a second computer that another one connects the document, and steps back when that takes over', async () => {
    const { url } = await server('y-websocket')
    const { desk: ours, documentId } = desk()
    const alice = connected(ours, documentId, { kind: 'y-websocket', url })
    const eve = guest('y-websocket', url)
    await alice.pane.type('once')
    await expectSame(alice.pane.doc, eve.doc, 'once')
    // The same document on another computer: its store, copied.
    const other = new Desk()
    endings.push(() => other.clear())
    alice.document.seal()
    fs.copyFileSync(ours.storePath, other.storePath)
    const laptop = connected(other, documentId, { kind: 'y-websocket', url, device: 'laptop' })
    await vi.waitFor(() => expect(laptop.statuses).toContain('problem: busy'), WAIT)
    await laptop.pane.type(' and more')
    await alice.pane.type(' again')
    await expectSame(alice.pane.doc, eve.doc, 'once', 'again')
    expect(textOf(eve.doc)).not.toContain('more')
    laptop.end()
    endings.pop()
    const taking = connected(other, documentId, { kind: 'y-websocket', url, device: 'laptop', takeOver: true })
    await vi.waitFor(() => expect(alice.statuses).toContain('problem: busy'), WAIT)
    await expectSame(taking.pane.doc, eve.doc, 'once', 'more')
  })
})

function writeBytes(encoder: Parameters<ReturnType<typeof number>>[0], bytes: readonly number[]): void {
  for (const write of [number(bytes.length), ...bytes.map(number)]) write(encoder)
}
