/** Brings several files and folders in, one after the other: what one of them lacks never stops the others. */
import type { Dirent } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { endingOf, IMPORT_ENDINGS } from '../../shared/exchange/formats.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { ImportReport } from '../../shared/ipc/contract.ts'
import type { Imported } from '../sheaf.ts'
import { isDocumentName, isIgnoredName } from './scan-folder.ts'

/** What a library does with one file. */
export interface ImportDesk {
  /** Makes a new document from a file of another program. */
  importPath(file: string): Promise<Imported>
  /** Opens a document where it is. */
  openPath(file: string): Promise<DocumentId>
}

export interface ImportWatch {
  readonly signal: AbortSignal
  progress(done: number, all: number, doing: string): void
  /** One sentence about what went wrong with a file. */
  reasonOf(error: unknown): string
}

interface FoundFile {
  readonly path: string
  /** As the person knows it: the file's name, with the folders below the one they chose. */
  readonly name: string
}

/** Folders below the one that was chosen: beyond, something else than writing is meant. */
const DEEPEST = 6
const MOST_FILES = 5000

/** Never rejects because of a file. A cancelled import keeps what has come in. */
export async function importFiles(
  paths: readonly string[],
  desk: ImportDesk,
  watch: ImportWatch,
): Promise<ImportReport> {
  const files = (await Promise.all(paths.map(filesAt))).flat().slice(0, MOST_FILES)
  const documents: DocumentId[] = []
  const opened: DocumentId[] = []
  const leftOut: { name: string; losses: readonly string[] }[] = []
  const failures: { name: string; reason: string }[] = []
  for (const [index, file] of files.entries()) {
    if (watch.signal.aborted) return { documents, opened, leftOut, failures, cancelled: true }
    watch.progress(index, files.length, file.name)
    try {
      if (isDocumentName(path.basename(file.path))) opened.push(await desk.openPath(file.path))
      else {
        const { documentId, losses } = await desk.importPath(file.path)
        documents.push(documentId)
        if (losses.length > 0) leftOut.push({ name: file.name, losses })
      }
    } catch (error) {
      failures.push({ name: file.name, reason: watch.reasonOf(error) })
    }
  }
  return { documents, opened, leftOut, failures, cancelled: false }
}

/** The file itself, whatever it is, or what can come in of a folder. */
async function filesAt(chosen: string): Promise<FoundFile[]> {
  const stats = await fs.stat(chosen).catch(() => null)
  // What is not there any more is asked for all the same, and its failure says so.
  if (stats === null || !stats.isDirectory()) return [{ path: chosen, name: path.basename(chosen) }]
  return await filesIn(chosen, path.basename(chosen), 0)
}

async function filesIn(folder: string, name: string, depth: number): Promise<FoundFile[]> {
  // A folder that can't be looked into is passed over, as the library does.
  const entries: Dirent[] = await fs.readdir(folder, { withFileTypes: true }).catch(() => [])
  const found: FoundFile[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isIgnoredName(entry.name)) continue
    const below = { path: path.join(folder, entry.name), name: `${name}/${entry.name}` }
    // Links lead elsewhere, or round in circles.
    if (entry.isDirectory() && depth < DEEPEST) found.push(...(await filesIn(below.path, below.name, depth + 1)))
    else if (entry.isFile() && (isDocumentName(entry.name) || IMPORT_ENDINGS.includes(endingOf(entry.name))))
      found.push(below)
  }
  return found
}
