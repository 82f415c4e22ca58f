/**
 * Looking at a document's file before anything is written there: what stands at its place, and what of it the store
 * lacked. Whatever another program left there is taken in first; what can't be taken in is never written over.
 */
import { SheafError } from '../../shared/errors.ts'
import { compareHeads, type Heads } from '../../shared/log/heads.ts'
import type { DocumentPort, Intake } from '../library/document-port.ts'
import { equalStamps, type FileStamp, stampFile } from '../storage/file-stamp.ts'
import { type ReadFile, readStampedSheafFile } from '../storage/read-sheaf-file.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import type { FilePlace } from './file-places.ts'

export type Meeting =
  /** Nothing is there. */
  | { readonly kind: 'absent' }
  /** It is as it was when we last read or wrote it. */
  | { readonly kind: 'unchanged' }
  /** It was changed outside; the store now holds all of it. `wasKnown`: whether the document was here before. */
  | {
      readonly kind: 'taken-in'
      readonly file: ReadFile
      readonly heads: Heads
      readonly intake: Intake
      readonly wasKnown: boolean
    }
  /** It is an older state of the document, lacking what stood here before: a restored backup. */
  | { readonly kind: 'older'; readonly content: SheafFileContent; readonly stamp: FileStamp; readonly heads: Heads }
  /** Another document has taken the place. */
  | { readonly kind: 'stranger' }
  /** Something that can't be read, or whose records aren't what their writers signed. */
  | { readonly kind: 'unreadable'; readonly error: SheafError }

export async function meetFile(place: FilePlace, documents: DocumentPort, intakeFolder: string): Promise<Meeting> {
  const stamp = await stampFile(place.path)
  if (stamp === null) return { kind: 'absent' }
  if (equalStamps(stamp, place.stamp) && documents.isKnown(place.documentId)) return { kind: 'unchanged' }
  try {
    const file = await readStampedSheafFile(place.path, { intakeFolder })
    if (file.content.documentId !== place.documentId) return { kind: 'stranger' }
    return await takeIn(file, place.heads, documents)
  } catch (cause) {
    if (!(cause instanceof SheafError)) throw cause
    return cause.kind === 'not-found' ? { kind: 'absent' } : { kind: 'unreadable', error: cause }
  }
}

/** `last`: what the document's file held when we last saw it, or null when that is not known. */
export async function takeIn(file: ReadFile, last: Heads | null, documents: DocumentPort): Promise<Meeting> {
  const { content, stamp } = file
  const known = documents.isKnown(content.documentId)
  const before = known ? (last ?? (await documents.heads(content.documentId))) : null
  // Taken in whatever its heads say: of two different records with one number, both are wanted.
  const intake = await documents.takeIn(content)
  const heads = documents.headsOf(content)
  const older = intake.records === 0 && before !== null && compareHeads(heads, before) === 'behind'
  return older ? { kind: 'older', content, stamp, heads } : { kind: 'taken-in', file, heads, intake, wasKnown: known }
}
