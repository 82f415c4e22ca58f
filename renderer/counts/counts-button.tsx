import { Popover } from 'radix-ui'
import { t } from '../strings/t.ts'
import { Observable, useObserved } from '../window/observable.ts'
import type { PageCounts } from './count-watch.ts'
import { type Counts, readingMinutes } from './page-counts.ts'
import './counts.css'

export interface CountsButtonProps {
  readonly counts: Observable<PageCounts | null>
  readonly shown: Observable<boolean>
}

const GAP = 8

/** The number of words at the foot of the window; all other counts stand behind it. */
export function CountsButton({ counts, shown }: CountsButtonProps) {
  const now = useObserved(counts)
  const open = useObserved(shown)
  if (now === null) return null
  const { document, selection } = now
  const words =
    selection === null ? t('state.words', document.words) : t('counts.ofWords', selection.words, document.words)
  return (
    <Popover.Root open={open} onOpenChange={(next) => shown.set(next)}>
      <Popover.Trigger asChild>
        <button
          type="button"
          className="button button--quiet button--small statusbar__words"
          aria-label={t('counts.show', words)}
        >
          {words}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu counts chrome"
          aria-label={t('counts.title')}
          side="top"
          align="end"
          sideOffset={GAP}
          collisionPadding={GAP}
        >
          <CountsTable document={document} selection={selection} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

const ROWS: readonly { readonly label: () => string; readonly value: (counts: Counts) => string }[] = [
  { label: () => t('counts.words'), value: ({ words }) => number(words) },
  { label: () => t('counts.characters'), value: ({ characters }) => number(characters) },
  { label: () => t('counts.withoutSpaces'), value: ({ withoutSpaces }) => number(withoutSpaces) },
  { label: () => t('counts.reading'), value: ({ words }) => readingWords(words) },
]

function CountsTable({ document, selection }: PageCounts) {
  return (
    <table className="counts__table">
      {selection !== null && (
        <thead>
          <tr>
            <td />
            <th scope="col">{t('counts.selection')}</th>
            <th scope="col">{t('counts.document')}</th>
          </tr>
        </thead>
      )}
      <tbody>
        {ROWS.map(({ label, value }) => (
          <tr key={label()}>
            <th scope="row">{label()}</th>
            {selection !== null && <td>{value(selection)}</td>}
            <td>{value(document)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function number(value: number): string {
  return t('counts.number', value)
}

function readingWords(words: number): string {
  const minutes = readingMinutes(words)
  return minutes === 0 ? t('counts.underMinute') : t('counts.minutes', minutes)
}
