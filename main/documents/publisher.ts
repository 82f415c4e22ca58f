/**
 * Publishes documents to their files: a moment after the last edit, when the last window leaves, and again after a
 * failure. Before each write it meets what stands at the place, so that nobody's work is ever written over.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { SheafError, unreachable } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { FileState } from '../../shared/ipc/contract.ts'
import { decodeHeads, type Heads } from '../../shared/log/heads.ts'
import { arrivalSentence } from '../library/arrival-sentence.ts'
import type { DocumentFiles, DocumentPort } from '../library/document-port.ts'
import type { MissedNotices } from '../library/missed-notices.ts'
import type { Logger } from '../ports.ts'
import type { Announcement, WindowId } from '../sheaf.ts'
import { diskError } from '../storage/disk-error.ts'
import { fileProblem } from '../storage/file-problem.ts'
import { equalStamps, type FileStamp, stampFile } from '../storage/file-stamp.ts'
import type { PathLock } from '../storage/path-lock.ts'
import { publishSheafFile } from '../storage/publish-sheaf-file.ts'
import { readSheafSummary, readStampedSheafFile } from '../storage/read-sheaf-file.ts'
import { FORMAT, type SheafFileContent } from '../storage/sheaf-file.ts'
import { unusedPath } from '../storage/unused-path.ts'
import { type FilePlace, type FilePlaces, isBehindOf } from './file-places.ts'
import { type Meeting, meetFile, takeIn } from './meet-file.ts'
import { PublishTimer } from './publish-timer.ts'

export interface PublisherParts {
  readonly documents: DocumentPort
  readonly places: FilePlaces
  readonly lock: PathLock
  readonly logger: Logger
  readonly announce: (announcement: Announcement) => void
  readonly notices: MissedNotices
  readonly intakeFolder: string
  /** The folder that shown paths are relative to. */
  readonly libraryFolder: () => string
  /** Hears of each edit that became durable. */
  readonly edited: (documentId: DocumentId) => void
  /** Hears of each file written. */
  readonly published: (place: FilePlace, content: SheafFileContent) => void
  /** Milliseconds between the last edit and its publication. */
  readonly delay?: number
}

/** How a write is meant: ordinarily, or because the person asked for it although the file is missing or unreadable. */
type Intent = 'ordinary' | 'again'

/** What is wrong with a document's file; absent when nothing is. */
type Trouble = { kind: 'missing' | 'rolled-back' } | { kind: 'not-written'; reason: string }

const ATTEMPTS = 5
const NOTHING: Heads = new Map()
const UNWRITTEN = { stamp: null, heads: null, behind: true, formatWrite: FORMAT, links: 0, blobs: 0 } as const
const READ_ONLY =
  'This document was last written by a newer Sheaf. You can read it here; to change it, please update Sheaf.'

export class Publisher implements DocumentFiles {
  private readonly parts: PublisherParts
  private readonly timer: PublishTimer
  private readonly troubles = new Map<DocumentId, Trouble>()
  /** Raised by every edit, to see whether one came while a file was being written. */
  private readonly edits = new Map<DocumentId, number>()
  /** The end of each document's work so far: one after another. */
  private readonly turns = new Map<DocumentId, Promise<unknown>>()

  constructor(parts: PublisherParts) {
    this.parts = parts
    this.timer = new PublishTimer((documentId) => this.flush(documentId), parts.delay)
  }

  /** Publishes what an earlier run of the program did not get to. */
  resume(): void {
    for (const place of this.parts.places.all()) if (place.behind) this.timer.start(place.documentId, 0)
  }

  edited(documentId: DocumentId): void {
    this.parts.edited(documentId)
    this.edits.set(documentId, (this.edits.get(documentId) ?? 0) + 1)
    const place = this.parts.places.get(documentId)
    if (place === null) return
    this.timer.start(documentId, Number(place.stamp?.size ?? 0))
    if (place.behind) return
    try {
      this.parts.places.put({ ...place, behind: true })
    } catch (cause) {
      // The mark only matters after a crash; that the disk fails is said when the file is written.
      this.parts.logger.error('places.mark-failed', cause, { document: documentId.slice(0, 8) })
    }
  }

  async flush(documentId: DocumentId): Promise<void> {
    await this.publish(documentId, 'ordinary').catch((cause: unknown) => {
      this.parts.logger.error('publish.failed', cause, { document: documentId.slice(0, 8) })
    })
  }

  fileState(documentId: DocumentId): FileState {
    const place = this.parts.places.get(documentId)
    if (place === null) return { kind: 'missing', fileName: '', folder: '' }
    const inside = path.relative(this.parts.libraryFolder(), path.dirname(place.path))
    const outside = inside.startsWith('..') || path.isAbsolute(inside)
    const where = {
      fileName: path.basename(place.path, '.sheaf'),
      folder: outside ? path.dirname(place.path) : inside.split(path.sep).join('/'),
    }
    return { ...(this.troubles.get(documentId) ?? { kind: 'ok' }), ...where }
  }

  readOnlyReason(documentId: DocumentId): string | null {
    return (this.parts.places.get(documentId)?.formatWrite ?? 0) > FORMAT ? READ_ONLY : null
  }

  opened(documentId: DocumentId, window: WindowId): void {
    this.parts.notices.opened(documentId, window)
  }

  pathOf(documentId: DocumentId): string | null {
    return this.parts.places.get(documentId)?.path ?? null
  }

  /**
   * Takes a file in and makes it the document's file; the caller has made sure that it is not merely a copy. `standIn`:
   * a file that stood in for it while it was away, so that nobody takes this one for a restored backup.
   */
  async adopt(file: string, standIn: string | null = null): Promise<DocumentId> {
    const { intakeFolder } = this.parts
    const summary = await readSheafSummary(file, { intakeFolder })
    if (summary.problem !== null) throw fileProblem(summary.problem)
    const { documentId } = summary
    await this.inTurn(documentId, async () => {
      const place = this.parts.places.get(documentId)
      if (
        place?.path === file &&
        equalStamps(place.stamp, await stampFile(file)) &&
        this.parts.documents.isKnown(documentId)
      )
        return
      await this.parts.lock.hold(file, async () => {
        const read = await readStampedSheafFile(file, { intakeFolder })
        if (read.content.documentId !== documentId) throw fileProblem('damaged')
        this.settle(documentId, null)
        const last = place !== null && place.path === standIn ? NOTHING : (place?.heads ?? null)
        this.record(documentId, file, await takeIn(read, last, this.parts.documents))
      })
    })
    // What the store holds beyond the file is written there soon.
    if (this.parts.places.get(documentId)?.behind === true) this.timer.start(documentId, 0)
    return documentId
  }

  /** Gives a document without a file its first one. Throws when it can't be written. */
  async give(documentId: DocumentId, file: string): Promise<void> {
    this.parts.places.put({ ...UNWRITTEN, documentId, path: file })
    await this.publish(documentId, 'ordinary')
  }

  /** The same file has a new path: it was renamed or moved, by us or outside. */
  async moved(documentId: DocumentId, file: string): Promise<void> {
    await this.inTurn(documentId, async () => {
      const place = this.parts.places.get(documentId)
      if (place === null || place.path === file) return
      this.pointTo({ ...place, path: file })
      if (place.behind) this.timer.start(documentId, 0)
    })
  }

  /** Gives the document's file another name or folder; `move` does it, while nobody else looks at the file. */
  async rename(documentId: DocumentId, move: (from: string) => Promise<string>): Promise<void> {
    await this.inTurn(documentId, async () => {
      const place = this.parts.places.get(documentId)
      if (place === null) throw new SheafError('not-found', 'This document has no file.')
      const path = await this.parts.lock.hold(place.path, () => move(place.path))
      this.pointTo({ ...place, path })
    })
  }

  async saveAgain(documentId: DocumentId): Promise<void> {
    if (this.parts.places.get(documentId) === null)
      throw new SheafError('not-found', 'This document has no file; choose where it is.')
    await this.publish(documentId, 'again')
  }

  async locate(documentId: DocumentId, file: string): Promise<void> {
    const { content } = await readStampedSheafFile(file, { intakeFolder: this.parts.intakeFolder })
    if (content.documentId !== documentId)
      throw new SheafError('invalid-argument', 'That file is a different document.')
    await this.adopt(file)
  }

  async resolveRollback(documentId: DocumentId, choose: 'newest' | 'older'): Promise<void> {
    await this.inTurn(documentId, async () => {
      const place = this.parts.places.get(documentId)
      if (place === null) return
      const meeting = await meetFile(place, this.parts.documents, this.parts.intakeFolder)
      if (meeting.kind !== 'older') return
      if (choose === 'older') await this.parts.documents.restoreMoment(meeting.content)
      // The older file is accepted as what stood there last: from now on the store is merely ahead of it.
      this.parts.places.put({ ...place, stamp: meeting.stamp, heads: meeting.heads, behind: true })
    })
    await this.publish(documentId, 'ordinary')
  }

  async close(): Promise<void> {
    this.timer.stop()
    const waiting = this.parts.places.all().filter((place) => place.behind)
    await Promise.all(waiting.map((place) => this.flush(place.documentId)))
    await Promise.all(this.turns.values())
  }

  /** Meets the file and writes what it lacks. Throws what hindered it, after telling the windows. */
  private async publish(documentId: DocumentId, intent: Intent): Promise<void> {
    this.timer.clear(documentId)
    await this.inTurn(documentId, async () => {
      try {
        await this.meetAndWrite(documentId, intent)
      } catch (cause) {
        const error = diskError(cause, 'The file could not be written.')
        const reason =
          error instanceof SheafError
            ? error.message
            : 'The file could not be written, for a reason Sheaf does not know.'
        this.settle(documentId, { kind: 'not-written', reason })
        this.timer.retry(documentId)
        throw error
      }
    })
  }

  private async meetAndWrite(documentId: DocumentId, intent: Intent): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const place = this.parts.places.get(documentId)
      if (place === null) return
      if (intent === 'again') await fs.mkdir(path.dirname(place.path), { recursive: true })
      const done = await this.parts.lock.hold(place.path, async () => {
        const meeting = await meetFile(place, this.parts.documents, this.parts.intakeFolder)
        this.record(documentId, place.path, meeting)
        return await this.write(documentId, meeting, intent, attempt === ATTEMPTS)
      })
      if (done) return
    }
  }

  private pointTo(place: FilePlace): void {
    const before = JSON.stringify(this.fileState(place.documentId))
    this.parts.places.put(place)
    if (this.troubles.get(place.documentId)?.kind === 'missing') this.troubles.delete(place.documentId)
    this.tell(place.documentId, before)
  }

  /** Keeps what a meeting taught. */
  private record(documentId: DocumentId, file: string, meeting: Meeting): void {
    if (meeting.kind === 'taken-in') {
      const { content, stamp } = meeting.file
      const { formatWrite } = content
      const held = { heads: meeting.heads, links: content.members.length, blobs: content.blobs.length }
      this.parts.places.put({ documentId, path: file, stamp, ...held, behind: true, formatWrite })
      if (meeting.intake.records > 0 && meeting.wasKnown) {
        this.parts.notices.tell(documentId, arrivalSentence([meeting.intake], 'file'))
      }
    } else if (meeting.kind === 'older') {
      const place = this.parts.places.get(documentId) ?? { ...UNWRITTEN, documentId }
      const { formatWrite } = meeting.content
      // Its stamp is not kept: until the person has chosen, this file counts as not met.
      this.parts.places.put({ ...place, path: file, behind: true, formatWrite })
      this.settle(documentId, { kind: 'rolled-back' })
    }
  }

  /** Answers false when the file changed at the last moment, or the place was changed: meet it again. */
  private async write(documentId: DocumentId, meeting: Meeting, intent: Intent, last: boolean): Promise<boolean> {
    const place = this.parts.places.get(documentId)
    if (place === null) return true
    switch (meeting.kind) {
      case 'absent':
        if (place.stamp === null || intent === 'again') return await this.writeOver(place, null, last)
        this.settle(documentId, { kind: 'missing' })
        return true
      case 'unchanged':
      case 'taken-in':
        return await this.writeOver(place, place.stamp, last)
      case 'older':
        this.settle(documentId, { kind: 'rolled-back' })
        return true
      case 'stranger':
        if (place.stamp === null || intent === 'again') return this.moveAway(place, await unusedPath(place.path))
        this.settle(documentId, { kind: 'missing' })
        return true
      case 'unreadable':
        // Never written over: it may be somebody's work, half synced.
        if (intent === 'again') return this.moveAway(place, await unusedPath(place.path))
        this.settle(documentId, {
          kind: 'not-written',
          reason: `Another program replaced the file. ${meeting.error.message}`,
        })
        return true
      default:
        return unreachable(meeting)
    }
  }

  private moveAway(place: FilePlace, file: string): false {
    this.parts.places.put({ ...place, path: file, stamp: null })
    return false
  }

  private async writeOver(place: FilePlace, expected: FileStamp | null, last: boolean): Promise<boolean> {
    const { documentId } = place
    const edits = this.edits.get(documentId)
    const isBehind = (): boolean => this.edits.get(documentId) !== edits
    const held = await this.parts.documents.heads(documentId)
    const counts = this.parts.documents.counts(documentId)
    const lacking = expected === null || isBehindOf(place, held, counts)
    if (lacking && place.formatWrite <= FORMAT) {
      const content = await this.parts.documents.contentOf(documentId)
      try {
        const stamp = await publishSheafFile(place.path, content, { expected })
        // Our own content says at which heads it was made.
        const heads = decodeHeads(content.state.find((state) => state.stream === 0)?.heads ?? new Uint8Array(0))
        const counted = { links: content.members.length, blobs: content.blobs.length }
        const written = { ...place, stamp, heads, ...counted, behind: isBehind() }
        this.parts.places.put(written)
        this.parts.published(written, content)
      } catch (cause) {
        if (cause instanceof SheafError && cause.kind === 'already-exists' && !last) return false
        throw cause
      }
    } else if (place.behind) this.parts.places.put({ ...place, behind: isBehind() })
    this.timer.succeeded(documentId)
    this.settle(documentId, null)
    return true
  }

  private settle(documentId: DocumentId, trouble: Trouble | null): void {
    const before = JSON.stringify(this.fileState(documentId))
    if (trouble === null) this.troubles.delete(documentId)
    else this.troubles.set(documentId, trouble)
    this.tell(documentId, before)
  }

  private tell(documentId: DocumentId, before: string): void {
    const file = this.fileState(documentId)
    if (JSON.stringify(file) !== before) this.parts.announce({ name: 'document.file', payload: { documentId, file } })
  }

  private async inTurn<T>(documentId: DocumentId, task: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(documentId) ?? Promise.resolve()).then(task)
    const end = turn.catch(() => undefined)
    this.turns.set(documentId, end)
    try {
      return await turn
    } finally {
      if (this.turns.get(documentId) === end) this.turns.delete(documentId)
    }
  }
}
