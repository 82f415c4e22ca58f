/** Looks through a library folder for documents. Reads no file, follows no linked folder, and changes nothing but stale temporaries. */
import type { Dirent } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../storage/error-code.ts'
import { type FileStamp, stampOf } from '../storage/file-stamp.ts'
import type { StaleTemporaries } from '../storage/stale-temporaries.ts'

export interface Scan {
  readonly files: readonly FoundFile[]
  /** Files and folders that are there and could not be looked at just now: nothing is known of them, nor that they are gone. */
  readonly unseen: readonly string[]
}

export interface FoundFile {
  readonly path: string
  readonly stamp: FileStamp
}

/** Folders below each other, counted from the library folder: beyond, something else than a library is meant. */
export const DEEPEST = 12
const MOST_FILES = 50_000

/** Trashes and workings of systems, sync programs and storage devices. */
const FOREIGN = new Set([
  'node_modules',
  '$recycle.bin',
  'system volume information',
  '#recycle',
  '@recycle',
  '@eadir',
  'lost+found',
  'network trash folder',
])

/** Whether a name inside a library is none of its documents' or folders': hidden, or another program's workings. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || FOREIGN.has(name.toLowerCase())
}

export function isDocumentName(name: string): boolean {
  return /\.sheaf$/i.test(name) && !isIgnoredName(name)
}

/** Throws when the folder itself can't be read. */
export async function scanFolder(root: string, temporaries: StaleTemporaries): Promise<Scan> {
  const found: FoundFile[] = []
  const unseen: string[] = []
  const folders: { path: string; depth: number }[] = [{ path: root, depth: 0 }]
  for (let folder = folders.shift(); folder !== undefined && found.length < MOST_FILES; folder = folders.shift()) {
    const entries = await list(folder.path, folder.depth === 0)
    if (entries === null) {
      unseen.push(folder.path)
      continue
    }
    await temporaries.remove(
      folder.path,
      entries.map((entry) => entry.name),
    )
    for (const entry of entries) {
      const file = path.join(folder.path, entry.name)
      if (entry.isDirectory()) {
        if (folder.depth < DEEPEST && !isIgnoredName(entry.name)) folders.push({ path: file, depth: folder.depth + 1 })
      } else if (isDocumentName(entry.name)) {
        const stamp = await stampDocument(file).catch(() => 'unseen' as const)
        // There a moment ago, and not under this name now: perhaps under another, which the list does not have.
        const isOnItsWay = stamp === null && entry.isFile()
        if (stamp === 'unseen' || isOnItsWay) unseen.push(file)
        else if (stamp !== null) found.push({ path: file, stamp })
      }
    }
  }
  return { files: found, unseen }
}

/** Null for what is no ordinary file, or a link to one, or is gone again. Throws when that can't be told just now. */
export async function stampDocument(file: string): Promise<FileStamp | null> {
  try {
    const stats = await fs.stat(file, { bigint: true })
    return stats.isFile() ? stampOf(stats) : null
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(errorCode(cause))) return null
    throw cause
  }
}

/** Null for a folder that can't be read just now: a drive that sleeps, a network that is down, somebody else's folder. */
async function list(folder: string, mustBe: boolean): Promise<Dirent[] | null> {
  try {
    return await fs.readdir(folder, { withFileTypes: true })
  } catch (cause) {
    if (mustBe) throw cause
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(cause)) ? [] : null
  }
}
