/** A document in Sheaf, a room on a plain Yjs server with programs of other people in it, and the bridge between. */
import fs from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { BODY, FACTS } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { toHex } from '../../shared/ids.ts'
import { foundDocument, founderKeys } from '../../shared/log/genesis.ts'
import type { InstanceGuard } from '../../main/documents/instance-guard.ts'
import type { DocumentChange } from '../../main/documents/document-change.ts'
import { OpenDocument } from '../../main/documents/open-document.ts'
import { WriterKeeper } from '../../main/documents/writer-keeper.ts'
import { type BridgedDocument, MirrorRun } from '../../main/replication/yjs-server/mirror-run.ts'
import { DocumentStore } from '../../main/storage/document-store.ts'
import { randomEdit } from '../merge/random-edit.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'

/** A window of Sheaf: its edits are on the disk at once, what others write comes late. */
interface Window {
  readonly doc: Y.Doc
  readonly guard: InstanceGuard
  readonly late: Uint8Array[]
}

/** A program in the room; `late` goes to it, `own` comes from it. */
interface Guest {
  readonly doc: Y.Doc
  readonly late: Uint8Array[]
  readonly own: Uint8Array[]
}

/** Sheaf ended without a word. */
class Ended extends Error {}

const PLACE = 'wss://example.org room'

export class BridgeWorld {
  readonly random: Random
  readonly server = new Y.Doc()
  readonly guests: Guest[] = []
  /** Words that are written once each, and those written last, which nobody takes away. */
  readonly once: string[] = []
  readonly last: string[] = []
  edits = 0
  restarts = 0
  private readonly folder: string
  private readonly suite
  private readonly documentId: string
  private readonly installation
  private document!: OpenDocument
  private run: MirrorRun | null = null
  private hasMet = false
  private windows: Window[] = []
  /** Between bridge and server, either way. */
  private readonly toServer: Uint8Array[] = []
  private readonly toBridge: Uint8Array[] = []
  private now = 1_700_000_000_000

  constructor(seed: number, folder: string) {
    this.random = seededRandom(seed)
    this.folder = folder
    this.suite = seededSuite(seed)
    this.installation = { userRoot: this.suite.random(32), deviceSeed: this.suite.random(32) }
    const salt = this.suite.random(16)
    const keys = founderKeys(this.suite, this.installation.userRoot, this.installation.deviceSeed, salt)
    const genesis = foundDocument(this.suite, this.now, salt, keys)
    fs.mkdirSync(folder, { recursive: true })
    DocumentStore.open(path.join(folder, 'store.db'), [{ seq: 0, ...genesis }], 'normal').close()
    this.documentId = toHex(genesis.hash)
    this.open()
    for (let i = 0; i < 2; i++) this.guests.push(this.newGuest())
    this.server.on('update', (update: Uint8Array) => {
      for (const guest of this.guests) guest.late.push(update)
      if (this.run !== null) this.toBridge.push(update)
    })
  }

  /** One thing happens. */
  async step(): Promise<void> {
    const { random } = this
    const chance = random.below(100)
    if (chance < 25) await this.editWindow()
    else if (chance < 45) this.editGuest(random.pick(this.guests))
    else if (chance < 55) this.deliverToGuest(random.pick(this.guests))
    else if (chance < 65) this.deliverFromGuest(random.pick(this.guests))
    else if (chance < 72) this.deliverToWindow(random.pick(this.windows))
    else if (chance < 80) this.deliverToServer()
    else if (chance < 88) this.deliverToBridge()
    else if (chance < 94) await this.turn()
    else if (chance < 96) this.connect()
    else if (chance < 97) this.disconnect()
    else if (chance < 98) this.document.seal()
    else await this.restart()
  }

  /** Everybody writes a last word, and Sheaf ends once more before anything of it arrives. */
  async lastWords(): Promise<void> {
    for (const guest of this.guests) this.last.push(this.writeOnce(guest.doc, true))
    for (const window of this.windows) {
      let word = ''
      await this.captured(window, () => (word = this.writeOnce(window.doc, true)))
      this.last.push(word)
    }
    await this.turn()
    if (this.random.below(2) === 0) await this.restart()
  }

  /** Everything arrives, and everybody compares what they have. */
  async quiet(): Promise<void> {
    for (let round = 0; round < 6; round++) {
      for (const guest of this.guests) {
        while (guest.own.length > 0) this.deliverFromGuest(guest)
        Y.applyUpdate(this.server, Y.encodeStateAsUpdate(guest.doc, Y.encodeStateVector(this.server)))
      }
      this.connect()
      while (this.toBridge.length > 0) this.deliverToBridge()
      await this.turn()
      while (this.toServer.length > 0) this.deliverToServer()
      for (const guest of this.guests) {
        while (guest.late.length > 0) this.deliverToGuest(guest)
        Y.applyUpdate(guest.doc, Y.encodeStateAsUpdate(this.server, Y.encodeStateVector(guest.doc)))
      }
    }
    for (const window of this.windows) while (window.late.length > 0) this.deliverToWindow(window)
  }

  /** What each of them shows. */
  texts(): Record<string, string> {
    const document = createSteadyDocument()
    Y.applyUpdate(document, this.document.state())
    const entries: [string, Y.Doc][] = [
      ['document', document],
      ['server', this.server],
      ...this.windows.map(({ doc }, i): [string, Y.Doc] => [`window ${i}`, doc]),
      ...this.guests.map(({ doc }, i): [string, Y.Doc] => [`guest ${i}`, doc]),
    ]
    return Object.fromEntries(entries.map(([name, doc]) => [name, textOf(doc)]))
  }

  close(): void {
    this.document.close()
  }

  private open(): void {
    const clock = { now: () => (this.now += 1) }
    this.document = new OpenDocument({
      documentId: this.documentId,
      suite: this.suite,
      store: DocumentStore.open(path.join(this.folder, 'store.db'), null, 'normal'),
      keeper: new WriterKeeper({
        suite: this.suite,
        vault: { protection: 'file-rights', wrap: (secret) => secret, unwrap: (wrapped) => wrapped },
        installation: this.installation,
        clock,
        displayName: () => 'Alice',
        appVersion: '0.1.0',
      }),
      clock,
      announce: (change) => this.announce(change),
    })
    this.document.rewriteLeftovers()
    this.windows = [this.newWindow(), this.newWindow()]
  }

  private announce(change: DocumentChange): void {
    this.run?.hear(change)
    if (change.kind !== 'edited') return
    for (const window of this.windows) if (change.by !== window.guard) window.late.push(change.update)
  }

  private newWindow(): Window {
    const guard = this.document.openInstance()
    const doc = createSteadyDocument()
    Y.applyUpdate(doc, this.document.state(), 'main')
    doc.clientID = guard.clientId
    return { doc, guard, late: [] }
  }

  private newGuest(): Guest {
    const guest: Guest = { doc: new Y.Doc(), late: [], own: [] }
    guest.doc.clientID = this.random.below(2 ** 32)
    guest.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') guest.own.push(update)
    })
    return guest
  }

  private async editWindow(): Promise<void> {
    const window = this.random.pick(this.windows)
    await this.captured(window, () => this.edit(window.doc))
  }

  private async captured({ doc, guard }: Window, edit: () => void): Promise<void> {
    const updates: Uint8Array[] = []
    const capture = (update: Uint8Array): void => void updates.push(update)
    doc.on('update', capture)
    doc.transact(edit)
    doc.off('update', capture)
    for (const update of updates) await this.document.append(guard, 0, update)
  }

  private edit(doc: Y.Doc): void {
    this.edits += 1
    if (this.random.below(4) === 0) this.writeOnce(doc)
    else randomEdit(doc, this.random)
  }

  /** Puts a word nobody else writes somewhere; `alone` in a block of its own, which others can't be deleting. */
  private writeOnce(doc: Y.Doc, alone = false): string {
    // Of one letter, so that no parts of two others make it.
    const word = `[${String.fromCodePoint(0x4e00 + this.once.length).repeat(3)}]`
    this.once.push(word)
    const body = doc.getXmlFragment(BODY)
    const texts = body.toArray().flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
    const text = alone || texts.length === 0 ? null : this.random.pick(texts)
    if (text instanceof Y.XmlText) text.insert(this.random.below(text.length + 1), word)
    else {
      const block = new Y.XmlElement('block')
      block.insert(0, [new Y.XmlText(word)])
      body.insert(0, [block])
    }
    return word
  }

  private editGuest(guest: Guest): void {
    guest.doc.transact(() => this.edit(guest.doc))
  }

  private deliverToGuest(guest: Guest): void {
    const update = guest.late.shift()
    if (update !== undefined) Y.applyUpdate(guest.doc, update, 'server')
  }

  private deliverFromGuest(guest: Guest): void {
    const update = guest.own.shift()
    if (update !== undefined) Y.applyUpdate(this.server, update)
  }

  private deliverToWindow(window: Window): void {
    const update = window.late.shift()
    if (update !== undefined) Y.applyUpdate(window.doc, update, 'main')
  }

  private deliverToServer(): void {
    const update = this.toServer.shift()
    if (update !== undefined) Y.applyUpdate(this.server, update)
  }

  /** Updates come twice and out of order now and then. */
  private deliverToBridge(): void {
    const index = this.random.below(4) === 0 ? this.random.below(this.toBridge.length) : 0
    const [update] = this.random.below(8) === 0 ? this.toBridge.slice(index) : this.toBridge.splice(index, 1)
    if (update !== undefined) this.run?.mirror.receive(update)
  }

  private async turn(): Promise<void> {
    // On a first meeting the server is heard before anything is said.
    if (this.run === null || (this.run.isNew && !this.hasMet)) return
    try {
      for (const update of this.run.turn()) this.toServer.push(update)
    } catch (cause) {
      if (!(cause instanceof Ended)) throw cause
      await this.restart(true)
    }
  }

  /** The document as the bridge sees it; now and then Sheaf ends between one of its writes and the next. */
  private bridged(): BridgedDocument {
    const { document } = this
    const mayEnd = (): void => {
      if (this.random.below(15) === 0) throw new Ended()
    }
    return {
      documentId: this.documentId,
      mirrors: document.mirrors,
      state: () => document.state(),
      openInstance: () => document.openInstance(),
      bring: (guard, update, beside) => {
        mayEnd()
        document.bring(guard, update, beside)
        mayEnd()
      },
      seal: () => document.seal(),
    }
  }

  /** What a provider does when its socket opens. */
  private connect(): void {
    this.toServer.length = 0
    this.toBridge.length = 0
    const { mirror } = this.begin()
    mirror.receive(Y.encodeStateAsUpdate(this.server, mirror.vector()))
    this.hasMet = true
    this.toServer.push(mirror.difference(Y.encodeStateVector(this.server)))
  }

  private disconnect(): void {
    this.toServer.length = 0
    this.toBridge.length = 0
    this.run = null
    this.hasMet = false
  }

  /** Ends in good order or without a word. */
  private async restart(suddenly = this.random.below(2) === 0): Promise<void> {
    this.restarts += 1
    this.disconnect()
    if (!suddenly) this.document.finish()
    this.document.close()
    this.open()
    this.begin()
  }

  private begin(): MirrorRun {
    return (this.run ??= new MirrorRun(this.bridged(), PLACE, () => this.random.below(2 ** 32) / 2 ** 32))
  }
}

function textOf(doc: Y.Doc): string {
  return JSON.stringify([doc.getMap(FACTS).toJSON(), childrenOf(doc.getXmlFragment(BODY))])
}

function childrenOf(type: Y.XmlFragment | Y.XmlElement): unknown[] {
  return type.toArray().map((child) => {
    if (child instanceof Y.XmlText) return runsOf(child)
    if (!(child instanceof Y.XmlElement)) return 'hook'
    const attributes = Object.entries(child.getAttributes()).sort(([a], [b]) => (a < b ? -1 : 1))
    return [child.nodeName, attributes, childrenOf(child)]
  })
}

/** Runs with equal marks joined: guests tidy their formatting, Sheaf does not. */
function runsOf(text: Y.XmlText): unknown[] {
  const runs: [string, string][] = []
  for (const { insert, attributes = {} } of text.toDelta() as {
    insert: string
    attributes?: Record<string, unknown>
  }[]) {
    const marks = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
    const last = runs.at(-1)
    const words = insert.replaceAll(HALVES, '?')
    if (last !== undefined && last[1] === marks) last[0] += words
    else runs.push([words, marks])
  }
  return runs
}

/**
 * Halves of characters, and what Yjs puts in their place where somebody wrote into the middle of one: among its own
 * replicas too it depends on the order of things who sees the character and who two question marks.
 */
const HALVES = /[\uD800-\uDFFF\uFFFD]/g
