import { base64urlnopad } from '@scure/base'
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { concat } from '../../../shared/crypto/crypto-suite.ts'
import { uint32 } from '../../../shared/crypto/epoch-key.ts'
import { encodeInvite } from '../../../shared/sharing/invite-link.ts'
import { WHY_NOT } from '../../../shared/sharing/why-not.ts'
import { createSheafApi } from '../../sheaf-api.ts'
import { speak, t } from '../../strings/t.ts'
import { entry } from '../../testing/entries.ts'
import { FakeBridge } from '../../testing/fake-bridge.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { whyNotWords } from '../why-not-words.ts'
import { Joining } from './joining.ts'
import { readInvite } from './read-invite.ts'

afterEach(() => {
  cleanup()
  speak('en')
})

const gauge = entry('The gauge')
const SOMETHING = Uint8Array.from({ length: 32 }, (_, index) => index)
const INVITE = {
  seed: SOMETHING,
  documentId: SOMETHING,
  relay: 'https://relay.example.org',
  addresses: ['192.168.1.20:5050'],
}
const LINK = encodeInvite(INVITE)
/** For the same network alone. */
const NEAR = encodeInvite({ ...INVITE, relay: null })
const dialog = () => within(screen.getByRole('dialog', { name: 'Join a document' }))
const field = () => dialog().getByRole<HTMLInputElement>('textbox', { name: 'Invite link' })
const joins = (bridge: FakeBridge) => bridge.calls.filter((call) => call.startsWith('sharing.join'))

/** The same link as a later version would write it: another first byte, and a checksum that is right for it. */
function ofVersionTwo(link: string): string {
  const [page, code = ''] = link.split('#')
  const body = base64urlnopad.decode(code).slice(0, -4)
  body[0] = 2
  let crc = 0xffffffff
  for (const byte of body) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return `${page}#${base64urlnopad.encode(concat(body, uint32((crc ^ 0xffffffff) >>> 0)))}`
}

describe('joining a document', () => {
  it('SHARE-23: says what will happen before anything leaves this computer', async () => {
    const bridge = new FakeBridge()
    const { user } = await renderWindow(bridge)
    await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Join a document…' }))
    await waitFor(() => expect(document.activeElement).toBe(field()))
    const join = dialog().getByRole<HTMLButtonElement>('button', { name: 'Join' })
    expect(join.disabled).toBe(true)
    await user.type(field(), 'https://example.org/')
    expect(dialog().getByRole('status').textContent).toContain('not an invite link')
    await user.keyboard('{Enter}')
    await user.clear(field())
    await user.click(field())
    await user.paste(LINK)
    expect(dialog().getByText('Sheaf asks the relay relay.example.org for the document.')).toBeTruthy()
    expect(dialog().getByText('Sheaf asks the computer 192.168.1.20:5050 for the document.')).toBeTruthy()
    expect(dialog().getByText(/as “Alice”/)).toBeTruthy()
    expect(dialog().getByText(/Nothing has been sent yet/)).toBeTruthy()
    expect(joins(bridge)).toEqual([])
    await user.click(join)
    await waitFor(() => expect(joins(bridge)).toEqual([`sharing.join(${JSON.stringify(LINK)})`]))
  })

  it('SHARE-23: takes a link from the clipboard only after a press', async () => {
    const bridge = new FakeBridge()
    const { user } = await renderWindow(bridge)
    await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Join a document…' }))
    expect(bridge.calls).not.toContain('window.edit("paste")')
    await user.click(dialog().getByRole('button', { name: 'Paste from clipboard' }))
    expect(bridge.calls).toContain('window.edit("paste")')
    expect(document.activeElement).toBe(field())
  })

  it('SHARE-23: a link is told from one that is not whole and from one of a newer Sheaf', () => {
    expect(readInvite(` ${NEAR} `)).toEqual({ kind: 'invite', relayHost: '', addresses: ['192.168.1.20:5050'] })
    expect(readInvite('').kind).toBe('empty')
    expect(readInvite(LINK.slice(0, -1)).kind).toBe('bad')
    expect(readInvite('sheaf://i#abc').kind).toBe('bad')
    expect(readInvite(ofVersionTwo(NEAR)).kind).toBe('newer')
  })

  it('SHARE-24: a link that was opened is asked about, whether the window is new or stands already', async () => {
    const bridge = new FakeBridge([gauge])
    bridge.invitation = LINK
    await renderWindow(bridge)
    await waitFor(() => expect(field().value).toBe(LINK))
    expect(dialog().getByText(/Go on only if you know who sent it/)).toBeTruthy()
    // A key meant for the page says no.
    await waitFor(() => expect(document.activeElement).toBe(dialog().getByRole('button', { name: 'Cancel' })))
    act(() => bridge.emit('window.invited', { link: NEAR }))
    await waitFor(() => expect(field().value).toBe(NEAR))
    expect(dialog().queryByText(/Sheaf asks the relay/)).toBeNull()
    expect(joins(bridge)).toEqual([])
  })

  it('SHARE-25: what came in is opened from the dialog', async () => {
    const bridge = new FakeBridge([gauge, entry('Frost books')])
    const frost = bridge.view.entries[1]?.documentId ?? ''
    bridge.joins.push({ kind: 'joined', documentId: frost })
    bridge.invitation = LINK
    const { user, model } = await renderWindow(bridge)
    await user.click(await waitFor(() => dialog().getByRole('button', { name: 'Join' })))
    await user.click(await waitFor(() => dialog().getByRole('button', { name: 'Open' })))
    await waitFor(() => expect(model.documentId.get()).toBe(frost))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('SHARE-25: what comes in after the dialog was closed is said, and opened from there', async () => {
    const bridge = new FakeBridge([gauge, entry('Frost books')])
    const frost = bridge.view.entries[1]?.documentId ?? ''
    bridge.joins.push({ kind: 'joined', documentId: frost })
    bridge.invitation = LINK
    const { user, model } = await renderWindow(bridge)
    const join = await waitFor(() => dialog().getByRole('button', { name: 'Join' }))
    const joining = model.joining.get()
    act(() => joining?.leave())
    await user.click(join)
    await waitFor(() => expect(model.board.toast.get()?.text).toBe('The document is in your library.'))
    act(() => void model.board.toast.get()?.action?.run())
    expect(model.documentId.get()).toBe(frost)
  })

  it('SHARE-26: whoever has to be let in waits, and looks again by itself until somebody answers', async () => {
    vi.useFakeTimers()
    try {
      const bridge = new FakeBridge()
      bridge.joins.push({ kind: 'waiting' }, { kind: 'waiting' }, { kind: 'joined', documentId: 'd' })
      const joining = new Joining(createSheafApi(bridge), LINK, () => {})
      await joining.join()
      expect(joining.stage.get()).toEqual({ kind: 'waiting', trouble: null })
      await vi.advanceTimersByTimeAsync(10_000)
      expect(joining.stage.get()).toEqual({ kind: 'waiting', trouble: null })
      await vi.advanceTimersByTimeAsync(10_000)
      expect(joining.stage.get()).toEqual({ kind: 'joined', documentId: 'd' })
      await vi.advanceTimersByTimeAsync(60_000)
      expect(joins(bridge)).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })

  it('SHARE-26: what passes by itself does not end the waiting and is said; what does not pass ends it', async () => {
    vi.useFakeTimers()
    try {
      const bridge = new FakeBridge()
      bridge.joins.push({ kind: 'waiting' }, { kind: 'failed', why: 'relay-unreachable' })
      const joining = new Joining(createSheafApi(bridge), LINK, () => {})
      await joining.join()
      await vi.advanceTimersByTimeAsync(10_000)
      expect(joining.stage.get()).toEqual({ kind: 'waiting', trouble: 'relay-unreachable' })
      bridge.joins.push({ kind: 'waiting' })
      await vi.advanceTimersByTimeAsync(10_000)
      expect(joining.stage.get()).toEqual({ kind: 'waiting', trouble: null })
      bridge.joins.push({ kind: 'failed', why: 'no-such-invite' })
      await vi.advanceTimersByTimeAsync(60_000)
      expect(joining.stage.get()).toEqual({ kind: 'failed', why: 'no-such-invite' })
      expect(joins(bridge)).toHaveLength(4)
    } finally {
      vi.useRealTimers()
    }
  })

  it('SHARE-26: asking again while an answer is awaited asks nothing more, then or later', async () => {
    vi.useFakeTimers()
    try {
      const bridge = new FakeBridge()
      const joining = new Joining(createSheafApi(bridge), LINK, () => {})
      bridge.joins.push({ kind: 'waiting' }, { kind: 'waiting' }, { kind: 'waiting' }, { kind: 'waiting' })
      await joining.join()
      const answer = bridge.holdAt('sharing.join')
      await vi.advanceTimersByTimeAsync(10_000)
      void joining.join()
      void joining.join()
      expect(joins(bridge)).toHaveLength(2)
      answer()
      await vi.advanceTimersByTimeAsync(10_000)
      expect(joins(bridge)).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })

  it('SHARE-26: nobody is asked any more when one looks away', async () => {
    vi.useFakeTimers()
    try {
      const bridge = new FakeBridge()
      bridge.joins.push({ kind: 'waiting' })
      const joining = new Joining(createSheafApi(bridge), LINK, () => {})
      await joining.join()
      joining.leave()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(joins(bridge)).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('SHARE-27: each reason is one sentence of what happened and one of what to do, in every language', () => {
    for (const language of ['en', 'de'] as const) {
      speak(language)
      const said = WHY_NOT.map((why) => whyNotWords(why))
      for (const { happened, todo } of said) expect(`${happened} ${todo}`).toMatch(/^\p{Lu}[^.]+\. \p{Lu}.+\.$/u)
      expect(new Set(said.map(({ happened }) => happened)).size).toBe(WHY_NOT.length)
    }
  })

  it('SHARE-27: a failure says what happened, what is safe and what to do, and the way out fits', async () => {
    for (const [why, way] of [
      ['relay-unreachable', 'Try again'],
      ['used-up', 'Use another link'],
    ] as const) {
      const bridge = new FakeBridge()
      bridge.joins.push({ kind: 'failed', why })
      bridge.invitation = LINK
      const { user } = await renderWindow(bridge)
      await user.click(await waitFor(() => dialog().getByRole('button', { name: 'Join' })))
      const button = await waitFor(() => dialog().getByRole('button', { name: way }))
      const { happened, todo } = whyNotWords(why)
      const said = dialog().getByRole('status').textContent
      for (const words of [happened, todo, t('join.safe')]) expect(said).toContain(words)
      expect(document.activeElement).toBe(button)
      cleanup()
    }
  })

  it('SHARE-27: a refusal that is no such reason is said too', async () => {
    const bridge = new FakeBridge()
    bridge.failAt('sharing.join', { kind: 'disk-full', message: 'The disk is full.' })
    const joining = new Joining(createSheafApi(bridge), LINK, () => {})
    await joining.join()
    expect(joining.stage.get()).toEqual({ kind: 'broken', sentence: 'The disk is full.' })
  })
})
