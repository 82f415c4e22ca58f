/** A file as it was at one moment. Two equal stamps of one path mean that nobody has written to it between them. */
import type { BigIntStats } from 'node:fs'
import fs from 'node:fs/promises'
import { errorCode } from './error-code.ts'

/** All four as text: they cross JSON and SQLite, and are only ever compared. */
export interface FileStamp {
  readonly dev: string
  readonly ino: string
  readonly size: string
  readonly mtimeNs: string
}

export function stampOf(stats: BigIntStats): FileStamp {
  return { dev: `${stats.dev}`, ino: `${stats.ino}`, size: `${stats.size}`, mtimeNs: `${stats.mtimeNs}` }
}

export function equalStamps(a: FileStamp | null, b: FileStamp | null): boolean {
  if (a === null || b === null) return a === b
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs
}

/** Null when nothing is there. A link is followed: what counts is the file that would be read. */
export async function stampFile(path: string): Promise<FileStamp | null> {
  try {
    return stampOf(await fs.stat(path, { bigint: true }))
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(cause))) return null
    throw cause
  }
}
