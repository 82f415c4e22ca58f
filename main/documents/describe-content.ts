/** The content of a published file, made from the log's records and the document they fold to. */
import { shapeToHtml } from '../../shared/document/shape-to-html.ts'
import { shapeToMarkdown } from '../../shared/document/markdown/shape-to-markdown.ts'
import { firstWords, shapeToText, wordCount } from '../../shared/document/plain-text.ts'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { assert } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { encodeHeads, type Heads } from '../../shared/log/heads.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { FORMAT, type SheafFileContent, type StoredBlob, type StoredMember } from '../storage/sheaf-file.ts'

export interface DocumentFacts {
  readonly documentId: DocumentId
  readonly appVersion: string
  readonly changedAt: number
  readonly members: readonly StoredMember[]
  readonly records: readonly SignedRecord[]
  readonly heads: Heads
  /** The Yjs state at `heads`. */
  readonly state: Uint8Array
  readonly shape: DocumentShape
  readonly blobs: readonly StoredBlob[]
}

export function describeContent(facts: DocumentFacts): SheafFileContent {
  assert(facts.members[0]?.seq === 0, 'a file is never written without what founds its document')
  return {
    documentId: facts.documentId,
    formatRead: FORMAT,
    formatWrite: FORMAT,
    appVersion: facts.appVersion,
    title: facts.shape.title,
    changedAt: facts.changedAt,
    firstWords: firstWords(facts.shape.content),
    words: wordCount(facts.shape),
    members: facts.members,
    records: facts.records,
    state: [{ stream: 0, heads: encodeHeads(facts.heads), body: facts.state }],
    previews: {
      'text/markdown': shapeToMarkdown(facts.shape).markdown,
      'text/html': shapeToHtml(facts.shape).html,
      'text/plain': shapeToText(facts.shape),
    },
    blobs: facts.blobs,
  }
}
