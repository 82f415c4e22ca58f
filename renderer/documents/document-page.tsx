import type { DocumentId } from '../../shared/ids.ts'
import type { DocumentCommandsRef, DocumentState } from './document-state.ts'

export interface DocumentPageProps {
  readonly documentId: DocumentId
  readonly commands: DocumentCommandsRef
  onState(state: DocumentState): void
  onTitle(title: string): void
}

/** The page of one document: its title and its body. Mount it with `key={documentId}`. */
export function DocumentPage(_props: DocumentPageProps) {
  return null
}
