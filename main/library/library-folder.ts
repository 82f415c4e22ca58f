/**
 * The library folder kept in step with the index: looked through at the start and whenever something in it changed.
 * What happened outside is understood here (moved, changed, copied, gone) and passed on to whom it concerns.
 */
import path from 'node:path'
import type { DocumentId } from '../../shared/ids.ts'
import type { FilePlace } from '../documents/file-places.ts'
import type { Logger } from '../ports.ts'
import { isPassing } from '../storage/file-problem.ts'
import { equalStamps } from '../storage/file-stamp.ts'
import { moveFile } from '../storage/move-file.ts'
import { readSheafSummaries } from '../storage/read-sheaf-file.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import { StaleTemporaries } from '../storage/stale-temporaries.ts'
import type { ConflictCopies } from './conflict-copies.ts'
import { type Copy, findCopies } from './find-copies.ts'
import { LaterLook } from './later-look.ts'
import type { IndexRow, LibraryIndex } from './library-index.ts'
import { assignRows, compareFiles, type ReadRow } from './reconcile.ts'
import { type FoundFile, scanFolder, stampDocument } from './scan-folder.ts'
import { FolderWatch } from './watch-folder.ts'

/** What the folder needs of the publisher. */
export interface PlaceKeeper {
  placeOf(documentId: DocumentId): FilePlace | null
  moved(documentId: DocumentId, path: string): Promise<void>
  flush(documentId: DocumentId): Promise<void>
}

export interface LibraryFolderParts {
  readonly index: LibraryIndex
  readonly places: PlaceKeeper
  readonly logger: Logger
  readonly intakeFolder: string
  /** The rows changed. */
  readonly changed: () => void
  readonly conflicts: ConflictCopies
}

/** Files read between two announcements during a long first look. */
const BATCH = 25

export class LibraryFolder {
  root: string
  /** False until the folder has been looked through once. */
  complete = false
  copies: readonly Copy[] = []
  private readonly parts: LibraryFolderParts
  private watch: FolderWatch | null = null
  private running: Promise<void> | null = null
  private turn: Promise<unknown> = Promise.resolve()
  private again = false
  private closed = false
  /** Paths of a file that is on its way from one to the other. */
  private readonly moving = new Set<string>()
  private readonly temporaries = new StaleTemporaries()
  private readonly later = new LaterLook(() => this.look())

  constructor(root: string, parts: LibraryFolderParts) {
    this.root = root
    this.parts = parts
  }

  /** Turns to a folder: watches it and looks through it. Resolves when that is done. */
  async use(root: string): Promise<void> {
    const { index, logger } = this.parts
    await this.watch?.close()
    await this.inTurn(async () => {
      this.root = root
      this.complete = false
      index.change(
        [],
        index
          .rows()
          .filter((row) => !row.outside && this.isOutside(row.path))
          .map((row) => row.entryId),
      )
    })
    this.watch = new FolderWatch(root, () => this.look(), logger)
    for (const row of index.rows()) if (row.outside) this.watch.add(row.path)
    await this.refresh()
  }

  /** Resolves when a look that began after this call has ended. Never rejects. */
  refresh(): Promise<void> {
    this.again = true
    this.running ??= this.lookUntilDone()
    return this.running
  }

  /** A document was written: its row says so at once, without reading the file. */
  published({ path: file, stamp, documentId }: FilePlace, content: SheafFileContent): IndexRow | null {
    if (stamp === null) return null
    const { title, firstWords, words, changedAt, formatWrite } = content
    const { index } = this.parts
    const row: IndexRow = {
      entryId: index.at(file)?.entryId ?? index.newId(),
      path: file,
      stamp,
      summary: { documentId, title, firstWords, words, changedAt, formatWrite },
      problem: null,
      outside: this.isOutside(file),
    }
    index.change([row])
    this.parts.changed()
    return row
  }

  /** Lists a file from outside the folder as well, from now on. */
  async include(file: string): Promise<IndexRow | null> {
    const stamp = await stampDocument(file)
    if (stamp === null) return null
    if (this.isOutside(file)) this.watch?.add(file)
    return await this.inTurn(async () => {
      await this.read([{ path: file, stamp }], [])
      await this.findCopies()
      return this.parts.index.at(file)
    })
  }

  /** Moves a row's file. A look that falls in between judges nothing of it: it may have seen neither name. */
  async move(from: string, to: string): Promise<void> {
    const { index } = this.parts
    this.moving.add(from).add(to)
    try {
      await moveFile(from, to)
      const row = index.at(from)
      if (row !== null) index.change([{ ...row, path: to }])
    } finally {
      this.moving.delete(from)
      this.moving.delete(to)
    }
  }

  isOutside(file: string): boolean {
    const inside = path.relative(this.root, file)
    return inside.split(path.sep)[0] === '..' || path.isAbsolute(inside)
  }

  async close(): Promise<void> {
    this.closed = true
    this.later.close()
    await this.watch?.close()
    await this.running
  }

  /** Looks and inclusions come one after another: each acts on what the one before left. */
  private async inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.turn.then(task)
    this.turn = turn.catch(() => undefined)
    return await turn
  }

  private look(): void {
    void this.refresh()
  }

  private async lookUntilDone(): Promise<void> {
    while (this.again && !this.closed) {
      this.again = false
      try {
        await this.inTurn(() => this.lookThrough())
      } catch (cause) {
        // A disk that was taken out, a folder that may not be read: what is known of it stays listed.
        this.parts.logger.error('library.look-failed', cause)
      }
      this.complete = true
      this.parts.changed()
    }
    // In the same breath as the last look at `again`: no call may fall in between.
    this.running = null
  }

  private async lookThrough(): Promise<void> {
    const { index } = this.parts
    const known = index.rows()
    const { files, unseen } = await scanFolder(this.root, this.temporaries)
    if (unseen.length > 0) this.later.wanted()
    const found = files.filter((file) => !this.isMoving(file.path))
    const hidden = new Set<IndexRow>(known.filter((row) => unseen.some((at) => isAtOrBelow(row.path, at))))
    for (const row of known) {
      if (!row.outside || !this.isOutside(row.path)) continue
      const stamp = await stampDocument(row.path).catch(() => 'unseen' as const)
      if (stamp === 'unseen') hidden.add(row)
      else if (stamp !== null) found.push({ path: row.path, stamp })
    }
    // What was written or named while we looked is newer than what we saw: the next look judges it.
    const { moved, toRead, lost } = compareFiles(
      known.filter((row) => this.stands(row) && !hidden.has(row)),
      found,
    )
    const settled = moved.map(({ row, path: to }): IndexRow => ({ ...row, path: to, outside: this.isOutside(to) }))
    index.change(settled)
    await this.read(toRead, lost)
    for (const row of settled) await this.follow(row)
    await this.findCopies()
  }

  /** Whether the row is still what the index says; if not, there will be another look. */
  private stands(row: IndexRow): boolean {
    const stands = this.parts.index.get(row.entryId) === row
    if (!stands) this.look()
    return stands && !this.isMoving(row.path)
  }

  private isMoving(file: string): boolean {
    const isMoving = this.moving.has(file)
    if (isMoving) this.look()
    return isMoving
  }

  /** Reads files, gives them their rows, and lets the rows go that stand for none any more. */
  private async read(files: readonly FoundFile[], lost: readonly IndexRow[]): Promise<void> {
    const { index, intakeFolder } = this.parts
    const before = new Map(files.map((file) => [file.path, index.at(file.path)]))
    const reads: ReadRow[] = []
    /** Rows of files that can't be read just now: what is known of them stays, and they are read again later. */
    const waiting = new Set<IndexRow>()
    const assign = async (batch: readonly ReadRow[], open: readonly IndexRow[]): Promise<void> => {
      const current = batch.filter(({ file }) => {
        const row = before.get(file.path) ?? null
        return row === null ? index.at(file.path) === null : this.stands(row)
      })
      const { rows, gone } = assignRows(
        current,
        open.filter((row) => this.stands(row) && !waiting.has(row)),
        (file) => this.isOutside(file),
        () => index.newId(),
      )
      const put = rows.map((row) => {
        const there = index.at(row.path)
        const same = there !== null && there.summary?.documentId === row.summary?.documentId
        return same ? { ...row, entryId: there.entryId } : row
      })
      const kept = new Set(put.map((row) => row.entryId))
      index.change(
        put,
        gone.map((row) => row.entryId).filter((entryId) => !kept.has(entryId)),
      )
      for (const row of put) await this.follow(row)
      for (const row of gone) await this.giveUp(row)
    }
    for (let at = 0; at < files.length; at += BATCH) {
      const batch = files.slice(at, at + BATCH)
      const summaries = await readSheafSummaries(
        batch.map((file) => file.path),
        { intakeFolder },
      )
      for (const [i, file] of batch.entries()) {
        const read = summaries[i]
        const row = before.get(file.path) ?? null
        // Gone again since it was found: the next look will not find it.
        if (read === undefined || read.problem === 'not-found') continue
        const isWaiting = read.problem !== null && isPassing(read.problem)
        if (isWaiting) this.later.wanted()
        if (isWaiting && row !== null && row.summary !== null) waiting.add(row)
        else reads.push({ file, read })
      }
      if (lost.length > 0) continue
      await assign(reads.splice(0), [])
      this.parts.changed()
    }
    if (lost.length > 0) await assign(reads, lost)
  }

  /** A row's file is gone: a copy takes its place, or the document is told. */
  private async giveUp({ summary, path: file }: IndexRow): Promise<void> {
    const { index, places } = this.parts
    if (summary === null || places.placeOf(summary.documentId)?.path !== file) return
    const copy = index.rows().find((row) => row.summary?.documentId === summary.documentId)
    if (copy === undefined) await places.flush(summary.documentId)
    else await this.follow(copy)
  }

  /** Tells the document's place about its file: that it changed, or that it is here now and nowhere else. */
  private async follow(row: IndexRow): Promise<void> {
    const { places } = this.parts
    const { summary, path: file, stamp } = row
    if (!this.stands(row)) return
    const place = summary === null ? null : places.placeOf(summary.documentId)
    if (summary === null || place === null) return
    if (place.path !== file) {
      if (await this.standsAt(place)) return
      await places.moved(summary.documentId, file)
    } else if (equalStamps(place.stamp, stamp)) return
    await places.flush(summary.documentId)
  }

  /** Whether the document's own file is still at its place: as last seen there, or changed but the same document. */
  private async standsAt(place: FilePlace): Promise<boolean> {
    const stamp = await stampDocument(place.path).catch(() => 'unseen' as const)
    if (stamp === null) return false
    if (stamp === 'unseen' || equalStamps(place.stamp, stamp)) return true
    const [read] = await readSheafSummaries([place.path], { intakeFolder: this.parts.intakeFolder })
    return read?.problem !== null || read.documentId === place.documentId
  }

  private async findCopies(): Promise<void> {
    const { index, places, conflicts } = this.parts
    const copies = (): Copy[] => findCopies(index.rows(), (documentId) => places.placeOf(documentId)?.path ?? null)
    const { gone, again } = await conflicts.merge(copies())
    index.change([], gone)
    this.copies = copies()
    if (again) this.later.wanted()
  }
}

function isAtOrBelow(file: string, at: string): boolean {
  return file === at || file.startsWith(at.endsWith(path.sep) ? at : at + path.sep)
}
