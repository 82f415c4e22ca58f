import type { ImportReport } from '../../shared/ipc/contract.ts'
import { Modal } from '../design/modal.tsx'
import type { SheafApi } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'
import './exchange.css'
import { ProgressBar } from './progress-bar.tsx'
import { useProgress } from './running-task.ts'
import type { ImportStage } from './window-imports.ts'

export interface ImportDialogProps {
  readonly api: SheafApi
  readonly stage: ImportStage
  onFailure(error: unknown): void
  onClose(): void
  readonly onClosed: () => void
}

/** Files beyond these are only counted. */
const MOST_SHOWN = 50

/** Files coming in: how far it is, then what came in, and what did not and why. */
export function ImportDialog({ api, stage, onFailure, onClose, onClosed }: ImportDialogProps) {
  const task = stage.kind === 'working' ? stage.task : null
  const progress = useProgress(api, task)
  const cancel = () => {
    if (task !== null) api.call('task.cancel', task).catch(onFailure)
  }

  return (
    <Modal
      label={t('import.title')}
      className="exchange"
      // The summary comes in place of the progress, also of an import that is ended.
      onClose={stage.kind === 'working' ? cancel : onClose}
      onClosed={onClosed}
    >
      <div className="exchange__head">
        <h2 className="dialog__title" aria-hidden="true">
          {t('import.title')}
        </h2>
      </div>
      <div className="exchange__body">
        {stage.kind === 'working' ? (
          <ProgressBar
            label={
              progress === null
                ? t('import.choosing')
                : t('import.doing', progress.doing, progress.done + 1, progress.all)
            }
            done={progress?.done ?? 0}
            all={progress?.all ?? 1}
          />
        ) : (
          <Summary report={stage.report} />
        )}
      </div>
      <div className="exchange__foot">
        <span className="grow" />
        {stage.kind === 'working' ? (
          <button type="button" className="button" onClick={cancel}>
            {t('window.cancel')}
          </button>
        ) : (
          <button type="button" className="button button--primary" ref={(button) => button?.focus()} onClick={onClose}>
            {t('export.close')}
          </button>
        )}
      </div>
    </Modal>
  )
}

function Summary({ report: { documents, opened, leftOut, failures, cancelled } }: { readonly report: ImportReport }) {
  const brought = documents.length === 0 && opened.length === 0 ? t('import.none') : ''
  return (
    <>
      <div role="status">
        <p>{documents.length > 0 ? t('import.done', documents.length) : brought}</p>
        {opened.length > 0 && <p>{t('import.opened', opened.length)}</p>}
        {cancelled && <p>{t('import.cancelled')}</p>}
      </div>
      <FileList title={t('import.failed', failures.length)} files={failures} />
      <FileList
        title={t('import.leftOut')}
        files={leftOut.map(({ name, losses }) => ({ name, reason: `${losses.join(', ')}.` }))}
      />
    </>
  )
}

interface FileListProps {
  readonly title: string
  readonly files: readonly { readonly name: string; readonly reason: string }[]
}

function FileList({ title, files }: FileListProps) {
  if (files.length === 0) return null
  const shown = files.slice(0, MOST_SHOWN)
  return (
    <div className="losses">
      <p className="losses__title">{title}</p>
      <ul className="exchange__list">
        {shown.map(({ name, reason }, index) => (
          <li key={`${index} ${name}`}>
            <b dir="auto">{name}</b>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
      {files.length > shown.length && <p>{t('import.more', files.length - shown.length)}</p>}
    </div>
  )
}
