/** Rows of the index as windows see them: titles and names, never a path they could use. */
import path from 'node:path'
import { unreachable } from '../../shared/errors.ts'
import type { EntryProblem, LibraryEntry } from '../../shared/ipc/contract.ts'
import type { FileProblem } from '../storage/file-problem.ts'
import { FORMAT } from '../storage/sheaf-file.ts'
import { stemOf } from './file-name.ts'
import type { IndexRow } from './library-index.ts'

/** `shownPath`: where the row says the file is, which for trash is where it was. */
export function describeEntry(row: IndexRow, root: string, isCopy: boolean, shownPath = row.path): LibraryEntry {
  const { summary } = row
  return {
    id: row.entryId,
    documentId: summary?.documentId ?? null,
    title: summary?.title ?? '',
    fileName: stemOf(shownPath),
    folder: shownFolder(shownPath, root),
    firstWords: summary?.firstWords ?? '',
    words: summary?.words ?? 0,
    changedAt: summary?.changedAt ?? Number(BigInt(row.stamp.mtimeNs) / 1_000_000n),
    problem: isCopy ? 'copy' : problemOf(row),
  }
}

/** A file's folder inside the library with slashes, '' at the top; the whole path when it is outside. */
export function shownFolder(file: string, root: string): string {
  const folder = path.relative(root, path.dirname(file))
  const outside = folder.split(path.sep)[0] === '..' || path.isAbsolute(folder)
  return outside ? path.dirname(file) : folder.split(path.sep).join('/')
}

function problemOf({ problem, summary }: IndexRow): EntryProblem | null {
  if (problem !== null) return shownProblem(problem)
  return summary !== null && summary.formatWrite > FORMAT ? 'newer-read-only' : null
}

function shownProblem(problem: FileProblem): EntryProblem {
  switch (problem) {
    case 'too-new':
      return 'newer'
    case 'hostile':
      return 'hostile'
    case 'damaged':
    case 'not-a-sheaf-file':
      return 'damaged'
    case 'not-found':
    case 'no-permission':
    case 'disk-error':
    case 'too-big':
      return 'unreadable'
    default:
      return unreachable(problem)
  }
}
