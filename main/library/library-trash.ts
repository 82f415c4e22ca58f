/**
 * Sheaf's own trash: deleted documents, each in a folder of its own with a note of where it came from. It is a hidden
 * folder inside the library, so that deleting is a rename on the same disk and synced libraries share their trash;
 * documents from outside the library go to one in the data folder. Nothing is ever removed from it by itself.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import type { EntryId } from '../../shared/ids.ts'
import { errorCode } from '../storage/error-code.ts'
import { moveFile } from '../storage/move-file.ts'
import { replaceFile, syncFolder } from '../storage/replace-file.ts'
import { unusedPath } from '../storage/unused-path.ts'

export const TRASH_NAME = '.sheaf-trash'
const NOTE = 'origin.json'
const ENTRY_ID = /^[0-9a-f]{16}$/

export interface TrashedFile {
  readonly entryId: EntryId
  /** Where the file is now. */
  readonly path: string
  /** Where it was and belongs. */
  readonly origin: string
  /** Milliseconds since 1970; 0 when not known. */
  readonly trashedAt: number
}

export class LibraryTrash {
  private readonly folder: string
  /** What origins are relative to, so that a library may be moved as a whole; null: they are absolute. */
  private readonly base: string | null

  constructor(folder: string, base: string | null) {
    this.folder = folder
    this.base = base
  }

  /** The note is written first: a file is never in the trash without one. Answers where the file is now. */
  async put(entryId: EntryId, file: string, now: number): Promise<string> {
    const place = path.join(this.folder, entryId)
    await fs.mkdir(place, { recursive: true })
    const origin = this.base === null ? file : path.relative(this.base, file)
    await replaceFile(path.join(place, NOTE), `${JSON.stringify({ origin, trashedAt: now })}\n`)
    await syncFolder(this.folder)
    const target = await unusedPath(path.join(place, path.basename(file)))
    await moveFile(file, target)
    return target
  }

  /** Last deleted first. */
  async list(): Promise<TrashedFile[]> {
    const files: TrashedFile[] = []
    for (const entryId of await namesIn(this.folder)) {
      if (!ENTRY_ID.test(entryId)) continue
      const item = await this.find(entryId)
      if (item !== null) files.push(item)
    }
    return files.sort((a, b) => b.trashedAt - a.trashedAt)
  }

  async find(entryId: EntryId): Promise<TrashedFile | null> {
    if (!ENTRY_ID.test(entryId)) return null
    const place = path.join(this.folder, entryId)
    const name = (await namesIn(place)).find((candidate) => /\.sheaf$/i.test(candidate) && !candidate.startsWith('.'))
    if (name === undefined) return null
    const note = await readNote(path.join(place, NOTE))
    const origin = note === null ? name : note.origin
    return {
      entryId,
      path: path.join(place, name),
      origin: path.resolve(this.base ?? path.dirname(this.folder), origin),
      trashedAt: note?.trashedAt ?? 0,
    }
  }

  /** Puts the file back where it was, under another number when its name is taken; answers its path. */
  async restore(entryId: EntryId): Promise<string> {
    const item = await this.find(entryId)
    if (item === null) throw new SheafError('not-found', 'This document is not in the trash any more.')
    await fs.mkdir(path.dirname(item.origin), { recursive: true })
    const target = await unusedPath(item.origin)
    await moveFile(item.path, target)
    await fs.rm(path.dirname(item.path), { recursive: true, force: true })
    return target
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await fs.readdir(folder)
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(cause))) return []
    throw cause
  }
}

/** Null when the note is lost or not ours: the file is then restored to the library itself. */
async function readNote(file: string): Promise<{ origin: string; trashedAt: number } | null> {
  try {
    const note: unknown = JSON.parse(await fs.readFile(file, 'utf8'))
    if (typeof note !== 'object' || note === null) return null
    const { origin, trashedAt } = note as Record<string, unknown>
    if (typeof origin !== 'string' || !/\.sheaf$/i.test(origin)) return null
    return { origin, trashedAt: typeof trashedAt === 'number' ? trashedAt : 0 }
  } catch {
    return null
  }
}
