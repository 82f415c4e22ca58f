/** Takes a copy of a document into the document, and sets the copy's file aside once the merged file is on disk. */
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { compareHeads } from '../../shared/log/heads.ts'
import type { FilePlaces } from '../documents/file-places.ts'
import type { Publisher } from '../documents/publisher.ts'
import type { SystemTrash } from '../ports.ts'
import { equalStamps, stampFile } from '../storage/file-stamp.ts'
import { readStampedSheafFile } from '../storage/read-sheaf-file.ts'
import { FORMAT } from '../storage/sheaf-file.ts'
import type { DocumentPort, Intake } from './document-port.ts'

export interface AbsorbParts {
  readonly documents: DocumentPort
  readonly publisher: Publisher
  readonly places: FilePlaces
  readonly systemTrash: SystemTrash
  readonly intakeFolder: string
}

/**
 * Throws, and leaves the copy where it is, when anything hinders the merged file from being written or when the copy
 * changes meanwhile. `arrived` hears what came in as soon as that is in the document.
 */
export async function absorbCopy(
  copy: string,
  original: string,
  parts: AbsorbParts,
  arrived: (intake: Intake) => void,
): Promise<void> {
  const { documents, publisher, places } = parts
  const documentId: DocumentId = await publisher.adopt(original, copy).catch((cause: unknown) => {
    // Nothing is wrong with the copy: its original is torn, locked or away at this moment.
    throw notYet(cause)
  })
  const { content, stamp } = await readStampedSheafFile(copy, { intakeFolder: parts.intakeFolder })
  if (content.documentId !== documentId) throw new SheafError('invalid-argument', 'These are two different documents.')
  if (content.formatWrite > FORMAT)
    throw new SheafError('too-new', 'This copy was made with a newer Sheaf; it stays as it is.')
  arrived(await documents.takeIn(content))
  await publisher.flush(documentId)
  const state = publisher.fileState(documentId)
  const written = places.get(documentId)?.heads ?? null
  const order = written === null ? 'behind' : compareHeads(written, documents.headsOf(content))
  if (state.kind !== 'ok' || order === 'behind' || order === 'apart') {
    throw notYet()
  }
  if (!equalStamps(stamp, await stampFile(copy))) {
    throw new SheafError('already-exists', 'The copy was changed at this very moment; please try again.')
  }
  await parts.systemTrash.discard(copy)
}

function notYet(cause?: unknown): SheafError {
  const sentence = 'The merged file could not be written yet, so the copy stays where it is.'
  return new SheafError('disk-error', sentence, {}, { cause })
}
