/** Where headless replicas keep what is theirs: one folder a document, with its keys, its private store and its file's place. */
import { existsSync, readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { FilePlaces } from '../../../main/documents/file-places.ts'
import { PLACES } from '../../../main/headless/headless-replica.ts'
import { fileProblem } from '../../../main/storage/file-problem.ts'
import { readSheafSummary } from '../../../main/storage/read-sheaf-file.ts'
import { SheafError } from '../../../shared/errors.ts'
import { type DocumentId, isDocumentId } from '../../../shared/ids.ts'

export class HeadlessStore {
  private readonly folder: string

  /** `folder`: null for the usual one of this person. */
  constructor(folder: string | null) {
    this.folder = folder === null ? usualFolder() : path.resolve(folder)
  }

  /** The folder of a document, made when it is not there: only its owner may look into it. */
  async folderOf(documentId: DocumentId): Promise<string> {
    const folder = path.join(this.folder, documentId)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  }

  /** Which document a file is, or was when it was there last. Throws when that can't be known. */
  async documentOf(file: string): Promise<DocumentId> {
    const summary = await readSheafSummary(file)
    if (summary.problem === null) return summary.documentId
    if (summary.problem !== 'not-found') throw fileProblem(summary.problem)
    const documentId = this.documents().find((one) => this.placeOf(one) === file)
    if (documentId !== undefined) return documentId
    throw new SheafError('not-found', 'There is nothing of that name, and no document was ever kept there.')
  }

  private documents(): readonly DocumentId[] {
    return existsSync(this.folder) ? readdirSync(this.folder).filter(isDocumentId) : []
  }

  private placeOf(documentId: DocumentId): string | null {
    const file = path.join(this.folder, documentId, PLACES)
    if (!existsSync(file)) return null
    const places = FilePlaces.open(file)
    try {
      return places.get(documentId)?.path ?? null
    } finally {
      places.close()
    }
  }
}

function usualFolder(): string {
  const home = os.homedir()
  switch (process.platform) {
    case 'win32':
      return path.join(process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Sheaf', 'headless')
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Sheaf', 'headless')
    default:
      return path.join(process.env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'sheaf', 'headless')
  }
}
