import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { SyncView } from '../../../shared/ipc/together.ts'
import { entry } from '../../testing/entries.ts'
import { FakeBridge } from '../../testing/fake-bridge.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { SYNC } from '../../testing/together.ts'

afterEach(cleanup)

async function open(sync: Partial<SyncView>) {
  const bridge = new FakeBridge([entry('The gauge')])
  bridge.sync = { ...SYNC, ...sync }
  const { user, model } = await renderWindow(bridge)
  await waitFor(() => expect(model.sync.claim.get().kind).not.toBe('nothing'))
  await user.click(screen.getByRole('button', { name: 'Where these words are' }))
  const details = await screen.findByRole('dialog', { name: 'Where these words are' })
  const places = () =>
    within(details)
      .getAllByRole('listitem')
      .map((item) => [...item.querySelectorAll('p')].map((line) => line.textContent))
  return { user, bridge, model, details, places }
}

it('SHARE-5: names each place the words are at, and whether it has everything', async () => {
  const { details, places, user } = await open({
    ways: [
      { way: 'lan', state: 'connected', problem: null, peers: 1 },
      { way: 'relay', state: 'connected', problem: null, peers: 0 },
      { way: 'yjs', state: 'off', problem: null, peers: 0 },
    ],
    sent: true,
    received: 1,
    devices: 2,
  })
  expect(details.textContent).toContain('1 of 2 other devices have everything.')
  expect(places()).toEqual([
    ['This computer', 'Saved'],
    ['Other devices', '1 of 2 have everything'],
    ['On this network', 'Connected to one computer'],
    ['Relay', 'Connected', 'Keeps everything, sealed'],
  ])
  await user.click(within(details).getByRole('button', { name: 'Share…' }))
  expect(await screen.findByRole('dialog', { name: /^Share “/ })).toBeTruthy()
})

it('SHARE-5: says why a way does not work, what is safe and what to do', async () => {
  const { details, places } = await open({
    ways: [{ way: 'relay', state: 'problem', problem: 'clock', peers: 0 }],
    devices: 1,
  })
  expect(details.textContent).toContain('Nobody else has the last words yet.')
  expect(details.textContent).toMatch(/clocks .* too far apart\. Set the date and time .* is saved here/)
  expect(places().at(-1)).toEqual([
    'Relay',
    'The clocks of this computer and the other side are too far apart.',
    'Does not have everything yet',
  ])
})

it('SHARE-5: what is in the way of a Yjs server is said of a Yjs server', async () => {
  const { details, places } = await open({ ways: [{ way: 'yjs', state: 'problem', problem: 'key', peers: 0 }] })
  expect(details.textContent).toContain('does not let you into this room. Ask whoever runs it for a token')
  expect(details.textContent).not.toContain('keys of the two sides')
  expect(places().at(-1)?.[1]).toBe('The Yjs server does not let you into this room.')
})

it('SHARE-5: who was not heard since the document was opened is said nothing of', async () => {
  const { places } = await open({ ways: [], received: 1, devices: 1, heardAt: null })
  expect(places().at(-1)).toEqual(['Other devices', 'It has everything'])
})

it('SHARE-5: what is not on the disk is not called saved, wherever earlier words are', async () => {
  const { details, model } = await open({ received: 2, devices: 2 })
  const state = model.state.get()
  act(() => void (state && model.state.set({ ...state, save: 'not-saved', reason: 'The disk is full.' })))
  await waitFor(() => expect(details.textContent).toContain('The last words are not saved yet.'))
  expect(details.textContent).not.toContain('Saved here')
})

const YJS = { way: 'yjs', state: 'connected', problem: null, peers: 0 } as const
const RELAY = { way: 'relay', state: 'connected', problem: null, peers: 0 } as const
const bar = () => document.querySelector('.statusbar')?.textContent

it.each([
  ['nothing else', {}],
  ['a relay that has everything', { ways: [YJS, RELAY], sent: true }],
  ['a relay that has not', { ways: [YJS, RELAY] }],
  ['devices that have everything', { ways: [YJS, RELAY], sent: true, received: 2, devices: 2 }],
])('SHARE-20: as long as a Yjs server has the page it is said to be unencrypted, beside %s', async (_beside, sync) => {
  const { details, bridge, model } = await open({ ways: [YJS], ...sync })
  expect(bar()).toContain('On a Yjs server, not encrypted')
  expect(details.textContent).toContain('Not encrypted: everybody with access to the Yjs server reads along')
  const state = model.state.get()
  act(() => void (state && model.state.set({ ...state, file: { kind: 'missing', fileName: 'a', folder: '' } })))
  expect(bar()).toContain('On a Yjs server, not encrypted')
  act(() =>
    bridge.emit('sync.changed', {
      ...bridge.sync,
      documentId: model.documentId.get() ?? '',
      ways: [{ ...YJS, state: 'off' }],
    }),
  )
  expect(bar()).not.toMatch(/not encrypted/i)
  expect(details.textContent).not.toContain('Not encrypted')
})
