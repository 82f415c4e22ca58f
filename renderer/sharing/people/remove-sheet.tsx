import { Clock, Copy, KeyRound, type LucideIcon, Unlink } from 'lucide-react'
import type { PersonView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'
import { personName } from '../../presence/person-name.ts'
import { Facts } from './facts.tsx'
import { Sheet } from './sheet.tsx'

export interface RemoveSheetProps {
  readonly person: PersonView
  /** Invites that can still be used. */
  readonly invites: number
  readonly busy: boolean
  onRemove(): void
  onBack(): void
}

/** What taking somebody out means, asked first because nothing can undo it. */
export function RemoveSheet({ person, invites, busy, onRemove, onBack }: RemoveSheetProps) {
  const name = personName(person.name)
  const facts: readonly (readonly [LucideIcon, string, string])[] = [
    [Copy, t('remove.keeps'), t('remove.keepsText')],
    [KeyRound, t('remove.next'), t('remove.nextText')],
    [Clock, t('remove.late'), t('remove.lateText')],
    ...(invites > 0 ? [[Unlink, t('remove.invites', invites), t('remove.invitesText')] as const] : []),
  ]
  return (
    <Sheet title={t('remove.title', name)} onBack={onBack}>
      <Facts facts={facts} />
      <p>{t('remove.noUndo')}</p>
      <div className="sheet__actions">
        <button type="button" className="button button--danger" disabled={busy} onClick={onRemove}>
          {busy ? t('remove.doing') : t('remove.do', name)}
        </button>
        <button type="button" className="button" onClick={onBack}>
          {t('window.cancel')}
        </button>
      </div>
    </Sheet>
  )
}
