/**
 * Compares what the index knows with what is on the disk: which files stayed, moved, changed, came and went. Computes
 * only; whoever calls it reads the files in between and acts on the result.
 */
import { isPassing } from '../storage/file-problem.ts'
import { equalStamps, type FileStamp } from '../storage/file-stamp.ts'
import type { SummaryOrProblem } from '../storage/read-sheaf-file.ts'
import type { IndexRow } from './library-index.ts'
import type { FoundFile } from './scan-folder.ts'

export interface Differences {
  /** The same file under another path. */
  readonly moved: readonly { readonly row: IndexRow; readonly path: string }[]
  /** Files that must be read: changed at their path, or new there. */
  readonly toRead: readonly FoundFile[]
  /** Rows whose file is not where it was, nor recognisable elsewhere by its stamp. */
  readonly lost: readonly IndexRow[]
}

export function compareFiles(rows: readonly IndexRow[], found: readonly FoundFile[]): Differences {
  const files = new Map(found.map((file) => [file.path, file]))
  const claimed = new Set<string>()
  const open: IndexRow[] = []
  for (const row of rows) {
    const stands = equalStamps(files.get(row.path)?.stamp ?? null, row.stamp)
    if (stands && !(row.problem !== null && isPassing(row.problem))) claimed.add(row.path)
    else open.push(row)
  }
  // A hard link has the stamp of its file: one name each, and only names nobody has.
  const byStamp = new Map(
    found.filter((file) => !claimed.has(file.path)).map((file) => [stampKey(file.stamp), file.path]),
  )
  const moved: { row: IndexRow; path: string }[] = []
  const lost: IndexRow[] = []
  for (const row of open) {
    const path = byStamp.get(stampKey(row.stamp))
    if (path === undefined || path === row.path || claimed.has(path)) lost.push(row)
    else {
      claimed.add(path)
      moved.push({ row, path })
    }
  }
  return { moved, toRead: found.filter((file) => !claimed.has(file.path)), lost }
}

export interface ReadRow {
  readonly file: FoundFile
  readonly read: SummaryOrProblem
}

export interface Resolution {
  readonly rows: readonly IndexRow[]
  /** Rows that stand for no file any more. */
  readonly gone: readonly IndexRow[]
}

/**
 * Gives the files that were read their rows. A document keeps its row where it stands, else takes it along to a new
 * path; a file that can't be read keeps the row of its path, for it is that document, only damaged.
 */
export function assignRows(
  reads: readonly ReadRow[],
  lost: readonly IndexRow[],
  isOutside: (path: string) => boolean,
  newId: () => string,
): Resolution {
  const open = new Map(lost.map((row) => [row.path, row]))
  const claim = (row: IndexRow | undefined): string | null => {
    if (row === undefined) return null
    open.delete(row.path)
    return row.entryId
  }
  const ids = new Map<string, string>()
  for (const { file, read } of reads) {
    const row = open.get(file.path)
    const same = row?.summary?.documentId === documentIdOf(read) || read.problem !== null || row?.summary === null
    const id = same ? claim(row) : null
    if (id !== null) ids.set(file.path, id)
  }
  for (const { file, read } of reads) {
    const documentId = documentIdOf(read)
    if (ids.has(file.path) || documentId === null) continue
    const id = claim([...open.values()].find((row) => row.summary?.documentId === documentId))
    if (id !== null) ids.set(file.path, id)
  }
  const rows = reads.map(({ file, read }): IndexRow => {
    const { problem, ...summary } = read
    return {
      entryId: ids.get(file.path) ?? newId(),
      path: file.path,
      stamp: file.stamp,
      summary: problem === null ? (summary as Exclude<IndexRow['summary'], null>) : null,
      problem,
      outside: isOutside(file.path),
    }
  })
  return { rows, gone: [...open.values()] }
}

function documentIdOf(read: SummaryOrProblem): string | null {
  return read.problem === null ? read.documentId : null
}

function stampKey({ dev, ino, size, mtimeNs }: FileStamp): string {
  return `${dev} ${ino} ${size} ${mtimeNs}`
}
