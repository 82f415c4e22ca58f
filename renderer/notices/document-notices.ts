/** What is true of the open document that a person must know, as notices. Values in, values out. */
import { CircleAlert, FileClock, FileLock2, FileQuestionMark, GitMerge } from 'lucide-react'
import { unreachable } from '../../shared/errors.ts'
import type { FileState } from '../../shared/ipc/contract.ts'
import type { DocumentState } from '../documents/document-state.ts'
import { titleOr } from '../library/shown-title.ts'
import { t } from '../strings/t.ts'
import type { Notice } from './notice.ts'

/** What the buttons of these notices do. */
export interface DocumentRemedies {
  saveAgain(): Promise<void>
  locate(): Promise<void>
  keepNewest(): Promise<void>
  bringInOlder(): Promise<void>
  exportCopy(): Promise<void>
  copyText(): Promise<void>
}

/** The notices for a state, the gravest first. */
export function documentNotices(state: DocumentState, remedies: DocumentRemedies): readonly Notice[] {
  const notices: Notice[] = []
  if (state.save === 'not-saved') notices.push(notSaved(state.reason, remedies))
  const file = fileNotice(state.file, remedies)
  if (file) notices.push(file)
  if (state.mode === 'read-only') notices.push(readOnly(state.readOnlyReason, remedies))
  if (state.notice) {
    const { key, message } = state.notice
    notices.push({
      key: `document-${key}`,
      tone: 'info',
      icon: GitMerge,
      title: message,
      text: '',
      actions: [],
      dismissible: true,
    })
  }
  return notices
}

function notSaved(reason: string, remedies: DocumentRemedies): Notice {
  return {
    key: 'not-saved',
    tone: 'danger',
    icon: CircleAlert,
    title: t('state.notSaved'),
    text: reason,
    facts: [
      { term: t('notice.safe'), words: t('notice.safeText') },
      { term: t('notice.atRisk'), words: t('notice.atRiskText') },
      { term: t('notice.todo'), words: t('notice.todoText') },
    ],
    actions: [{ label: t('notice.copyText'), primary: true, run: remedies.copyText }],
    dismissible: false,
  }
}

function readOnly(reason: string, remedies: DocumentRemedies): Notice {
  return {
    key: 'read-only',
    tone: 'caution',
    icon: FileLock2,
    title: reason === '' ? t('notice.readOnly') : reason,
    text: t('notice.readOnlyText'),
    actions: [{ label: t('notice.exportCopy'), run: remedies.exportCopy }],
    dismissible: false,
  }
}

function fileNotice(file: FileState, remedies: DocumentRemedies): Notice | null {
  const name = titleOr(file.fileName)
  switch (file.kind) {
    case 'ok':
      return null
    case 'missing':
      return {
        key: 'file-missing',
        tone: 'caution',
        icon: FileQuestionMark,
        title: t('notice.missing', name),
        text: t('notice.missingText'),
        actions: [
          { label: t('notice.saveAgain'), primary: true, run: remedies.saveAgain },
          { label: t('notice.locate'), run: remedies.locate },
        ],
        dismissible: false,
      }
    case 'rolled-back':
      return {
        key: 'file-rolled-back',
        tone: 'caution',
        icon: FileClock,
        title: t('notice.older', name),
        text: t('notice.olderText'),
        actions: [
          { label: t('notice.keepNewest'), primary: true, run: remedies.keepNewest },
          { label: t('notice.bringOlder'), run: remedies.bringInOlder },
        ],
        dismissible: false,
      }
    case 'not-written':
      return {
        key: 'file-not-written',
        tone: 'caution',
        icon: CircleAlert,
        title: t('notice.notWritten', name),
        text: file.reason === '' ? t('notice.notWrittenText') : `${file.reason} ${t('notice.notWrittenText')}`,
        actions: [{ label: t('notice.saveAgain'), primary: true, run: remedies.saveAgain }],
        dismissible: false,
      }
    default:
      return unreachable(file)
  }
}
