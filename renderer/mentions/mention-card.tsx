import { AppWindow, FileText, FileX, RotateCcw } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { useState } from 'react'
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { when, whenInFull } from '../library/when.ts'
import { CardButton } from '../links/card-button.tsx'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import { type DocumentLinks, knownDocument } from './document-links.ts'
import { type MentionFacts, mentionWords } from './mention.ts'

export interface MentionCardProps {
  readonly facts: MentionFacts
  readonly links: DocumentLinks
  onOpen(): void
  onOpenInWindow(): void
  onRestore(entry: LibraryEntry): void
}

/** What the library knows of the document a mention names, and the ways there. */
export function MentionCard({ facts, links, onOpen, onOpenInWindow, onRestore }: MentionCardProps) {
  const known = knownDocument(useObserved(links.library), facts.documentId)
  const [now] = useState(() => Date.now())
  const { title, name } = mentionWords(known, facts)
  const entry = known.kind === 'here' || known.kind === 'trashed' ? known.entry : null
  const Icon = known.kind === 'absent' ? FileX : FileText
  return (
    <>
      <div className="page-card__facts">
        <p className="page-card__title" dir="auto">
          <Icon className="icon" />
          <span>{title}</span>
        </p>
        {entry !== null && (
          <p className="page-card__words" dir="auto">
            {entry.firstWords === '' ? t('library.noText') : entry.firstWords}
          </p>
        )}
        <p className="page-card__note" title={entry === null ? undefined : whenInFull(entry.changedAt)}>
          {known.kind === 'here' && t('mention.changed', when(known.entry.changedAt, now))}
          {known.kind === 'trashed' && t('mention.trashedNote')}
          {known.kind === 'absent' && t('mention.absentNote')}
          {known.kind === 'unknown' && t('mention.unknownNote')}
        </p>
      </div>
      {known.kind === 'here' && (
        <Toolbar.Root className="page-card__actions" aria-label={name}>
          <CardButton icon={FileText} label={t('command.open')} shortcut="Enter" words onClick={onOpen} />
          <CardButton
            icon={AppWindow}
            label={t('command.openInWindow')}
            shortcut="Mod+Shift+Enter"
            onClick={onOpenInWindow}
          />
        </Toolbar.Root>
      )}
      {known.kind === 'trashed' && (
        <Toolbar.Root className="page-card__actions" aria-label={name}>
          <CardButton icon={RotateCcw} label={t('library.restore')} words onClick={() => onRestore(known.entry)} />
        </Toolbar.Root>
      )}
    </>
  )
}
