/**
 * A headless replica: one document kept in step in its file, by a program without a window. A real replica with keys and a
 * private store of its own; what it receives is in the store first, and the file is published from there as the app does it.
 */
import fs from 'node:fs'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, toHex } from '../../shared/ids.ts'
import type { FileState } from '../../shared/ipc/contract.ts'
import type { JoinView, SharingView, SyncView, WayView } from '../../shared/ipc/together.ts'
import type { Heads } from '../../shared/log/heads.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import { FilePlaces } from '../documents/file-places.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { Publisher } from '../documents/publisher.ts'
import { MissedNotices } from '../library/missed-notices.ts'
import { openReplicas, type ReplicaPorts, type Replicas } from '../open-replicas.ts'
import type { Announcement } from '../sheaf.ts'
import { equalStamps, stampFile } from '../storage/file-stamp.ts'
import type { PathLock } from '../storage/path-lock.ts'
import type { Happening } from './happening.ts'

/** Whether the file is gone, and what others left in its place, is looked at so often, in milliseconds. */
const LOOK_AT_FILE = 2000

export interface HeadlessParts {
  /** `folders.data` is this document's own: keys, private store, where the file stands. */
  readonly ports: ReplicaPorts
  readonly documentId: DocumentId
  /** Absolute. */
  readonly file: string
  /** Whether others are looked for on the local network. */
  readonly lan: boolean
  /** What others call this place; as it was unless said. */
  readonly name: string | null
  readonly lock: PathLock
  readonly happened: (happening: Happening) => void
}

/** `why`: no way to others can be gone now. */
export type Standing = 'going' | 'in-step' | { readonly why: WhyNot }

export class HeadlessReplica {
  private readonly parts: HeadlessParts
  private readonly replicas: Replicas
  private readonly places: FilePlaces
  private readonly publisher: Publisher
  private document: OpenDocument | null = null
  /** What was told of each way, and who is there. */
  private readonly told = new Map<string, string>()
  private here: ReadonlySet<string> = new Set()
  private entries = 0
  private wasInStep = false
  private lookedAt = 0
  /** The disk that the file's folder is on. */
  private disk: number | null = null

  private constructor(parts: HeadlessParts, replicas: Replicas) {
    this.parts = parts
    this.replicas = replicas
    const { ports, lock, file } = parts
    const { data } = ports.folders
    const intakeFolder = path.join(data, 'intake')
    // What a crash left there are copies of files that are elsewhere.
    fs.rmSync(intakeFolder, { recursive: true, force: true })
    fs.mkdirSync(intakeFolder, { recursive: true })
    this.places = FilePlaces.open(path.join(data, PLACES))
    const { announce } = replicas
    this.publisher = new Publisher({
      documents: replicas.registry,
      places: this.places,
      lock,
      logger: ports.logger,
      announce,
      notices: new MissedNotices(announce, () => false),
      intakeFolder,
      libraryFolder: () => path.dirname(file),
      edited: () => undefined,
      published: (place) =>
        parts.happened({ event: 'published', file: place.path, entries: countOf(place.heads ?? new Map()) }),
    })
    replicas.registry.attach(this.publisher)
    replicas.subscribe((announcement) => this.hear(announcement))
  }

  static async open(parts: HeadlessParts): Promise<HeadlessReplica> {
    // The file is given when it is clear that there is none: `begin`.
    const replicas = await openReplicas(parts.ports, { receive: async () => undefined })
    const { settings } = replicas
    const displayName = parts.name ?? settings.get().displayName
    await settings.set({ lan: parts.lan, displayName })
    return new HeadlessReplica(parts, replicas)
  }

  /** Takes an invite, or asks to be let in by it; to be called again while an owner has not answered. */
  join(link: string): Promise<JoinView> {
    return this.replicas.sharing.join(link)
  }

  /** Goes among others, with the file there and whole. Throws when this place was not let in, or has no way to go. */
  async begin(): Promise<void> {
    const { documentId, file, happened } = this.parts
    const { registry, sharing } = this.replicas
    if (!registry.isKnown(documentId)) throw notIn()
    const document = registry.keepOpen(documentId)
    this.document = document
    if (document.members.role() === null) throw out(document)
    if (sharing.access(document) === null)
      throw new SheafError('no-permission', 'The key of this document is not here: take another invite of it.')
    if (document.membership().relay === null && !this.parts.lan)
      throw new SheafError('unsupported', 'This document is on no relay: --lan looks for others on the local network.')
    this.entries = countOf(document.heads())
    happened({ event: 'keeping', file, document: documentId })
    await this.placeFile()
    this.disk = await diskOf(file)
  }

  /** Looks how things stand, and says what happened; to be called a few times a second. Throws when it was removed. */
  async look(): Promise<Standing> {
    const { document } = this
    if (document === null) throw new Error('Broken invariant: a headless replica looks after it began')
    if (document.members.role() === null) throw out(document)
    const entries = countOf(document.heads())
    if (entries > this.entries) this.parts.happened({ event: 'received', entries: entries - this.entries })
    this.entries = entries
    await this.lookAtFile()
    const { ways } = this.replicas.network.sync(this.parts.documentId)
    // A relay shows one out before the row comes that says why.
    if (ways.some(({ problem }) => problem === 'revoked')) throw removed()
    const isInStep = this.isInStep(ways)
    if (isInStep && !this.wasInStep) this.parts.happened({ event: 'in-step' })
    this.wasInStep = isInStep
    if (isInStep) return 'in-step'
    const [first] = ways
    const isStuck = ways.every(({ state }) => state === 'problem')
    return isStuck && first !== undefined && first.problem !== null ? { why: first.problem } : 'going'
  }

  /** What is held: the same text as long as nothing comes. */
  get progress(): string {
    const { document } = this
    return document === null ? '' : JSON.stringify([this.entries, document.counts()])
  }

  /** Says goodbye; everything is on the disk when it resolves. */
  async close(): Promise<void> {
    if (this.document !== null) this.replicas.registry.letGo(this.parts.documentId)
    this.document = null
    try {
      await this.replicas.close()
    } finally {
      await this.publisher.close()
      this.places.close()
    }
  }

  /** The document's file is the one that was named, wherever it was before. */
  private async placeFile(): Promise<void> {
    const { documentId, file } = this.parts
    const place = this.places.get(documentId)
    if ((await stampFile(file)) !== null) {
      await this.publisher.adopt(file)
      return await this.publisher.flush(documentId)
    }
    if (place === null) return await this.publisher.give(documentId, file)
    await this.publisher.moved(documentId, file)
    await this.publisher.saveAgain(documentId)
  }

  /** What a sync program or another Sheaf left in the file's place is taken in; a file that is gone is written again. */
  private async lookAtFile(): Promise<void> {
    const { documentId, ports } = this.parts
    const now = ports.clock.now()
    if (now - this.lookedAt < LOOK_AT_FILE) return
    this.lookedAt = now
    const place = this.places.get(documentId)
    if (place === null) return
    const stamp = await stampFile(place.path)
    if (stamp === null && (await this.isFree(place.path))) return await this.writeAgain()
    if (!equalStamps(place.stamp, stamp)) await this.publisher.flush(documentId)
  }

  /** Whether the file's folder is there, on the disk it was on: an empty mount point is not the place of the file. */
  private async isFree(file: string): Promise<boolean> {
    const disk = await diskOf(file)
    return disk !== null && disk === this.disk
  }

  private async writeAgain(): Promise<void> {
    try {
      await this.publisher.saveAgain(this.parts.documentId)
    } catch (cause) {
      // Said already, as the file's state; the next look tries again.
      if (!(cause instanceof SheafError)) throw cause
    }
  }

  private isInStep(ways: readonly WayView[]): boolean {
    const { documentId } = this.parts
    const isDecided = ways.every(({ state }) => state === 'connected' || state === 'problem')
    const isPublished = this.places.get(documentId)?.behind === false
    return isDecided && isPublished && this.fileState().kind === 'ok' && this.replicas.network.isInStep(documentId)
  }

  private fileState(): FileState {
    return this.publisher.fileState(this.parts.documentId)
  }

  private hear(announcement: Announcement): void {
    switch (announcement.name) {
      case 'sync.changed':
        return this.tellWays(announcement.payload)
      case 'sharing.changed':
        return this.tellPeople(announcement.payload)
      case 'document.file':
        return this.tellFile(announcement.payload.file)
      default:
    }
  }

  private tellWays({ ways }: SyncView): void {
    const { happened } = this.parts
    for (const { way, state, problem } of ways) {
      if (way === 'yjs') continue
      const relay = way === 'relay' ? (this.document?.membership().relay ?? null) : null
      const before = this.told.get(way) ?? 'looking'
      const now = problem ?? state
      if (now === before) continue
      // Looking again after a problem is no news.
      if (state === 'looking' && before !== 'connected') continue
      this.told.set(way, now)
      if (state === 'connected') happened({ event: 'connected', way, relay })
      else if (problem !== null) happened({ event: 'problem', way, relay, why: problem })
      else if (before === 'connected') happened({ event: 'parted', way, relay })
    }
  }

  private tellPeople({ people }: SharingView): void {
    const others = people.filter(({ you, online }) => online && !you)
    const here = new Set(others.map(({ name }) => name))
    for (const name of here) if (!this.here.has(name)) this.parts.happened({ event: 'here', name })
    for (const name of this.here) if (!here.has(name)) this.parts.happened({ event: 'gone', name })
    this.here = here
  }

  private tellFile(state: FileState): void {
    const { happened, file } = this.parts
    if (state.kind === 'missing') happened({ event: 'not-published', file, reason: MISSING })
    else if (state.kind === 'rolled-back') happened({ event: 'not-published', file, reason: ROLLED_BACK })
    else if (state.kind === 'not-written') happened({ event: 'not-published', file, reason: state.reason })
  }
}

/** Where a data folder says at which path its document's file stands. */
export const PLACES = 'places.db'

const MISSING =
  'The file is gone, or another is in its place; it is written again when its place is free, and nothing is lost.'
const ROLLED_BACK =
  'An older state of the document has taken the file’s place. Move it away and start again to have the newest written.'

/** Null when there is no such folder. */
async function diskOf(file: string): Promise<number | null> {
  try {
    return (await fs.promises.stat(path.dirname(file))).dev
  } catch {
    return null
  }
}

function countOf(heads: Heads): number {
  let count = 0
  for (const seq of heads.values()) count += seq
  return count
}

function notIn(): SheafError {
  return new SheafError(
    'no-permission',
    'This place was not let in to the document: take an invite first, with “sheaf join LINK FILE”.',
  )
}

function out(document: OpenDocument): SheafError {
  return document.membership().periods.has(toHex(document.members.device.publicKey)) ? removed() : notIn()
}

function removed(): SheafError {
  return new SheafError(
    'no-permission',
    'This place is no longer one of those in the document; its file stays as it is.',
  )
}
