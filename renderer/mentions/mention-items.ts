/** The documents that fit what is typed behind `@` or `[[`, and the one that could be made. */
import type { DocumentId } from '../../shared/ids.ts'
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { foldedEntry } from '../library/folded-entry.ts'
import type { Offer } from '../pickers/typed-picker.ts'
import { fold } from '../text/fold.ts'
import { fuzzyMatchFolded } from '../text/fuzzy-match.ts'
import type { Range } from '../text/ranges.ts'

export type MentionItem =
  | {
      readonly kind: 'document'
      readonly entry: LibraryEntry
      readonly documentId: DocumentId
      /** The letters of its title that were typed. */
      readonly ranges: readonly Range[]
    }
  | { readonly kind: 'create'; readonly title: string }

/** As many as one reads. */
const MOST = 20

/**
 * What is offered: the documents whose titles fit, the best first, the last changed first among equals. After `[[`, which
 * nobody types without meaning it, a new document is offered as well, and taken when there is no other. After `@` it is
 * offered for a single word that fits nothing, and never taken by Enter alone: it may be just a word.
 */
export function offeredDocuments(
  entries: readonly LibraryEntry[],
  { sign, query }: { readonly sign: string; readonly query: string },
  self: DocumentId,
): Offer<MentionItem> | null {
  const wanted = nameIn(sign, query)
  const needle = fold(wanted)
  const scored = mentionable(entries, self).flatMap(({ entry, documentId }) => {
    const match = fuzzyMatchFolded(foldedEntry(entry).title, needle)
    return match === null ? [] : [{ ...match, entry, documentId }]
  })
  const items: MentionItem[] = scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ entry, documentId, ranges }) => ({ kind: 'document', entry, documentId, ranges }))
  const [first = null] = items
  const meant = sign === '[['
  const creates = meant ? exactDocument(entries, wanted, self) === null : first === null && !/\s/u.test(query)
  if (wanted !== '' && creates) items.push({ kind: 'create', title: wanted })
  if (items.length === 0) return null
  return { items, chosen: first ?? (meant ? (items[0] ?? null) : null) }
}

/** The document of exactly this title, the one changed last of several; null when there is none. */
export function exactDocument(
  entries: readonly LibraryEntry[],
  title: string,
  self: DocumentId,
): Extract<MentionItem, { kind: 'document' }> | null {
  const needle = fold(title.trim())
  const found = mentionable(entries, self).find(({ entry }) => fold(entry.title.trim()) === needle)
  return found === undefined || needle === '' ? null : { kind: 'document', ...found, ranges: [] }
}

/** A name between `[[` and `]]` may lack its last bracket yet. */
function nameIn(sign: string, query: string): string {
  return (sign === '[[' ? query.replace(/\]$/, '') : query).trim()
}

/** Files that can't be read have no id one could link to; a copy has that of another document. */
function mentionable(entries: readonly LibraryEntry[], self: DocumentId) {
  return entries.flatMap((entry) => {
    const { documentId, problem } = entry
    return documentId === null || documentId === self || problem === 'copy' ? [] : [{ entry, documentId }]
  })
}
