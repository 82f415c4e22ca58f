import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { entry } from '../testing/entries.ts'
import { FakeBridge } from '../testing/fake-bridge.ts'
import { renderWindow } from '../testing/render-window.tsx'

afterEach(cleanup)

const gauge = entry('The gauge at Alder Bridge', { firstWords: 'For sixty-one years' })
const frost = entry('Frost books', { firstWords: 'In frost the scale' })
const commands = () => screen.getByRole('dialog', { name: 'Commands' })
const options = () => screen.getAllByRole('option').map((option) => option.textContent)

async function open(keys: string, bridge = new FakeBridge([gauge, frost])) {
  const rendered = await renderWindow(bridge)
  if (keys !== '') await rendered.user.keyboard(keys)
  return { ...rendered, bridge }
}

describe('the command palette', () => {
  it('lists every action with its shortcut', async () => {
    await open('{Control>}k{/Control}')
    expect(within(commands()).getByRole('option', { name: /New document/ }).textContent).toContain('Ctrl+N')
    expect(options().length).toBeGreaterThan(30)
  })

  it('finds by first letters, and runs with Enter what the arrow keys chose', async () => {
    const { user, bridge } = await open('{Control>}k{/Control}')
    await user.keyboard('theme')
    expect(options()).toEqual(['Theme: as the system', 'Theme: light', 'Theme: dark'])
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await waitFor(() => expect(bridge.settings.theme).toBe('dark'))
    expect(document.documentElement.dataset['theme']).toBe('dark')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('says why an action can’t be done now, and does not do it', async () => {
    const { user } = await open('{Control>}k{/Control}', new FakeBridge())
    await user.keyboard('move to trash')
    const option = screen.getByRole('option', { name: /Move to trash/ })
    expect(option.ariaDisabled).toBe('true')
    expect(option.textContent).toContain('No document is open')
    await user.keyboard('{Enter}')
    expect(commands()).toBeTruthy()
  })

  it('closes on Escape and gives the focus back', async () => {
    const { user } = await renderWindow(new FakeBridge([gauge]))
    const search = screen.getByRole('searchbox')
    act(() => search.focus())
    await user.keyboard('{Control>}k{/Control}{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    await waitFor(() => expect(document.activeElement).toBe(search))
  })

  it('gives way to quick open', async () => {
    const { user } = await open('{Control>}k{/Control}')
    await user.keyboard('{Control>}{Shift>}p{/Shift}{/Control}')
    expect(screen.getByRole('dialog', { name: 'Quick open' })).toBeTruthy()
    expect(screen.queryByRole('dialog', { name: 'Commands' })).toBeNull()
  })

  it('opens from the native menu too', async () => {
    const { bridge } = await open('')
    act(() => bridge.emit('menu.command', { command: 'view.commands' }))
    expect(commands()).toBeTruthy()
  })
})

describe('quick open', () => {
  it('opens the document whose letters one types', async () => {
    const { user, model } = await open('{Control>}{Shift>}p{/Shift}{/Control}')
    await user.keyboard('frb{Enter}')
    await waitFor(() => expect(model.documentId.get()).toBe(frost.documentId))
  })

  it('opens it in a new window with Ctrl', async () => {
    const { user, bridge } = await open('{Control>}{Shift>}p{/Shift}{/Control}')
    await user.keyboard('frost{Control>}{Enter}{/Control}')
    await waitFor(() => expect(bridge.calls).toContain(`window.open(${JSON.stringify(frost.documentId)})`))
  })

  it('offers a new document of that name', async () => {
    const { user, bridge } = await open('{Control>}{Shift>}p{/Shift}{/Control}')
    await user.keyboard('River')
    expect(options()).toEqual(['New document called “River”'])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(bridge.view.entries[0]?.title).toBe('River'))
  })
})

describe('settings', () => {
  it('LOOK-1: apply at once and are kept', async () => {
    const { user, bridge } = await open('{Control>},{/Control}')
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    await user.click(screen.getByRole('radio', { name: 'Compact' }))
    await user.click(screen.getByRole('tab', { name: 'Page' }))
    await user.click(screen.getByRole('radio', { name: 'Wide' }))
    await user.click(screen.getByRole('radio', { name: 'Open' }))
    await user.click(screen.getByRole('radio', { name: /Source Serif/ }))
    act(() => screen.getByRole('slider', { name: 'Text size' }).focus())
    await user.keyboard('{ArrowRight}')
    expect(bridge.settings).toMatchObject({ theme: 'dark', textFace: 'source-serif', textSize: 19 })
    const root = document.documentElement
    expect(bridge.settings).toMatchObject({ density: 'compact', measure: 'wide', spacing: 'open' })
    expect(root.dataset).toMatchObject({ density: 'compact', measure: 'wide', spacing: 'open' })
    expect(root.dataset['theme']).toBe('dark')
    expect(root.dataset['textFace']).toBe('source-serif')
    expect(root.style.getPropertyValue('--text-size')).toBe('19px')
  })

  it('go back to what they were when they could not be kept', async () => {
    const bridge = new FakeBridge([gauge])
    bridge.failAt('settings.set', { message: 'The disk is full.' })
    const { user } = await open('{Control>},{/Control}', bridge)
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBeUndefined())
    await user.keyboard('{Escape}')
    expect(screen.getByRole('alert').textContent).toContain('The disk is full.')
  })

  it('LOOK-3: speak another language at once, everywhere, and the dialog stays', async () => {
    const { user, bridge } = await open('{Control>},{/Control}')
    await user.click(screen.getByRole('radio', { name: 'Deutsch' }))
    expect(bridge.settings.language).toBe('de')
    expect(document.documentElement.lang).toBe('de')
    expect(screen.getByRole('dialog', { name: 'Einstellungen' })).toBeDefined()
    expect(screen.getByRole('navigation', { name: 'Bibliothek', hidden: true })).toBeDefined()
    await user.click(screen.getByRole('radio', { name: 'English' }))
    expect(screen.getByRole('dialog', { name: 'Settings' })).toBeDefined()
    expect(document.documentElement.lang).toBe('en')
  })

  it('open with the shortcuts at Mod-/', async () => {
    await open('{Control>}/{/Control}')
    expect(screen.getByRole('tab', { name: 'Shortcuts', selected: true })).toBeDefined()
    expect(screen.getByText('Ctrl+/')).toBeDefined()
  })

  it('keep the name when the dialog closes', async () => {
    const { user, bridge } = await open('{Control>},{/Control}')
    await user.click(screen.getByRole('tab', { name: 'You' }))
    const name = screen.getByRole('textbox', { name: 'Your name' })
    await user.clear(name)
    await user.type(name, 'Bob{Escape}')
    expect(bridge.settings.displayName).toBe('Bob')
  })

  it('show changes another window made', async () => {
    const { bridge } = await open('')
    act(() => bridge.emit('settings.changed', { ...bridge.settings, theme: 'light' }))
    expect(document.documentElement.dataset['theme']).toBe('light')
  })
})
