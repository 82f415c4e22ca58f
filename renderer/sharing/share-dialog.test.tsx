import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { entry } from '../testing/entries.ts'
import { FakeBridge } from '../testing/fake-bridge.ts'
import { renderWindow } from '../testing/render-window.tsx'
import { ALICE, devices, person, SHARING, together } from '../testing/together.ts'
import { addressOf, isAddress } from './ways/address-form.tsx'

afterEach(cleanup)

const gauge = entry('The gauge')
const BEN = person('Ben', { online: true })
const CARA = person('Cara', { role: 'reader' })
const UNHEARD = person('', { id: 'new' })
const dialog = () => screen.getByRole('dialog', { name: /^Share/ })
const inDialog = () => within(dialog())

async function open(sharing = together(BEN, CARA)) {
  const bridge = new FakeBridge([gauge])
  bridge.sharing = sharing
  const window = await renderWindow(bridge)
  await window.user.click(screen.getByRole('button', { name: 'Share' }))
  await waitFor(() => inDialog().getByRole('heading', { name: 'People' }))
  return { bridge, ...window }
}

async function choose(user: Awaited<ReturnType<typeof open>>['user'], name: string, item: string) {
  await user.click(inDialog().getByRole('button', { name: new RegExp(`Role of ${name}`) }))
  await user.click(within(await screen.findByRole('menu')).getByText(item))
}

describe('sharing a document', () => {
  it('SHARE-11: nothing is shared before a link is made, and then its link is there to copy once', async () => {
    const { bridge, user } = await open(SHARING)
    expect(inDialog().getByText(/Only you so far/)).toBeTruthy()
    expect(bridge.calls.filter((call) => call.startsWith('sharing.') && !call.startsWith('sharing.get'))).toEqual([])
    await user.click(inDialog().getByRole('button', { name: 'What they may do: read and write' }))
    await user.click(await screen.findByRole('menuitemradio', { name: 'read' }))
    await user.click(inDialog().getByRole('button', { name: 'How many people: one person' }))
    await user.click(await screen.findByRole('menuitemradio', { name: '5 people' }))
    await user.click(inDialog().getByRole('checkbox', { name: /I let each one in/ }))
    await user.click(inDialog().getByRole('button', { name: 'Make link' }))
    const link = await waitFor(() => inDialog().getByRole<HTMLInputElement>('textbox', { name: 'Invite link' }))
    expect(link.value).toBe(bridge.link)
    expect(bridge.wishes).toEqual([{ role: 'reader', uses: 5, hours: 168, approval: true }])
    expect(inDialog().getByRole('img', { name: 'The link as a picture to scan' })).toBeTruthy()
    await user.click(inDialog().getByRole('button', { name: 'Make another' }))
    expect(inDialog().queryByRole('textbox', { name: 'Invite link' })).toBeNull()
  })

  it('SHARE-11: a link outlives a look at a fingerprint, and one that comes when the dialog is closed is told too', async () => {
    const { bridge, user, model } = await open()
    await user.click(inDialog().getByRole('button', { name: 'Make link' }))
    await waitFor(() => inDialog().getByRole('textbox', { name: 'Invite link' }))
    await choose(user, 'Ben', 'Compare fingerprint…')
    await user.click(await waitFor(() => inDialog().getByRole('button', { name: 'Back' })))
    await user.click(await waitFor(() => inDialog().getByRole('button', { name: 'Make another' })))
    const answer = bridge.holdAt('sharing.invite')
    await user.click(inDialog().getByRole('button', { name: 'Make link' }))
    await user.keyboard('{Escape}')
    act(answer)
    await waitFor(() => expect(model.board.notices.get()[0]?.title).toBe('The link to “The gauge” is made'))
    expect(model.board.notices.get()[0]?.actions.map(({ label }) => label)).toEqual(['Copy link'])
  })

  it('SHARE-12: makes no link that nothing would carry', async () => {
    const { user } = await open({ ...SHARING, lan: false })
    const make = inDialog().getByRole<HTMLButtonElement>('button', { name: 'Make link' })
    expect(make.disabled).toBe(true)
    expect(inDialog().getByText(/Nothing would carry it/)).toBeTruthy()
    await user.click(inDialog().getByRole('switch', { name: 'On this network' }))
    await waitFor(() => expect(make.disabled).toBe(false))
  })

  it('SHARE-11: neither the switch of this network nor the relay of the settings shares anything by itself', async () => {
    const bridge = new FakeBridge([gauge])
    bridge.settings = { ...bridge.settings, relay: 'https://relay.example.org' }
    const { user } = await renderWindow(bridge)
    await user.click(screen.getByRole('button', { name: 'Share' }))
    await waitFor(() => inDialog().getByText(/relay\.example\.org, as the settings say, once you make a link/))
    await user.click(inDialog().getByRole('switch', { name: 'On this network' }))
    await waitFor(() => expect(bridge.sharing.lan).toBe(false))
    expect(bridge.sharing.relay).toBeNull()
    expect(inDialog().queryByRole('textbox', { name: 'Address of a relay' })).toBeNull()
    expect(inDialog().getByRole<HTMLButtonElement>('button', { name: 'Make link' }).disabled).toBe(false)
  })

  it('SHARE-13: says of each person who they are, what they may do, and whether they are here', async () => {
    const { user, bridge } = await open(together({ ...BEN, verified: true, devices: devices('ben', 2) }, CARA, UNHEARD))
    const [alice, ben, cara, unheard] = within(inDialog().getByRole('list', { name: 'People' })).getAllByRole(
      'listitem',
    )
    expect(alice?.textContent).toContain('you')
    expect(ben?.textContent).toContain('Verified')
    expect(ben?.textContent).toContain('Here now · 2 devices')
    expect(cara?.textContent).toContain('Not here now · one device')
    expect(unheard?.textContent).toContain('Somebody')
    await choose(user, 'Cara', 'Commenter')
    await waitFor(() => expect(bridge.sharing.people[2]?.role).toBe('commenter'))
    expect(inDialog().getByRole('button', { name: /^Commenter. Role of Cara/ })).toBeTruthy()
  })

  it('SHARE-14: removing says what it means and asks, and back leaves everybody in', async () => {
    const { user, bridge } = await open()
    await choose(user, 'Ben', 'Remove from this document…')
    await waitFor(() => inDialog().getByRole('heading', { name: 'Remove Ben?' }))
    for (const words of ['What they have, they keep', 'Nothing new reaches them', 'What they write afterwards waits'])
      expect(inDialog().getByText(words)).toBeTruthy()
    expect(inDialog().queryByText(/open invite/i)).toBeNull()
    await user.click(inDialog().getByRole('button', { name: 'Back' }))
    expect(bridge.calls.some((call) => call.startsWith('sharing.remove'))).toBe(false)
    await waitFor(() => expect(document.activeElement?.getAttribute('data-person')).toBe('ben'))
    await choose(user, 'Ben', 'Remove from this document…')
    await user.click(await waitFor(() => inDialog().getByRole('button', { name: 'Remove Ben' })))
    await waitFor(() => expect(bridge.sharing.people.map(({ name }) => name)).toEqual(['Alice', 'Cara']))
    expect(inDialog().queryByText('Ben')).toBeNull()
  })

  it('SHARE-14: says that open invites end with it, when there are any', async () => {
    const invite = {
      id: 'i',
      role: 'reader',
      uses: 1,
      left: 1,
      expires: Date.now() + 3_600_000,
      approval: false,
    } as const
    const { user } = await open({ ...together(BEN), invites: [invite, { ...invite, id: 'j' }] })
    await choose(user, 'Ben', 'Remove from this document…')
    expect(await waitFor(() => inDialog().getByText('2 open invites end'))).toBeTruthy()
  })

  it('SHARE-33: one’s own computers are listed, and each but this one can be removed, after a question that can be left', async () => {
    const mine = { ...ALICE, devices: devices('alice', 3, true) }
    const { user, bridge } = await open({ ...together(BEN), people: [mine, BEN] })
    await choose(user, 'Alice', 'Computers…')
    const list = await waitFor(() => inDialog().getByRole('list', { name: 'Your computers' }))
    const rows = within(list)
      .getAllByRole('listitem')
      .map((row) => row.textContent)
    expect(rows).toEqual([
      'Computer 1, this oneWrites as alice · Here now',
      'Computer 2Wrote nothing here yet · Not here nowRemove…',
      'Computer 3Wrote nothing here yet · Not here nowRemove…',
    ])
    await user.click(inDialog().getByRole('button', { name: 'Remove computer 3…' }))
    for (const words of ['What is on it stays on it', 'Nothing new reaches it', 'Only in this document'])
      expect(inDialog().getByText(words)).toBeTruthy()
    await user.click(inDialog().getByRole('button', { name: 'Back' }))
    expect(bridge.calls.some((call) => call.startsWith('sharing.remove'))).toBe(false)
    await user.click(inDialog().getByRole('button', { name: 'Remove computer 2…' }))
    await user.click(inDialog().getByRole('button', { name: 'Remove computer 2' }))
    await waitFor(() => expect(bridge.sharing.people[0]?.devices.map(({ id }) => id)).toEqual(['alice 1', 'alice 3']))
    expect(await waitFor(() => inDialog().getByRole('list', { name: 'Your computers' }))).toBeTruthy()
  })

  it('SHARE-33: others’ computers are an owner’s business, and one alone is no list', async () => {
    const two = { ...BEN, devices: devices('ben', 2) }
    const isOffered = async (sharing: ReturnType<typeof together>, name: string): Promise<boolean> => {
      const { user } = await open(sharing)
      await user.click(inDialog().getByRole('button', { name: new RegExp(`Role of ${name}`) }))
      const offered = within(await screen.findByRole('menu')).queryByText('Computers…') !== null
      cleanup()
      return offered
    }
    expect(await isOffered(together(two), 'Ben')).toBe(true)
    expect(await isOffered(together(two), 'Alice')).toBe(false)
    expect(await isOffered({ ...together(two), role: 'editor' }, 'Ben')).toBe(false)
  })

  it('SHARE-15: shows twelve groups to compare, and marks who was compared', async () => {
    const { user, bridge } = await open()
    await choose(user, 'Ben', 'Compare fingerprint…')
    const groups = await waitFor(() => inDialog().getByRole('list', { name: 'Twelve groups of five digits' }))
    expect(
      within(groups)
        .getAllByRole('listitem')
        .map((group) => group.textContent),
    ).toEqual(BEN.fingerprint.split(' '))
    await user.click(inDialog().getByRole('button', { name: 'They are the same' }))
    await waitFor(() => expect(bridge.sharing.people[1]?.verified).toBe(true))
    await user.click(inDialog().getByRole('button', { name: 'Take that back' }))
    await waitFor(() => expect(bridge.sharing.people[1]?.verified).toBe(false))
  })

  it('SHARE-16: who asks to be let in and what waits is shown first, counted on the button, and answered', async () => {
    const bridge = new FakeBridge([gauge])
    bridge.sharing = {
      ...together(BEN),
      requests: [{ id: 'r1', name: 'Dan', role: 'editor', fingerprint: BEN.fingerprint }],
      waiting: [{ id: 'w1', author: 'Eve', words: 'Late words.', reason: 'too-late' }],
    }
    const { user } = await renderWindow(bridge)
    const button = screen.getByRole('button', { name: 'Share' })
    await waitFor(() => expect(button.textContent).toContain('2'))
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      '2 things wait',
    )
    await user.click(button)
    expect(inDialog().getByText('Late words.')).toBeTruthy()
    expect(inDialog().getByText('Eve wrote this after being removed.')).toBeTruthy()
    await user.click(inDialog().getByRole('button', { name: 'Let in: Eve' }))
    await waitFor(() => expect(bridge.sharing.waiting).toEqual([]))
    await user.click(inDialog().getByRole('button', { name: 'Turn away: Dan' }))
    await waitFor(() => expect(bridge.sharing.requests).toEqual([]))
    expect(bridge.answers).toEqual([['r1', false]])
    expect(inDialog().queryByRole('heading', { name: 'Words that wait' })).toBeNull()
  })

  it('SHARE-17: an invite is taken back, and a refusal is said in the dialog', async () => {
    const invite = {
      id: 'i1',
      role: 'reader',
      uses: 5,
      left: 3,
      expires: Date.now() + 3_600_000,
      approval: true,
    } as const
    const { user, bridge } = await open({ ...together(BEN), invites: [invite] })
    const list = inDialog().getByRole('list', { name: 'Open invites' })
    expect(list.textContent).toContain('3 of 5 uses left')
    expect(list.textContent).toContain('you let in')
    bridge.failAt('sharing.dropInvite', { kind: 'unreachable', message: 'The relay does not answer.' })
    await user.click(within(list).getByRole('button', { name: /^Take back: May read/ }))
    await waitFor(() => expect(inDialog().getByRole('alert').textContent).toBe('The relay does not answer.'))
    expect(bridge.sharing.invites).toEqual([invite])
    expect(inDialog().queryByText(/The invite is taken back/)).toBeNull()
  })

  it('SHARE-17: presses are taken one after the other and each once; every failure is said', async () => {
    const { user, bridge, model } = await open(together(BEN, CARA))
    const changes = () => bridge.calls.filter((call) => /^sharing\.(setRole|invite)/.test(call)).length
    const answer = bridge.holdAt('sharing.setRole')
    await choose(user, 'Cara', 'Commenter')
    await waitFor(() => expect(changes()).toBe(1))
    await choose(user, 'Ben', 'Owner')
    await user.dblClick(inDialog().getByRole('button', { name: 'Make link' }))
    expect(changes()).toBe(1)
    act(answer)
    await waitFor(() => expect(changes()).toBe(3))
    expect(bridge.sharing.people.map(({ role }) => role)).toEqual(['owner', 'owner', 'commenter'])
    const last = bridge.holdAt('sharing.setRole')
    bridge.failAt('sharing.setRole', { kind: 'unreachable', message: 'Nobody answers.' })
    await choose(user, 'Cara', 'Reader')
    await waitFor(() => expect(changes()).toBe(4))
    await user.keyboard('{Escape}')
    act(last)
    await waitFor(() => expect(model.board.notices.get().map(({ text }) => text)).toEqual(['Nobody answers.']))
  })

  it('SHARE-18: who owns nothing here can not invite, change roles or remove', async () => {
    const { user } = await open({ ...together(BEN), role: 'editor' })
    expect(inDialog().queryByRole('button', { name: 'Make link' })).toBeNull()
    expect(inDialog().getByText(/You are in as Editor/)).toBeTruthy()
    await user.click(inDialog().getByRole('button', { name: /Role of Ben/ }))
    expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual(['Compare fingerprint…'])
  })

  it('SHARE-19: a relay’s address is looked at before it is taken, and why it does not work is said', async () => {
    const { user, bridge } = await open({ ...together(BEN), relay: null })
    const field = inDialog().getByRole('textbox', { name: 'Address of a relay' })
    await user.type(field, 'http://relay.example.org')
    await user.click(inDialog().getByRole('button', { name: 'Use' }))
    expect(inDialog().getByText(/begins with https/)).toBeTruthy()
    expect(bridge.sharing.relay).toBeNull()
    await user.clear(field)
    await user.type(field, 'https://relay.example.org{Enter}')
    await waitFor(() => expect(bridge.sharing.relay).toBe('https://relay.example.org'))
    const documentId = gauge.documentId ?? ''
    const ways = [{ way: 'relay', state: 'problem', problem: 'not-a-relay', peers: 0 }] as const
    act(() => bridge.emit('sync.changed', { ...bridge.sync, documentId, ways }))
    // Once, and not a second time where the words are told of.
    expect(inDialog().getAllByText(/is not a relay/)).toHaveLength(1)
    expect(inDialog().getByText(/is not a relay\. Check the address.*is saved here/)).toBeTruthy()
    await user.type(inDialog().getByRole('textbox', { name: 'A computer’s address' }), 'no port{Enter}')
    expect(inDialog().getByText(/An address looks like/)).toBeTruthy()
    expect(bridge.calls.some((call) => call.startsWith('sharing.connect'))).toBe(false)
  })

  it('SHARE-28: a code is shown for another computer, and one that it shows is taken like an address', async () => {
    const { user, bridge } = await open()
    await user.click(inDialog().getByRole('button', { name: 'Show a code of this computer' }))
    const field = await waitFor(() =>
      inDialog().getByRole<HTMLInputElement>('textbox', { name: 'Code of this computer' }),
    )
    const code = field.value
    expect(code).toMatch(/^sheaf-pair:/)
    const typed = inDialog().getByRole('textbox', { name: 'A computer’s address' })
    await user.type(typed, `${code.slice(0, -1)}{Enter}`)
    expect(inDialog().getByText(/An address looks like/)).toBeTruthy()
    await user.type(typed, `${code.slice(-1)}{Enter}`)
    await waitFor(() => expect(bridge.dialled).toEqual([code]))
    expect(inDialog().getByText('Looking at 192.168.1.7:41234…')).toBeTruthy()
    bridge.failAt('sharing.pairingCode', { message: 'This computer can’t be reached.' })
    await user.click(inDialog().getByRole('button', { name: 'Show another' }))
    await waitFor(() => expect(inDialog().getByRole('alert').textContent).toBe('This computer can’t be reached.'))
  })

  it('SHARE-28: addresses are read as the main process reads them', () => {
    const code = `#${'A'.repeat(43)}`
    for (const good of [
      '192.168.1.7:41234',
      '[fe80::1%eth0]:41234',
      '[::ffff:10.0.0.1]:1',
      'my_laptop.local:41234',
      `sheaf-pair:[fe80::1]:5${code}`,
    ])
      expect(isAddress(addressOf(good)), good).toBe(true)
    for (const bad of [
      '192.168.1.7',
      '192.168.1.7:99999',
      `sheaf-pair:nowhere${code}`,
      'sheaf-pair:192.168.1.7:41234#AAAA',
      'a b:5',
    ])
      expect(isAddress(addressOf(bad)), bad).toBe(false)
  })

  it('SHARE-20: a Yjs server is named as not encrypted before anything is connected', async () => {
    const { user, bridge } = await open()
    await user.click(inDialog().getByRole('button', { name: 'Connect to a Yjs server…' }))
    const yjs = within(await screen.findByRole('dialog', { name: 'Connect to a Yjs server' }))
    expect(yjs.getByRole('note').textContent).toMatch(/Not encrypted: everybody with access to that server reads along/)
    await user.type(yjs.getByRole('textbox', { name: 'Address of the server' }), 'ws://far.example.org')
    await user.type(yjs.getByRole('textbox', { name: /^Room/ }), 'tea{Enter}')
    expect(yjs.getByText(/begins with wss/)).toBeTruthy()
    expect(bridge.calls.some((call) => call.startsWith('yjs.connect'))).toBe(false)
    await user.clear(yjs.getByRole('textbox', { name: 'Address of the server' }))
    await user.type(yjs.getByRole('textbox', { name: 'Address of the server' }), 'wss://far.example.org{Enter}')
    await user.click(await yjs.findByRole('button', { name: 'Disconnect' }))
    expect(await yjs.findByRole('button', { name: 'Connect' })).toBeTruthy()
  })

  it('SHARE-20: what was typed for one document is not connected for another', async () => {
    const frost = entry('Frost books')
    const bridge = new FakeBridge([gauge, frost])
    const { user, model } = await renderWindow(bridge)
    act(() => model.dialog.set('yjs'))
    const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Address of the server' })
    await user.type(field(), 'wss://far.example.org')
    await act(async () => model.show(frost.documentId ?? ''))
    expect(field().value).toBe('')
  })
})
