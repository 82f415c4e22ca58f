import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { entry } from '../../testing/entries.ts'
import { FakeBridge } from '../../testing/fake-bridge.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { RecoveryCheck, twoOf } from './recovery-check.tsx'

afterEach(cleanup)

describe('recovery words', () => {
  it('SHARE-31: are asked for only by a press, and believed after two of them were typed', async () => {
    const bridge = new FakeBridge([entry('The gauge')])
    const { user } = await renderWindow(bridge)
    await user.keyboard('{Control>},{/Control}')
    await user.click(screen.getByRole('tab', { name: 'Sharing' }))
    await user.click(screen.getByRole('button', { name: 'Show the words…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Recovery words' }))
    expect(dialog.getByText(/nobody can let you back in/)).toBeTruthy()
    expect(bridge.calls).not.toContain('recovery.words')
    await user.click(dialog.getByRole('button', { name: 'Show the words' }))
    const list = await dialog.findByRole('list', { name: 'Your recovery words' })
    const words = within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent ?? '')
    expect(words).toEqual(bridge.words.split(' '))
    await user.click(dialog.getByRole('button', { name: 'I have written them down' }))
    expect(dialog.queryByRole('list')).toBeNull()
    const fields = dialog.getAllByRole<HTMLInputElement>('textbox', { name: /^Word \d+$/ })
    expect(fields).toHaveLength(2)
    await user.type(fields[0] as HTMLElement, 'wrong{Enter}')
    expect(dialog.getByRole('alert').textContent).toContain('not what was shown')
    for (const field of fields) {
      await user.clear(field)
      const number = Number(/\d+/.exec(field.labels?.[0]?.textContent ?? '')?.[0])
      await user.type(field, ` ${(words[number - 1] ?? '').toUpperCase()} `)
    }
    await user.click(dialog.getByRole('button', { name: 'Check' }))
    expect(dialog.getByRole('status').textContent).toContain('Both are right')
  })

  it('SHARE-31: two different words are asked for, any of them', () => {
    for (let at = 0; at < 400; at++) {
      const [a = -1, b = -1] = twoOf(12, Math.random)
      expect(a).toBeGreaterThanOrEqual(0)
      expect(b).toBeGreaterThan(a)
      expect(b).toBeLessThan(12)
    }
    expect(twoOf(12, () => 0.999_999)).toEqual([10, 11])
  })

  it('SHARE-31: one right word and one of another place are not enough', async () => {
    const user = userEvent.setup()
    let right = 0
    render(<RecoveryCheck words={['a', 'b']} onRight={() => (right += 1)} onSeeAgain={() => {}} />)
    await user.type(screen.getByRole('textbox', { name: 'Word 1' }), 'a')
    await user.type(screen.getByRole('textbox', { name: 'Word 2' }), 'a{Enter}')
    expect(right).toBe(0)
    expect(screen.getByRole('alert')).toBeTruthy()
  })

  it('SHARE-32: words typed anyhow and a relay bring documents back, and what fails is said', async () => {
    const bridge = new FakeBridge()
    const { user } = await renderWindow(bridge)
    await user.click(screen.getByRole('button', { name: 'Restore from recovery words…' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Restore from recovery words' }))
    const restored = () => bridge.calls.filter((call) => call.startsWith('recovery'))
    await user.type(dialog.getByRole('textbox', { name: /^Recovery words/ }), ' One  two\nTHREE ')
    expect(dialog.getByText('3 words so far')).toBeTruthy()
    const relay = dialog.getByRole('textbox', { name: /^Address of the relay/ })
    await user.type(relay, 'nowhere{Enter}')
    expect(dialog.getByRole('alert').textContent).toContain('begins with https')
    expect(restored()).toEqual([])
    await user.clear(relay)
    await user.type(relay, 'https://relay.example.org{Enter}')
    const status = () => dialog.getByRole('status').textContent
    const others =
      'If you no longer have one of your other computers, remove it in each document: under “Share”, at your name, “Computers”.'
    const yours = 'From now on these are this computer’s recovery words.'
    await waitFor(() => expect(status()).toBe(`2 documents are coming back.${yours}${others}`))
    expect(restored()).toEqual(['recovery.restore("one two three")'])
    bridge.restored = { coming: 0, known: 1, newer: 1, refused: 2 }
    await user.click(dialog.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(status()).toContain('One document is on this computer already.'))
    for (const words of [/One document is from a newer Sheaf/, /2 documents were not taken in/])
      expect(status()).toMatch(words)
    bridge.restored = { coming: 0, known: 0, newer: 0, refused: 0 }
    await user.click(dialog.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(status()).toBe(`The relay has no document for these words any more.${yours}`))
    bridge.failAt('recovery.restore', { message: 'These words are not recovery words.' })
    await user.click(dialog.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(dialog.getByRole('alert').textContent).toBe('These words are not recovery words.'))
  })

  it('SHARE-32: what comes of it after the dialog was closed is said all the same', async () => {
    for (const fails of [false, true]) {
      const bridge = new FakeBridge()
      if (fails) bridge.failAt('recovery.restore', { message: 'The relay could not be asked just now.' })
      const { user, model } = await renderWindow(bridge)
      await user.click(screen.getByRole('button', { name: 'Restore from recovery words…' }))
      const dialog = within(screen.getByRole('dialog', { name: 'Restore from recovery words' }))
      await user.type(dialog.getByRole('textbox', { name: /^Recovery words/ }), 'one two three')
      await user.type(dialog.getByRole('textbox', { name: /^Address of the relay/ }), 'https://relay.example.org')
      const answer = bridge.holdAt('recovery.restore')
      await user.keyboard('{Enter}{Escape}')
      expect(screen.queryByRole('dialog')).toBeNull()
      act(answer)
      const told = () => model.board.notices.get().map(({ title, text }) => `${title} ${text}`)
      const words = fails ? /could not be asked just now/ : /2 documents are coming back/
      await waitFor(() => expect(told()).toEqual([expect.stringMatching(words) as string]))
      cleanup()
    }
  })
})
