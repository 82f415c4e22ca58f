import { Link } from 'lucide-react'
import { useId, useState } from 'react'
import type { InviteWish } from '../../../shared/ipc/together.ts'
import type { Role } from '../../../shared/membership/role.ts'
import { t } from '../../strings/t.ts'
import { ChoiceButton } from '../choice-button.tsx'
import { mayWords } from '../role-words.ts'

export interface InviteFormProps {
  readonly busy: boolean
  /** Whether there is a way at all by which somebody could come in. */
  readonly reachable: boolean
  onMake(wish: InviteWish): void
}

const ROLES_TO_GIVE: readonly Role[] = ['reader', 'commenter', 'editor', 'owner']
const USES = [1, 5, 20, 100] as const
const HOURS = [1, 24, 7 * 24, 30 * 24] as const

/** What a new invite is to allow, as a sentence with three choices in it. */
export function InviteForm({ busy, reachable, onMake }: InviteFormProps) {
  const [role, setRole] = useState<Role>('editor')
  const [uses, setUses] = useState<number>(USES[0])
  const [hours, setHours] = useState<number>(HOURS[2])
  const [approval, setApproval] = useState(false)
  const help = useId()

  return (
    <div className="invite">
      <p className="invite__sentence">
        <span>{t('invite.may')}</span>
        <ChoiceButton<Role>
          label={t('invite.role')}
          value={role}
          options={ROLES_TO_GIVE.map((value) => ({ value, label: mayWords(value) }))}
          onChange={setRole}
        />
      </p>
      <p className="invite__sentence">
        <span>{t('invite.for')}</span>
        <ChoiceButton
          label={t('invite.uses')}
          value={String(uses)}
          options={USES.map((value) => ({ value: String(value), label: t('invite.people', value) }))}
          onChange={(value) => setUses(Number(value))}
        />
        <span>{t('invite.until')}</span>
        <ChoiceButton
          label={t('invite.hours')}
          value={String(hours)}
          options={HOURS.map((value) => ({ value: String(value), label: t('invite.lasts', value) }))}
          onChange={(value) => setHours(Number(value))}
        />
      </p>
      <label className="check">
        <input type="checkbox" checked={approval} onChange={(event) => setApproval(event.target.checked)} />
        <span>
          {t('invite.approval')}
          <span className="small quiet check__help">{t('invite.approvalHelp')}</span>
        </span>
      </label>
      <div className="invite__actions">
        <button
          type="button"
          className="button button--primary"
          disabled={busy || !reachable}
          aria-describedby={reachable ? undefined : help}
          onClick={() => onMake({ role, uses, hours, approval })}
        >
          <Link className="icon" />
          {busy ? t('invite.making') : t('invite.make')}
        </button>
        {!reachable && (
          <p className="small quiet" id={help}>
            {t('invite.noWay')}
          </p>
        )}
      </div>
    </div>
  )
}
