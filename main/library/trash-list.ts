/** The trash as it is shown: of the library folder and of documents from outside it, in one list. */
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import type { EntryId } from '../../shared/ids.ts'
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { readSheafSummaries } from '../storage/read-sheaf-file.ts'
import { describeEntry } from './describe-entry.ts'
import type { IndexRow } from './library-index.ts'
import { LibraryTrash, TRASH_NAME, type TrashedFile } from './library-trash.ts'
import { stampDocument } from './scan-folder.ts'

export class TrashList {
  private readonly outside: LibraryTrash
  private readonly intakeFolder: string
  private inside: LibraryTrash
  private root = ''
  private files: readonly TrashedFile[] = []
  /** What is known of each file in the trash: they do not change there. */
  private readonly rows = new Map<EntryId, IndexRow>()

  constructor(data: string, intakeFolder: string) {
    this.outside = new LibraryTrash(path.join(data, 'trash'), null)
    this.inside = this.outside
    this.intakeFolder = intakeFolder
  }

  use(root: string): void {
    this.root = root
    this.inside = new LibraryTrash(path.join(root, TRASH_NAME), root)
    this.files = []
  }

  entries(): LibraryEntry[] {
    return this.files.flatMap((file) => {
      const row = this.rows.get(file.entryId)
      return row === undefined ? [] : [describeEntry(row, this.root, false, file.origin)]
    })
  }

  pathOf(entryId: EntryId): string | null {
    return this.files.find((file) => file.entryId === entryId)?.path ?? null
  }

  async put(entryId: EntryId, file: string, isOutside: boolean, now: number): Promise<void> {
    this.rows.delete(entryId)
    await (isOutside ? this.outside : this.inside).put(entryId, file, now)
  }

  async restore(entryId: EntryId): Promise<string> {
    for (const trash of [this.inside, this.outside]) {
      if ((await trash.find(entryId)) !== null) return await trash.restore(entryId)
    }
    throw new SheafError('not-found', 'This document is not in the trash any more.')
  }

  async refresh(): Promise<void> {
    const files = [...(await this.inside.list()), ...(await this.outside.list())]
    const unknown = files.filter((file) => this.rows.get(file.entryId)?.path !== file.path)
    const reads = await readSheafSummaries(
      unknown.map((file) => file.path),
      { intakeFolder: this.intakeFolder },
    )
    for (const [i, file] of unknown.entries()) {
      const read = reads[i]
      const stamp = await stampDocument(file.path)
      if (read === undefined || stamp === null) continue
      const { problem, ...summary } = read
      this.rows.set(file.entryId, {
        entryId: file.entryId,
        path: file.path,
        stamp,
        summary: problem === null ? (summary as Exclude<IndexRow['summary'], null>) : null,
        problem,
        outside: false,
      })
    }
    this.files = files.sort((a, b) => b.trashedAt - a.trashedAt)
  }
}
