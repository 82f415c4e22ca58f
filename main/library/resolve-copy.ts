/** What becomes of a second copy of a document once the person has said what it is. */
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { equalStamps, stampFile } from '../storage/file-stamp.ts'
import { readStampedSheafFile } from '../storage/read-sheaf-file.ts'
import { type AbsorbParts, absorbCopy } from './absorb-copy.ts'
import { arrivalSentence } from './arrival-sentence.ts'
import type { Intake } from './document-port.ts'
import type { Copy } from './find-copies.ts'
import type { MissedNotices } from './missed-notices.ts'

interface ResolveParts extends AbsorbParts {
  readonly notices: MissedNotices
}

/** Answers the document that the file at the original's, or at the copy's, place is of now. */
export async function resolveCopy(copy: Copy, as: 'separate' | 'same', parts: ResolveParts): Promise<DocumentId> {
  return as === 'same' ? await resolveAsSame(copy, parts) : await resolveAsSeparate(copy, parts)
}

/** The same document: its words are brought in, and its file is set aside. */
async function resolveAsSame({ row, original }: Copy, parts: ResolveParts): Promise<DocumentId> {
  const documentId = original.summary?.documentId
  const tell = (intake: Intake): void => {
    if (documentId !== undefined) parts.notices.tell(documentId, arrivalSentence([intake], 'copy'))
  }
  await absorbCopy(row.path, original.path, parts, tell)
  return await parts.publisher.adopt(original.path)
}

/** A document of its own: a stranger to the first from now on, at the place where the copy was. */
async function resolveAsSeparate({ row }: Copy, parts: ResolveParts): Promise<DocumentId> {
  const { documents, publisher, systemTrash, intakeFolder } = parts
  const { content, stamp } = await readStampedSheafFile(row.path, { intakeFolder })
  const documentId = await documents.duplicate(content)
  if (!equalStamps(stamp, await stampFile(row.path)))
    throw new SheafError('already-exists', 'The copy was changed at this very moment; please try again.')
  // Its words are in a store of their own now; its history stays in the file that goes to the system's trash.
  await systemTrash.discard(row.path)
  await publisher.give(documentId, row.path)
  return documentId
}
