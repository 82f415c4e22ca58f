/**
 * The conflict copies of a library on their way into their documents. What hinders one for a moment is tried again; one
 * that something is wrong with waits, where it is, until its file changes. Each is spoken of once.
 */
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId, EntryId } from '../../shared/ids.ts'
import type { Logger } from '../ports.ts'
import { equalStamps, type FileStamp } from '../storage/file-stamp.ts'
import type { Intake } from './document-port.ts'
import type { Copy } from './find-copies.ts'

export interface ConflictCopiesParts {
  /** Merges a copy into its original and sets it aside; throws when it can't. `arrived` hears what came in before that. */
  readonly absorb: (copy: Copy, arrived: (intake: Intake) => void) => Promise<void>
  /** Hears what the copies of a document brought, all of one look together. */
  readonly told: (documentId: DocumentId, intakes: readonly Intake[]) => void
  readonly logger: Logger
}

interface Refused {
  readonly stamp: FileStamp
  readonly passing: boolean
  readonly told: boolean
}

export class ConflictCopies {
  private readonly parts: ConflictCopiesParts
  /** By path. */
  private readonly refused = new Map<string, Refused>()

  constructor(parts: ConflictCopiesParts) {
    this.parts = parts
  }

  /** Answers the rows whose files are set aside, and whether another look is worth it later, though no file changed. */
  async merge(copies: readonly Copy[]): Promise<{ readonly gone: readonly EntryId[]; readonly again: boolean }> {
    const gone: EntryId[] = []
    const brought = new Map<DocumentId, Intake[]>()
    let again = false
    for (const copy of copies) {
      const { row, original } = copy
      const known = this.refused.get(row.path)
      const before = known !== undefined && equalStamps(known.stamp, row.stamp) ? known : null
      if (!copy.conflict || before?.passing === false) continue
      let told = before?.told ?? false
      try {
        await this.parts.absorb(copy, (intake) => {
          const documentId = original.summary?.documentId
          if (told || documentId === undefined) return
          told = true
          brought.set(documentId, [...(brought.get(documentId) ?? []), intake])
        })
        this.refused.delete(row.path)
        gone.push(row.entryId)
      } catch (cause) {
        const passing = isPassing(cause)
        if (before === null) this.parts.logger.error('library.absorb-failed', cause)
        this.refused.set(row.path, { stamp: row.stamp, passing, told })
        again ||= passing
      }
    }
    for (const [documentId, intakes] of brought) this.parts.told(documentId, intakes)
    return { gone, again }
  }
}

/** Whether the copy may well be merged later as it is: the disk was full, its original is not settled, it was just written. */
function isPassing(cause: unknown): boolean {
  if (!(cause instanceof SheafError)) return true
  switch (cause.kind) {
    case 'damaged':
    case 'hostile':
    case 'not-a-sheaf-file':
    case 'too-new':
    case 'too-big':
    case 'invalid-argument':
      return false
    default:
      return true
  }
}
