import { CircleAlert, FileClock, FileLock2, LaptopMinimal, type LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { unreachable } from '../../shared/errors.ts'
import { CountsButton } from '../counts/counts-button.tsx'
import type { DocumentState } from '../documents/document-state.ts'
import { t } from '../strings/t.ts'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

interface StatusWords {
  readonly icon: LucideIcon
  readonly tone: 'plain' | 'caution' | 'danger'
  readonly saved: string
  readonly where: string
}

/** At the foot of the window: the truth about the document, and its length. `data-save` has it without the pause before “Saved”. */
export function StatusBar({ model }: { readonly model: WindowModel }) {
  const now = useObserved(model.settledState)
  const words = useRef<HTMLSpanElement>(null)
  const documentId = useObserved(model.documentId)
  const aids = useObserved(model.aids)

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
  const { icon: Icon, tone, saved, where } = statusWords(now)
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
          <span className="sep" aria-hidden="true">
            {' · '}
          </span>
          <span className="statusbar__where">{where}</span>
        </span>
      </span>
      <span className="statusbar__end">
        {aids !== null && <CountsButton counts={aids.counts.counts} shown={model.countsShown} />}
      </span>
    </footer>
  )
}

/** What the status says: first whether every word is on disk, then where else they are, or what is wrong with the file. */
export function statusWords(state: DocumentState): StatusWords {
  const where = fileWords(state)
  switch (state.save) {
    case 'not-saved':
      return { icon: CircleAlert, tone: 'danger', saved: t('state.notSaved'), where: state.reason || where }
    case 'saving':
      return { icon: LaptopMinimal, tone: 'plain', saved: t('state.saving'), where }
    case 'saved':
      break
    default:
      return unreachable(state.save)
  }
  if (state.mode === 'read-only') return { icon: FileLock2, tone: 'caution', saved: t('state.readOnly'), where }
  if (state.file.kind !== 'ok') return { icon: FileClock, tone: 'caution', saved: t('state.saved'), where }
  return { icon: LaptopMinimal, tone: 'plain', saved: t('state.saved'), where }
}

function fileWords({ file }: DocumentState): string {
  switch (file.kind) {
    case 'ok':
      return t('state.here')
    case 'missing':
      return t('state.fileMissing')
    case 'rolled-back':
      return t('state.fileOlder')
    case 'not-written':
      return t('state.fileNotWritten')
    default:
      return unreachable(file)
  }
}
