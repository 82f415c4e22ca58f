/** Whole Sheafs, as the app makes them, on one local network in memory: time is the real one, and windows type. */
import fs from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import { type DocumentId, toHex } from '../../shared/ids.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import { createSheaf } from '../create-sheaf.ts'
import { plainVault } from '../documents/open-document.fixture.ts'
import type { ServedDesk } from '../replication/lan/desk-counter.ts'
import { MemoryNetwork } from '../replication/memory-transport.ts'
import type { Announcement, Sheaf } from '../sheaf.ts'
import { provenTransport } from './gatherings.fixture.ts'
import { type Hubs, NO_HUBS } from './hubs.ts'

const STEP = 20
const WINDOW = 1

export class Neighbourhood {
  readonly neighbours: Neighbour[] = []
  private readonly place: string
  private readonly networks = new Map<DocumentId, MemoryNetwork>()
  private readonly desks = new Set<ServedDesk>()
  private readonly timer: NodeJS.Timeout

  constructor(place: string) {
    this.place = place
    this.timer = setInterval(() => {
      for (const network of this.networks.values()) network.pass(STEP)
    }, STEP)
  }

  async neighbour(name: string): Promise<Neighbour> {
    const neighbour = new Neighbour(this, name, path.join(this.place, name))
    this.neighbours.push(neighbour)
    await neighbour.start()
    return neighbour
  }

  networkOf(documentId: DocumentId): MemoryNetwork {
    const known = this.networks.get(documentId) ?? new MemoryNetwork({ below: (limit) => Math.floor(limit / 2) })
    this.networks.set(documentId, known)
    return known
  }

  /** Nobody reaches anybody, or everybody does. */
  connect(documentId: DocumentId, reachable: boolean): void {
    const devices = this.neighbours.flatMap(({ devices: all }) => all.get(documentId) ?? [])
    for (const a of devices) for (const b of devices) if (a !== b) this.networkOf(documentId).connect(a, b, reachable)
  }

  hubs(neighbour: Neighbour): Hubs {
    return {
      ...NO_HUBS,
      lan: {
        transport: (_document, access) => {
          const [documentId, device] = [toHex(access.documentId), toHex(access.device.publicKey)]
          neighbour.devices.set(documentId, device)
          return provenTransport(this.networkOf(documentId), device)
        },
        dial: () => undefined,
        remember: () => undefined,
        addresses: async () => [],
        pairingCode: async () => null,
        serve: (desk) => this.desks.add(desk),
        desk: () => ({
          look: (...args) => this.ask((desk) => desk.look(...args)),
          take: (...args) => this.ask((desk) => desk.take(...args)),
          ask: (...args) => this.ask((desk) => desk.ask(...args)),
        }),
      },
    }
  }

  async clear(): Promise<void> {
    for (const neighbour of this.neighbours) await neighbour.stop()
    clearInterval(this.timer)
  }

  /** What the desk says that knows of it. */
  private async ask<T>(question: (desk: ServedDesk) => Promise<T | WhyNot>): Promise<T | WhyNot> {
    for (const desk of this.desks) {
      const answer = await question(desk)
      if (answer !== 'unknown-document' && answer !== 'no-such-invite') return answer
    }
    return 'nobody-near'
  }
}

export class Neighbour {
  readonly name: string
  readonly told: Announcement[] = []
  readonly errors: string[] = []
  /** Its member key in each document. */
  readonly devices = new Map<DocumentId, string>()
  private readonly neighbourhood: Neighbourhood
  private readonly folder: string
  private readonly pages = new Map<DocumentId, Y.Doc>()
  private running: Sheaf | null = null

  constructor(neighbourhood: Neighbourhood, name: string, folder: string) {
    this.neighbourhood = neighbourhood
    this.name = name
    this.folder = folder
  }

  get sheaf(): Sheaf {
    if (this.running === null) throw new Error('Sheaf is not running.')
    return this.running
  }

  async start(): Promise<void> {
    const data = path.join(this.folder, 'data')
    fs.mkdirSync(data, { recursive: true })
    this.running = await createSheaf({
      clock: { now: () => Date.now() },
      vault: plainVault(),
      systemTrash: { discard: async () => undefined },
      folders: { data, defaultLibrary: path.join(this.folder, 'library') },
      logger: {
        info: () => undefined,
        error: (event, cause) => this.errors.push(`${event}: ${String(cause)}`),
      },
      accountName: this.name,
      appVersion: '0.1.0',
      hubs: () => this.neighbourhood.hubs(this),
    })
    this.running.subscribe((announcement) => this.hear(announcement))
  }

  async stop(): Promise<void> {
    this.pages.clear()
    await this.running?.close()
    this.running = null
  }

  /** Opens a window on the document. */
  async show(documentId: DocumentId): Promise<void> {
    const { state, clientId } = await this.sheaf.documents.open(documentId, WINDOW)
    this.page(documentId, state, clientId)
  }

  /** Types into the first paragraph, which is made when there is none; resolves when it is saved. */
  async type(documentId: DocumentId, words: string, at: 'start' | 'end' = 'end'): Promise<void> {
    const doc = this.doc(documentId)
    const updates: Uint8Array[] = []
    const keep = (update: Uint8Array): number => updates.push(update)
    doc.on('update', keep)
    doc.transact(() => {
      const body = doc.getXmlFragment(BODY)
      if (body.length === 0) {
        const block = new Y.XmlElement('block')
        block.insert(0, [new Y.XmlText()])
        body.insert(0, [block])
      }
      const block = body.get(0) as Y.XmlElement
      if (block.length === 0) block.insert(0, [new Y.XmlText()])
      const run = block.get(0) as Y.XmlText
      run.insert(at === 'end' ? run.length : 0, words)
    })
    doc.off('update', keep)
    await Promise.all(updates.map((update) => this.sheaf.documents.append(documentId, WINDOW, 0, update)))
  }

  /** Puts a picture on the page, as the editor does. */
  async picture(documentId: DocumentId, bytes: Uint8Array): Promise<string> {
    const name = await this.sheaf.documents.addImage(documentId, WINDOW, bytes)
    const doc = this.doc(documentId)
    const updates: Uint8Array[] = []
    const keep = (update: Uint8Array): number => updates.push(update)
    doc.on('update', keep)
    const image = new Y.XmlElement('image')
    image.setAttribute('blob', name)
    doc.getXmlFragment(BODY).push([image])
    doc.off('update', keep)
    await Promise.all(updates.map((update) => this.sheaf.documents.append(documentId, WINDOW, 0, update)))
    return name
  }

  /** What the window shows. */
  text(documentId: DocumentId): string {
    const body = this.doc(documentId).getXmlFragment(BODY)
    return body
      .toArray()
      .map((block) => (block instanceof Y.XmlElement ? block.toArray().map(String).join('') : ''))
      .join('\n')
  }

  /** The state of the text, byte for byte. */
  async bytes(documentId: DocumentId): Promise<string> {
    const { shape } = await this.sheaf.documents.forReading(documentId)
    return JSON.stringify(shape)
  }

  /** What this window was told last. */
  last(name: Announcement['name']): Announcement['payload'] | undefined {
    return this.told.findLast((one) => one.name === name)?.payload
  }

  private doc(documentId: DocumentId): Y.Doc {
    const doc = this.pages.get(documentId)
    if (doc === undefined) throw new Error('No window shows this document.')
    return doc
  }

  private page(documentId: DocumentId, state: Uint8Array, clientId: number): void {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state, 'main')
    doc.clientID = clientId
    this.pages.set(documentId, doc)
  }

  private hear(announcement: Announcement): void {
    this.told.push(announcement)
    const { name, payload } = announcement
    if (name === 'document.updated') {
      const doc = this.pages.get(payload.documentId)
      if (doc !== undefined) Y.applyUpdate(doc, payload.update, 'main')
    } else if (name === 'document.reset' && this.pages.has(payload.documentId)) {
      this.page(payload.documentId, payload.state, payload.clientId)
    }
  }
}
