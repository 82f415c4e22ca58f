/** Puts a document into a desk's private store, as if it had been written there and closed. */
import type { Desk } from '../main/documents/open-document.fixture.ts'
import { DocumentStore } from '../main/storage/document-store.ts'
import type { SheafFileContent } from '../main/storage/sheaf-file.ts'
import { decodeHeads } from '../shared/log/heads.ts'

export function placeDocument(desk: Desk, content: SheafFileContent): void {
  const store = DocumentStore.open(desk.storePath, content.members)
  store.addRecords(content.records, [])
  for (const { stream, heads, body } of content.state) {
    store.keepState(stream, { heads: decodeHeads(heads) ?? new Map<string, number>(), body })
  }
  store.close()
}
