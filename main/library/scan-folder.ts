/** Looks through a library folder for documents. Reads no file, follows no linked folder, and changes nothing but stale temporaries. */
import type { Dirent } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../storage/error-code.ts'
import { type FileStamp, stampOf } from '../storage/file-stamp.ts'
import { removeStaleTemporaries } from '../storage/replace-file.ts'

export interface FoundFile {
  readonly path: string
  readonly stamp: FileStamp
}

/** Folders below each other, counted from the library folder: beyond, something else than a library is meant. */
export const DEEPEST = 12
const MOST_FILES = 50_000

/** Whether a name inside a library is none of its documents' or folders': hidden, or another program's workings. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}

export function isDocumentName(name: string): boolean {
  return /\.sheaf$/i.test(name) && !isIgnoredName(name)
}

/** Throws when the folder itself can't be read; a folder inside that can't is passed over. `now`: milliseconds since 1970. */
export async function scanFolder(root: string, now: number): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  const folders: { path: string; depth: number }[] = [{ path: root, depth: 0 }]
  for (let folder = folders.shift(); folder !== undefined && found.length < MOST_FILES; folder = folders.shift()) {
    const entries = await list(folder.path, folder.depth === 0)
    await removeStaleTemporaries(
      folder.path,
      entries.map((entry) => entry.name),
      now,
    )
    for (const entry of entries) {
      const file = path.join(folder.path, entry.name)
      if (entry.isDirectory()) {
        if (folder.depth < DEEPEST && !isIgnoredName(entry.name)) folders.push({ path: file, depth: folder.depth + 1 })
      } else if (isDocumentName(entry.name)) {
        const stamp = await stampDocument(file)
        if (stamp !== null) found.push({ path: file, stamp })
      }
    }
  }
  return found
}

/** Null for what is no ordinary file, or a link to one, or is gone again. */
export async function stampDocument(file: string): Promise<FileStamp | null> {
  try {
    const stats = await fs.stat(file, { bigint: true })
    return stats.isFile() ? stampOf(stats) : null
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(errorCode(cause))) return null
    throw cause
  }
}

async function list(folder: string, mustBe: boolean): Promise<Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true })
  } catch (cause) {
    if (!mustBe && ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(errorCode(cause))) return []
    throw cause
  }
}
