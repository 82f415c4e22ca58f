import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Tooltip } from 'radix-ui'
import { afterEach, expect, test, vi } from 'vitest'
import type { PeerPresence } from '../../shared/ipc/together.ts'
import { DOCUMENT_ID, MemoryMain } from '../testing/memory-main.ts'
import { PeopleList } from './people-list.tsx'
import { PresenceWatch } from './presence-watch.ts'

afterEach(cleanup)

function peer(name: string, facts: Partial<PeerPresence> = {}): PeerPresence {
  const place = { anchor: Uint8Array.from([1]), head: Uint8Array.from([1]) }
  return { session: name, person: name, name, color: 0, ...place, typing: false, idle: false, ...facts }
}

function show() {
  const window = new MemoryMain().window()
  const presence = new PresenceWatch(window, DOCUMENT_ID)
  render(
    <Tooltip.Provider>
      <PeopleList presence={presence} />
    </Tooltip.Provider>,
  )
  const hear = (...peers: PeerPresence[]) =>
    act(() => window.emit('presence.changed', { documentId: DOCUMENT_ID, peers }))
  return { hear, presence }
}

const list = () => screen.getByRole('list', { name: 'People here' })

test('PRES-11: each person is an item with their name and what they do; alone there is no list', () => {
  const { hear } = show()
  expect(screen.queryByRole('list')).toBeNull()
  hear(peer('Ana', { typing: true }), peer('Ben', { idle: true }), peer('Cem'))
  const items = within(list()).getAllByRole('listitem')
  expect(items.map((item) => item.getAttribute('aria-label'))).toEqual(['Ana, typing', 'Ben, idle', 'Cem'])
  expect(screen.getByText('Ana is typing…')).toBeDefined()
  hear(peer('Ana', { typing: true }), peer('Ben', { typing: true }))
  expect(screen.getByText('Ana and Ben are typing…')).toBeDefined()
})

test('PRES-11: more than five stand behind a number, with a menu', async () => {
  const { hear, presence } = show()
  const goTo = vi.spyOn(presence, 'goTo')
  hear(...['Ana', 'Ben', 'Cem', 'Dora', 'Eva', 'Finn', 'Gül', 'Hana'].map((name) => peer(name)))
  expect(within(list()).getAllByRole('listitem')).toHaveLength(6)
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: '+3 here: Finn, Gül, and Hana' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Gül' }))
  await vi.waitFor(() => expect(goTo).toHaveBeenCalledWith(expect.objectContaining({ name: 'Gül' })))
})

test('PRES-11: a press on a person goes to their caret and leaves the keyboard where it was', async () => {
  const { hear, presence } = show()
  const goTo = vi.spyOn(presence, 'goTo')
  hear(peer('Ana'))
  await userEvent.setup().click(screen.getByRole('button', { name: 'Go to Ana' }))
  expect(goTo).toHaveBeenCalledWith(expect.objectContaining({ name: 'Ana' }))
  expect(document.activeElement).toBe(document.body)
})

test('PRES-12: what is said of who comes is in a polite live region, which is there before anybody comes', () => {
  vi.useFakeTimers()
  const { hear } = show()
  const region = document.querySelector('[aria-live="polite"]')
  expect(region?.textContent).toBe('')
  hear(peer('Ana'))
  act(() => void vi.advanceTimersByTime(2000))
  expect(region?.textContent).toBe('Ana is here.')
  vi.useRealTimers()
})
