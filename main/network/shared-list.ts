/**
 * The documents of this installation that are shared, with when each changed last: a small file in the data folder, so
 * that a start need not open every store. It is a note and no more: a document is put on it again whenever it is opened.
 */
import fs from 'node:fs'
import path from 'node:path'
import { type DocumentId, isDocumentId } from '../../shared/ids.ts'
import type { Logger } from '../ports.ts'
import { replaceFile } from '../storage/replace-file.ts'

export class SharedList {
  private readonly file: string
  private readonly logger: Logger
  private readonly changedAt: Map<DocumentId, number>
  private writing: Promise<void> = Promise.resolve()

  constructor(folder: string, logger: Logger) {
    this.file = path.join(folder, 'shared.json')
    this.logger = logger
    this.changedAt = new Map(read(this.file))
  }

  /** Last changed first. */
  ids(): readonly DocumentId[] {
    return [...this.changedAt].sort(([, a], [, b]) => b - a).map(([documentId]) => documentId)
  }

  put(documentId: DocumentId, changedAt: number): void {
    const known = this.changedAt.get(documentId)
    this.changedAt.set(documentId, Math.max(changedAt, known ?? 0))
    // The order matters at the next start only: it is written with the next that is new, and at the end.
    if (known === undefined) this.write()
  }

  remove(documentId: DocumentId): void {
    if (this.changedAt.delete(documentId)) this.write()
  }

  /** Resolves when all of it is on the disk, as far as the disk lets it. */
  async close(): Promise<void> {
    this.write()
    await this.writing
  }

  private write(): void {
    const text = `${JSON.stringify(Object.fromEntries(this.changedAt))}\n`
    this.writing = this.writing
      .then(() => replaceFile(this.file, text, { mode: 0o600 }))
      // It is found again when the document is opened.
      .catch((cause: unknown) => this.logger.error('shared-list.not-kept', cause))
  }
}

function read(file: string): [DocumentId, number][] {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).filter(
      (entry): entry is [DocumentId, number] => isDocumentId(entry[0]) && Number.isFinite(entry[1]),
    )
  } catch {
    return []
  }
}
