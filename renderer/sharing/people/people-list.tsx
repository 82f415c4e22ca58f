import { ShieldCheck } from 'lucide-react'
import { personName } from '../../presence/person-name.ts'
import { Portrait } from '../../presence/portrait.tsx'
import type { PersonView, SharingView } from '../../../shared/ipc/together.ts'
import type { Role } from '../../../shared/membership/role.ts'
import { t } from '../../strings/t.ts'
import { roleName } from '../role-words.ts'
import { RoleMenu } from './role-menu.tsx'
import './people.css'

export interface PeopleListProps {
  readonly view: SharingView
  onRole(person: PersonView, role: Role): void
  onCompare(person: PersonView): void
  onDevices(person: PersonView): void
  onRemove(person: PersonView): void
}

/** Who is in the document, with what each may do. */
export function PeopleList({ view, onRole, onCompare, onDevices, onRemove }: PeopleListProps) {
  const mayChange = view.role === 'owner'
  return (
    <section className="share__part">
      <h3 className="share__heading" id="share-people">
        {t('people.title')}
      </h3>
      <ul aria-labelledby="share-people">
        {view.people.map((person) => (
          <li key={person.id} className="person">
            <Portrait name={person.name} color={person.color} outlined={!person.online && !person.you} />
            <div className="grow">
              <p className="person__name">
                <b className="clip" dir="auto">
                  {personName(person.name)}
                </b>
                {person.you && <span className="quiet"> {t('people.you')}</span>}
                {person.verified && (
                  <span className="person__verified small">
                    <ShieldCheck className="icon icon--small" />
                    {t('people.verified')}
                  </span>
                )}
              </p>
              <p className="small quiet clip">{presenceWords(person)}</p>
            </div>
            <RoleMenu
              person={person}
              mayChange={mayChange}
              onRole={(role) => onRole(person, role)}
              onCompare={() => onCompare(person)}
              onDevices={() => onDevices(person)}
              onRemove={() => onRemove(person)}
            />
          </li>
        ))}
      </ul>
      {view.people.every(({ you }) => you) && !view.shared && <p className="quiet">{t('people.alone')}</p>}
      {!mayChange && <p className="quiet">{t('people.notOwner', roleName(view.role))}</p>}
    </section>
  )
}

/** Whether they are here, and on how many devices they are. */
export function presenceWords({ you, online, devices }: PersonView): string {
  const words = t(online || you ? 'people.online' : 'people.away')
  return devices.length > 0 ? `${words} · ${t('people.devices', devices.length)}` : words
}
