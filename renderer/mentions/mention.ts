/** A mention of another document in a line of text: finding, making, and what it is called. */
import type { Node } from 'prosemirror-model'
import { type EditorState, NodeSelection, type Transaction } from 'prosemirror-state'
import { mentionLabel } from '../../shared/document/inline-node-specs.ts'
import { type DocumentId, isDocumentId } from '../../shared/ids.ts'
import { asOwnStep, writeStepwise } from '../editor/binding/own-step.ts'
import { shownTitle, titleOr } from '../library/shown-title.ts'
import { t } from '../strings/t.ts'
import type { KnownDocument } from './document-links.ts'

export interface MentionFacts {
  /** Null when what stands there is no id. */
  readonly documentId: DocumentId | null
  /** The title when it was written, or ''. */
  readonly label: string
}

export function mentionFacts(node: Node): MentionFacts {
  const { document, label } = node.attrs
  return { documentId: isDocumentId(document) ? document : null, label: mentionLabel(label) }
}

/** The selected mention, or null. */
export function selectedMention({ selection }: EditorState): MentionFacts | null {
  const node = selection instanceof NodeSelection ? selection.node : null
  return node?.type.name === 'mention' ? mentionFacts(node) : null
}

/** Whether a mention may stand where the selection begins. */
export function admitsMention({ selection: { $from }, schema }: EditorState): boolean {
  const type = schema.nodes['mention']
  return (
    type !== undefined && $from.parent.inlineContent && $from.parent.canReplaceWith($from.index(), $from.index(), type)
  )
}

/**
 * Puts a mention in place of what stands between two positions: one step of undo. Yjs is shown the line without those
 * words first: it then knows the text behind the mention again, and what others type there meanwhile stays.
 */
export function insertMention(tr: Transaction, from: number, to: number, facts: MentionFacts): Transaction {
  const { documentId: document, label } = facts
  const mention = tr.doc.type.schema.node('mention', { document, label: label === '' ? null : label })
  if (from < to) tr.delete(from, to)
  return writeStepwise(asOwnStep(tr.insert(from, mention).scrollIntoView()))
}

/** What a mention shows: the document's title as it is now, else as it was, and where the document is when it is not here. */
export interface MentionWords {
  readonly title: string
  /** `in the trash`, `not in this library`, or ''. */
  readonly state: string
  /** All of it in a sentence, for screen readers. */
  readonly name: string
}

export function mentionWords(known: KnownDocument, { label }: MentionFacts): MentionWords {
  const title = known.kind === 'here' || known.kind === 'trashed' ? shownTitle(known.entry) : titleOr(label)
  const state = known.kind === 'trashed' ? t('mention.trashed') : known.kind === 'absent' ? t('mention.absent') : ''
  return { title, state, name: state === '' ? t('mention.name', title) : t('mention.nameAndState', title, state) }
}
