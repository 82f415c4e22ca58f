import { FileText, SquarePen } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { filterEntries, type FoundEntry } from '../library/filter-entries.ts'
import { foldedEntry } from '../library/folded-entry.ts'
import { shownTitle } from '../library/shown-title.ts'
import { when } from '../library/when.ts'
import { t } from '../strings/t.ts'
import { fold } from '../text/fold.ts'
import { fuzzyMatchFolded } from '../text/fuzzy-match.ts'
import { HighlightedLine } from '../text/highlighted.tsx'
import { findAll } from '../text/ranges.ts'
import { Palette, type PaletteItem } from './palette.tsx'
import { shortcutWords } from './shortcut.ts'

/** Characters that fit into an item's two lines, about. */
const ROOM = { title: 56, words: 68 } as const
/** As many as one reads. */
const MOST = 40

/** What was chosen: a document, for this window or a new one, or a title for a new document. */
export type QuickOpenChoice =
  | { readonly kind: 'open'; readonly entry: LibraryEntry; readonly newWindow: boolean }
  | { readonly kind: 'create'; readonly title: string }

export interface QuickOpenProps {
  readonly entries: readonly LibraryEntry[]
  onClose(choice: QuickOpenChoice | null): void
  readonly onClosed: () => void
}

/** Any document by a few letters of its title or its first words. */
export function QuickOpen({ entries, onClose, onClosed }: QuickOpenProps) {
  const [query, setQuery] = useState('')
  const [now] = useState(() => Date.now())
  const found = useMemo(() => findDocuments(entries, query), [entries, query])

  const items: PaletteItem[] = found.map((each) => ({
    key: each.entry.id,
    heading: '',
    tall: true,
    content: <DocumentLines found={each} now={now} />,
    run: ({ ctrlKey, metaKey }) => onClose({ kind: 'open', entry: each.entry, newWindow: ctrlKey || metaKey }),
  }))
  const title = query.trim()
  if (title !== '') {
    items.push({
      key: 'create',
      heading: '',
      apart: found.length > 0,
      content: (
        <>
          <SquarePen className="icon" />
          <span className="grow clip">{t('quickOpen.create', title)}</span>
        </>
      ),
      run: () => onClose({ kind: 'create', title }),
    })
  }

  return (
    <Palette
      label={t('quickOpen.label')}
      placeholder={t('quickOpen.placeholder')}
      matching={t('quickOpen.matching')}
      query={query}
      onQuery={setQuery}
      items={items}
      none={t('empty.title')}
      foot={
        <>
          <span>{t('quickOpen.open')}</span>
          <span>{t('quickOpen.newWindow', shortcutWords('Mod+Enter'))}</span>
          <span>{t('commands.close')}</span>
          <span role="status">{t('library.count', entries.length)}</span>
        </>
      }
      onClose={() => onClose(null)}
      onClosed={onClosed}
    />
  )
}

/** The documents that fit, best first: titles that fit as a whole or by letters, then what has the words in its text. */
export function findDocuments(entries: readonly LibraryEntry[], query: string): readonly FoundEntry[] {
  if (query.trim() === '') return filterEntries(entries.slice(0, MOST), '')
  const byTitle: { found: FoundEntry; score: number }[] = []
  const needle = fold(query.trim())
  for (const entry of entries) {
    const match = fuzzyMatchFolded(foldedEntry(entry).title, needle)
    if (match) byTitle.push({ found: { entry, inTitle: match.ranges, inWords: [] }, score: match.score })
  }
  byTitle.sort((a, b) => b.score - a.score)
  const taken = new Set(byTitle.map(({ found }) => found.entry.id))
  const others = byTitle.length < MOST ? entries.filter(({ id }) => !taken.has(id)) : []
  const byWords = filterEntries(others, query)
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word.length > 1)
  return [...byTitle.map(({ found }) => found), ...byWords]
    .slice(0, MOST)
    .map(({ entry, inTitle }) => ({ entry, inTitle, inWords: findAll(foldedEntry(entry).firstWords, words) }))
}

function DocumentLines({ found, now }: { readonly found: FoundEntry; readonly now: number }) {
  const { entry, inTitle, inWords } = found
  return (
    <>
      <FileText className="icon" />
      <span className="grow">
        <span className="palette__first clip" dir="auto">
          <HighlightedLine room={ROOM.title} text={shownTitle(entry)} ranges={inTitle} />
        </span>
        <span className="palette__second clip" dir="auto">
          {entry.firstWords === '' ? (
            t('library.noText')
          ) : (
            <HighlightedLine room={ROOM.words} text={entry.firstWords} ranges={inWords} />
          )}
        </span>
      </span>
      <span className="key">
        <span className="palette__first">{entry.folder.split('/').at(-1)}</span>
        {when(entry.changedAt, now)}
      </span>
    </>
  )
}
