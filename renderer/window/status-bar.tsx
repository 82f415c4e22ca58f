import { CircleAlert, FileClock, FileLock2, LockOpen, type LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { unreachable } from '../../shared/errors.ts'
import { CountsButton } from '../counts/counts-button.tsx'
import type { DocumentState } from '../documents/document-state.ts'
import { SyncButton } from '../sharing/sync/sync-button.tsx'
import { isUnencrypted, type SyncClaim } from '../sharing/sync/sync-claim.ts'
import { syncWords } from '../sharing/sync/sync-words.ts'
import { LanguageMenu } from '../spelling/language-menu.tsx'
import { t } from '../strings/t.ts'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

interface StatusWords {
  readonly icon: LucideIcon
  readonly tone: 'plain' | 'caution' | 'danger'
  readonly saved: string
  readonly where: string
}

export interface StatusBarProps {
  readonly model: WindowModel
  onAddDictionary(): void
}

/** At the foot of the window: the truth about the document, and its length. `data-save` has it without the pause before “Saved”. */
export function StatusBar({ model, onAddDictionary }: StatusBarProps) {
  const now = useObserved(model.settledState)
  const words = useRef<HTMLSpanElement>(null)
  const documentId = useObserved(model.documentId)
  const aids = useObserved(model.aids)
  const claim = useObserved(model.sync.claim)
  const open = useObserved(model.sync.view, isUnencrypted)

  // Written by hand: drawn by React it would cost every key a commit, in which React reads the page's whole selection.
  useEffect(() => {
    const write = () => {
      const save = model.state.get()?.save
      if (save !== undefined) words.current?.setAttribute('data-save', save)
    }
    write()
    return model.state.subscribe(write)
  }, [model, now])

  if (!now) {
    return (
      <footer className="statusbar chrome" aria-label={t('state.bar')} data-region>
        <span role="status" aria-label={t('state.label')}>
          {documentId === null && t('state.none')}
        </span>
      </footer>
    )
  }
  const { icon: Icon, tone, saved, where } = statusWords(now, claim)
  return (
    <footer className="statusbar chrome" aria-label={t('state.bar')} data-region>
      <span className={`statusbar__state statusbar__state--${tone}`}>
        <Icon className="icon" />
        <span
          ref={words}
          className="clip"
          role="status"
          aria-live={now.save === 'not-saved' ? 'assertive' : 'off'}
          aria-label={t('state.label')}
        >
          <b>{saved}</b>
          {where !== '' && (
            <span className="sep" aria-hidden="true">
              {' · '}
            </span>
          )}
          <span className="statusbar__where">{where}</span>
        </span>
        {open && (
          <span className="statusbar__open">
            <LockOpen className="icon" />
            <span className="statusbar__open-where">{t('sync.yjs')}</span>
            <span className="statusbar__open-short">{t('sync.yjsShort')}</span>
          </span>
        )}
        <SyncButton model={model} saved={now.save === 'saved'} />
      </span>
      <span className="statusbar__end">
        {aids !== null && <LanguageMenu model={model} spelling={aids.spelling} onAddDictionary={onAddDictionary} />}
        {aids !== null && <CountsButton counts={aids.counts.counts} shown={model.countsShown} />}
      </span>
    </footer>
  )
}

/** What the status says: first whether every word is on disk, then where else they are, or what is wrong with the file. */
export function statusWords(state: DocumentState, claim: SyncClaim): StatusWords {
  const elsewhere = syncWords(claim)
  const where = state.file.kind === 'ok' ? elsewhere.words : fileWords(state.file.kind)
  switch (state.save) {
    case 'not-saved':
      return { icon: CircleAlert, tone: 'danger', saved: t('state.notSaved'), where: state.reason || where }
    case 'saving':
      return { icon: elsewhere.icon, tone: 'plain', saved: t('state.saving'), where }
    case 'saved':
      break
    default:
      return unreachable(state.save)
  }
  if (state.mode === 'read-only') return { icon: FileLock2, tone: 'caution', saved: t('state.readOnly'), where }
  if (state.file.kind !== 'ok') return { icon: FileClock, tone: 'caution', saved: t('state.saved'), where }
  const tone = claim.kind === 'blocked' ? 'caution' : 'plain'
  return { icon: elsewhere.icon, tone, saved: t('state.saved'), where }
}

function fileWords(kind: Exclude<DocumentState['file']['kind'], 'ok'>): string {
  switch (kind) {
    case 'missing':
      return t('state.fileMissing')
    case 'rolled-back':
      return t('state.fileOlder')
    case 'not-written':
      return t('state.fileNotWritten')
    default:
      return unreachable(kind)
  }
}
