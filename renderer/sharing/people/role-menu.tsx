import { Check, ChevronDown, Fingerprint, Laptop, UserMinus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useRef } from 'react'
import type { PersonView } from '../../../shared/ipc/together.ts'
import type { Role } from '../../../shared/membership/role.ts'
import { t } from '../../strings/t.ts'
import { personName } from '../../presence/person-name.ts'
import { roleName, ROLES_DOWNWARDS } from '../role-words.ts'

export interface RoleMenuProps {
  readonly person: PersonView
  /** Whether this window's person may change roles and remove. */
  readonly mayChange: boolean
  onRole(role: Role): void
  onCompare(): void
  onDevices(): void
  onRemove(): void
}

const GAP = 4

/** A person's role, and behind it what can be done about the person. */
export function RoleMenu({ person, mayChange, onRole, onCompare, onDevices, onRemove }: RoleMenuProps) {
  // What was chosen happens when the menu is gone: it may take the focus elsewhere.
  const chosen = useRef<(() => void) | null>(null)
  const choose = (work: () => void) => () => {
    chosen.current = work
  }
  const runChosen = () => {
    const work = chosen.current
    chosen.current = null
    if (work !== null) setTimeout(work, 0)
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="button button--quiet person__role"
          aria-label={`${roleName(person.role)}. ${t('people.more', personName(person.name))}`}
          data-person={person.id}
        >
          {roleName(person.role)}
          <ChevronDown className="icon icon--small" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu chrome"
          aria-label={t('people.more', personName(person.name))}
          align="end"
          sideOffset={GAP}
          onCloseAutoFocus={runChosen}
        >
          {mayChange && !person.you && (
            <>
              <DropdownMenu.RadioGroup value={person.role}>
                {ROLES_DOWNWARDS.map((role) => (
                  <DropdownMenu.RadioItem
                    key={role}
                    value={role}
                    className="menu__item"
                    onSelect={choose(() => role !== person.role && onRole(role))}
                  >
                    <span className="menu__check">{role === person.role && <Check className="icon" />}</span>
                    {roleName(role)}
                  </DropdownMenu.RadioItem>
                ))}
              </DropdownMenu.RadioGroup>
              <DropdownMenu.Separator className="menu__rule" />
            </>
          )}
          <DropdownMenu.Item className="menu__item" onSelect={choose(onCompare)}>
            <Fingerprint className="icon" />
            {t('people.compare')}
          </DropdownMenu.Item>
          {(mayChange || person.you) && person.devices.length > 1 && (
            <DropdownMenu.Item className="menu__item" onSelect={choose(onDevices)}>
              <Laptop className="icon" />
              {t('people.computers')}
            </DropdownMenu.Item>
          )}
          {mayChange && !person.you && (
            <DropdownMenu.Item className="menu__item menu__item--danger" onSelect={choose(onRemove)}>
              <UserMinus className="icon" />
              {t('people.remove')}
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
