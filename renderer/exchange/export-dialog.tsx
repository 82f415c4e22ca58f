import { useState } from 'react'
import './exchange.css'
import type { OfferedFormat } from '../../shared/exchange/formats.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { Settings, TaskNumber } from '../../shared/ipc/contract.ts'
import { SheafError } from '../../shared/errors.ts'
import { Modal } from '../design/modal.tsx'
import { ChoiceRow } from '../settings/choice-row.tsx'
import type { SheafApi } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'
import { ExportLosses } from './export-losses.tsx'
import { PaperChoices } from './paper-choices.tsx'
import { paperOf } from './paper-of.ts'
import { ProgressBar } from './progress-bar.tsx'
import { newTask, useProgress } from './running-task.ts'

export interface ExportDialogProps {
  readonly api: SheafApi
  readonly documentId: DocumentId
  readonly settings: Settings
  onChange(patch: Partial<Settings>): void
  /** Resolves when every word of the page is on disk; rejects with a sentence when that can't be. */
  saved(): Promise<void>
  onClose(): void
  readonly onClosed: () => void
}

type Stage =
  | { readonly kind: 'choosing'; readonly problem: string }
  | { readonly kind: 'working'; readonly task: TaskNumber }
  | { readonly kind: 'done'; readonly fileName: string }

/** Takes the document out of Sheaf: as what, what that can't hold of it, how far it is, and where it went. */
export function ExportDialog(props: ExportDialogProps) {
  const { api, documentId, settings, onChange, saved, onClose, onClosed } = props
  const [stage, setStage] = useState<Stage>({ kind: 'choosing', problem: '' })
  const task = stage.kind === 'working' ? stage.task : null
  const progress = useProgress(api, task)
  const format = settings.exportFormat

  const start = async () => {
    const next = newTask()
    setStage({ kind: 'working', task: next })
    try {
      await saved()
      const fileName = await api.call('document.export', documentId, { format, paper: paperOf(settings) }, next)
      setStage(fileName === null ? { kind: 'choosing', problem: '' } : { kind: 'done', fileName })
    } catch (error) {
      setStage({ kind: 'choosing', problem: problemOf(error) })
    }
  }
  const cancel = () => {
    if (task !== null) api.call('task.cancel', task).catch((error: unknown) => setStage(failed(error)))
  }
  const close = () => {
    cancel()
    onClose()
  }
  const reveal = () => {
    api.call('document.revealExport').catch((error: unknown) => setStage(failed(error)))
  }

  return (
    <Modal label={t('export.title')} className="exchange" onClose={close} onClosed={onClosed}>
      <div className="exchange__head">
        <h2 className="dialog__title" aria-hidden="true">
          {t('export.title')}
        </h2>
      </div>
      {stage.kind === 'done' ? (
        <div className="exchange__body">
          <p className="exchange__done" role="status">
            {t('export.done', stage.fileName)}
          </p>
        </div>
      ) : (
        <fieldset className="exchange__body" disabled={stage.kind === 'working'}>
          <legend className="visually-hidden">{t('export.choices')}</legend>
          <ChoiceRow<OfferedFormat>
            label={t('export.format')}
            value={format}
            options={[
              ['pdf', t('format.pdf')],
              ['docx', t('format.docx')],
              ['md', t('format.md')],
              ['html', t('format.html')],
              ['txt', t('format.txt')],
            ]}
            onChange={(exportFormat) => onChange({ exportFormat })}
          />
          {format === 'pdf' && <PaperChoices settings={settings} onChange={onChange} />}
          <ExportLosses api={api} documentId={documentId} format={format} />
        </fieldset>
      )}
      {stage.kind === 'choosing' && stage.problem !== '' && (
        <p className="exchange__problem" role="alert">
          {stage.problem}
        </p>
      )}
      <div className="exchange__foot">
        {progress !== null && (
          <ProgressBar label={stepWords(progress.done)} done={progress.done + 1} all={progress.all + 1} />
        )}
        <span className="grow" />
        {stage.kind === 'done' ? (
          <>
            <button type="button" className="button" onClick={reveal}>
              {t('export.reveal')}
            </button>
            <button type="button" className="button button--primary" ref={focusFirst} onClick={onClose}>
              {t('export.close')}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="button" onClick={progress === null ? close : cancel}>
              {t('window.cancel')}
            </button>
            {progress === null && (
              <button
                type="button"
                className="button button--primary"
                disabled={stage.kind === 'working'}
                onClick={() => void start()}
              >
                {t('export.start')}
              </button>
            )}
          </>
        )}
      </div>
    </Modal>
  )
}

/** The button that was pressed is gone: the keyboard goes on with the one in its place. */
function focusFirst(button: HTMLButtonElement | null): void {
  button?.focus()
}

function stepWords(done: number): string {
  return t(done === 0 ? 'export.collecting' : done === 1 ? 'export.setting' : 'export.writing')
}

function failed(error: unknown): Stage {
  return { kind: 'choosing', problem: problemOf(error) }
}

/** One's own "cancel" is no problem. */
function problemOf(error: unknown): string {
  if (!(error instanceof SheafError)) return t('notice.internal')
  return error.kind === 'cancelled' ? '' : error.message
}
