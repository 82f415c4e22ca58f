import { DropdownMenu } from 'radix-ui'
import { useRef } from 'react'
import { Hint } from '../design/hint.tsx'
import { locale, t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import { inARow } from './comings.ts'
import type { PersonHere } from './people-here.ts'
import { personName } from './person-name.ts'
import { Portrait } from './portrait.tsx'
import type { PresenceWatch } from './presence-watch.ts'
import './presence.css'

/** So many have a place of their own; the others stand behind a number. */
const SHOWN = 5
/** So many are named when they type. */
const NAMED = 2
/** CSS pixels between the number and its menu. */
const GAP = 4

/** Who else is in the document, at the top of the window. It draws again when somebody comes, goes, types or rests. */
export function PeopleList({ presence }: { readonly presence: PresenceWatch }) {
  const people = useObserved(presence.people)
  const comings = useObserved(presence.comings.words)
  const more = people.slice(SHOWN)
  return (
    <>
      <span className="visually-hidden" aria-live="polite">
        {comings}
      </span>
      {people.length > 0 && (
        <>
          <TypingWords people={people} />
          <ul className="people" aria-label={t('presence.people')}>
            {people.slice(0, SHOWN).map((person) => (
              <li key={person.id} aria-label={t('presence.person', personName(person.name), person.state)}>
                <Hint label={t('presence.person', personName(person.name), person.state)}>
                  <button
                    type="button"
                    className="people__button"
                    aria-label={t('presence.goTo', personName(person.name))}
                    aria-disabled={person.session === null}
                    // The caret stays on the page, so that one can write on at once.
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => presence.goTo(person)}
                  >
                    <Portrait name={person.name} color={person.color} outlined={person.state === 'idle'} />
                  </button>
                </Hint>
              </li>
            ))}
            {more.length > 0 && <MorePeople people={more} presence={presence} />}
          </ul>
        </>
      )}
    </>
  )
}

/** Those for whom there is no room, in a menu behind their number. */
function MorePeople({
  people,
  presence,
}: {
  readonly people: readonly PersonHere[]
  readonly presence: PresenceWatch
}) {
  const chosen = useRef<PersonHere | null>(null)
  const count = people.length.toLocaleString(locale())
  const names = t('presence.more', count, inARow(people.map(({ name }) => personName(name))))
  const goTo = () => {
    const person = chosen.current
    chosen.current = null
    if (person !== null) presence.goTo(person)
  }
  return (
    <li aria-label={names}>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <button type="button" className="people__button" aria-label={names}>
            <span className="portrait portrait--more">+{count}</span>
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="menu menu--tall chrome"
            aria-label={t('presence.people')}
            align="end"
            sideOffset={GAP}
            collisionPadding={GAP}
            onCloseAutoFocus={goTo}
          >
            {people.map((person) => (
              <DropdownMenu.Item
                key={person.id}
                className="menu__item people__item"
                disabled={person.session === null}
                onSelect={() => {
                  chosen.current = person
                }}
              >
                <Portrait name={person.name} color={person.color} outlined={person.state === 'idle'} />
                {t('presence.person', personName(person.name), person.state)}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </li>
  )
}

/** The same as the list says of each, for those who look: "Ana is typing…". */
function TypingWords({ people }: { readonly people: readonly PersonHere[] }) {
  const typing = people.filter(({ state }) => state === 'typing').map(({ name }) => personName(name))
  const { length } = typing
  const words =
    length > NAMED
      ? t('presence.manyTyping', length.toLocaleString(locale()))
      : t('presence.typing', inARow(typing), length)
  return (
    <span className="people__typing clip" aria-hidden="true">
      {length > 0 && words}
    </span>
  )
}
