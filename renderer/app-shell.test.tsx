import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { entry } from './testing/entries.ts'
import { FakeBridge } from './testing/fake-bridge.ts'
import { renderWindow } from './testing/render-window.tsx'

afterEach(cleanup)

const gauge = entry('The gauge', { firstWords: 'For sixty-one years', changedAt: Date.now() })
const frost = entry('Frost books', { firstWords: 'In frost the scale', folder: 'Books' })
const blank = entry('')
const rows = () => screen.getByRole('list', { name: 'Documents' })
const row = (name: RegExp) => within(rows()).getByRole('button', { name })

describe('the window at its start', () => {
  it('shows the document last written in, and says so to the system', async () => {
    const bridge = new FakeBridge([gauge, frost])
    await renderWindow(bridge)
    expect(row(/The gauge/)).toHaveProperty('ariaCurrent', 'page')
    await waitFor(() => expect(bridge.calls).toContain(`window.shows(${JSON.stringify(gauge.documentId)})`))
    await waitFor(() => expect(document.documentElement.dataset['ready']).toBe('true'))
  })

  it('passes over files that have a problem', async () => {
    await renderWindow(new FakeBridge([entry('Torn', { documentId: null, problem: 'damaged' }), frost]))
    expect(row(/Frost/)).toHaveProperty('ariaCurrent', 'page')
  })

  it('says what an empty library is for, and starts a document from there', async () => {
    const bridge = new FakeBridge()
    const { user } = await renderWindow(bridge)
    expect(screen.getByRole('heading', { name: 'Nothing here yet' })).toBeTruthy()
    expect(screen.getByText('Documents you write are files in the folder Writing.')).toBeTruthy()
    expect(document.documentElement.dataset['ready']).toBe('true')
    await user.click(within(screen.getByRole('main')).getByRole('button', { name: /New document/ }))
    expect(bridge.calls).toContain('library.new("")')
    expect(row(/Untitled/)).toHaveProperty('ariaCurrent', 'page')
  })

  it('does not call a library empty while the folder is still being looked through', async () => {
    const bridge = new FakeBridge([], { complete: false })
    await renderWindow(bridge)
    expect(screen.queryByRole('heading', { name: 'Nothing here yet' })).toBeNull()
    bridge.view = { ...bridge.view, entries: [gauge] }
    act(() => bridge.emit('library.changed', bridge.view))
    await waitFor(() => expect(row(/The gauge/)).toHaveProperty('ariaCurrent', 'page'))
  })

  it('takes in the first document through its row: its file may have come while Sheaf was not running', async () => {
    const bridge = new FakeBridge([gauge])
    await renderWindow(bridge)
    expect(bridge.calls).toContain(`library.open(${JSON.stringify(gauge.id)})`)
    expect(row(/The gauge/)).toHaveProperty('ariaCurrent', 'page')
  })

  it('shows what the main process asks it to show, and says what it says', async () => {
    const bridge = new FakeBridge([gauge, frost])
    await renderWindow(bridge)
    act(() => bridge.emit('window.show', { documentId: frost.documentId ?? '' }))
    expect(row(/Frost/)).toHaveProperty('ariaCurrent', 'page')
    act(() => bridge.emit('window.problem', { message: 'The folder is not there.' }))
    expect(screen.getByText('The folder is not there.')).toBeTruthy()
  })

  it('says why the main process failed, and what to quote', async () => {
    const bridge = new FakeBridge([gauge])
    bridge.failAt('library.new', { kind: 'internal', message: 'Sheaf stumbled.', reference: 'r-42' })
    const { user } = await renderWindow(bridge)
    await user.click(screen.getByRole('button', { name: 'New document' }))
    expect(screen.getByRole('alert').textContent).toContain('Sheaf stumbled.')
    expect(screen.getByRole('alert').textContent).toContain('r-42')
  })
})

describe('the library', () => {
  it('finds documents while one types, marks the words, and says how many', async () => {
    const { user } = await renderWindow(new FakeBridge([gauge, frost, blank]))
    await user.type(screen.getByRole('searchbox', { name: 'Search documents' }), 'scale fro')
    expect(within(rows()).getAllByRole('button')).toHaveLength(1)
    expect([...row(/Frost/).querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Fro', 'fro', 'scale'])
    expect(screen.getByText('One document found')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(within(rows()).getAllByRole('button')).toHaveLength(3)
  })

  it('says that nothing was found', async () => {
    const { user } = await renderWindow(new FakeBridge([gauge]))
    await user.type(screen.getByRole('searchbox'), 'zebra')
    expect(screen.getByText('Nothing found for “zebra”')).toBeTruthy()
  })

  it('shows one folder with what is inside it', async () => {
    const { user } = await renderWindow(new FakeBridge([gauge, frost]))
    await user.click(screen.getByRole('button', { name: /Books/, current: false }))
    expect(within(rows()).getAllByRole('button')).toHaveLength(1)
  })

  it('is walked by arrow keys, and Enter opens', async () => {
    const { user, model } = await renderWindow(new FakeBridge([gauge, frost, blank]))
    act(() => row(/The gauge/).focus())
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(row(/Frost/))
    await user.keyboard('{End}')
    expect(document.activeElement).toBe(row(/Untitled/))
    await user.keyboard('{Home}{ArrowDown}{Enter}')
    expect(model.documentId.get()).toBe(frost.documentId)
  })

  it('renames in place: Enter takes the new title, Escape leaves the old', async () => {
    const bridge = new FakeBridge([gauge, frost])
    const { user } = await renderWindow(bridge)
    act(() => row(/Frost/).focus())
    await user.keyboard('{F2}')
    await user.keyboard('Ice books{Enter}')
    expect(document.activeElement).toBe(row(/Ice books/))
    await user.keyboard('{F2}Never{Escape}')
    expect(row(/Ice books/)).toBeTruthy()
    expect(bridge.calls.filter((call) => call.startsWith('library.rename'))).toHaveLength(1)
  })

  it('LIB-30: moves to trash without asking, and Undo brings the document back onto the page', async () => {
    const bridge = new FakeBridge([gauge, frost])
    const { user, model } = await renderWindow(bridge)
    act(() => row(/The gauge/).focus())
    await user.keyboard('{Delete}')
    expect(bridge.view.trash).toHaveLength(1)
    expect(model.documentId.get()).toBe(frost.documentId)
    expect(document.activeElement).toBe(row(/Frost/))
    expect(screen.getByText('“The gauge” moved to trash')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(bridge.view.trash).toHaveLength(0)
    expect(model.documentId.get()).toBe(gauge.documentId)
  })

  it('keeps the document on the page when it could not be moved to trash', async () => {
    const bridge = new FakeBridge([gauge, frost])
    bridge.failAt('library.trash', { message: 'The file is in use.' })
    const { user, model } = await renderWindow(bridge)
    act(() => row(/The gauge/).focus())
    await user.keyboard('{Delete}')
    expect(model.documentId.get()).toBe(gauge.documentId)
    expect(screen.getByRole('alert').textContent).toContain('The file is in use.')
  })

  it('restores from the trash, and says when it is empty', async () => {
    const bridge = new FakeBridge([gauge], { trash: [frost] })
    const { user } = await renderWindow(bridge)
    await user.click(screen.getByRole('button', { name: /Trash/ }))
    await user.click(screen.getByRole('button', { name: 'Restore Frost books' }))
    expect(bridge.view.entries).toContain(frost)
    expect(screen.getByText('Trash is empty')).toBeTruthy()
  })

  it('asks what a second copy is instead of opening it', async () => {
    const copy = entry('The gauge (copy)', { problem: 'copy' })
    const bridge = new FakeBridge([gauge, copy])
    const { user } = await renderWindow(bridge)
    await user.click(row(/copy/))
    expect(bridge.calls).not.toContain(`library.open(${JSON.stringify(copy.id)})`)
    await user.click(screen.getByRole('button', { name: 'A document of its own' }))
    expect(bridge.calls).toContain(`library.resolveCopy(${JSON.stringify(copy.id)})`)
  })

  it('says what is wrong with a damaged file, and shows where it is', async () => {
    const torn = entry('Torn', { documentId: null, problem: 'damaged' })
    const bridge = new FakeBridge([gauge, torn])
    bridge.failAt('library.open', { kind: 'damaged', message: 'It ends in the middle of a page.' })
    const { user } = await renderWindow(bridge)
    await user.click(row(/Torn/))
    const alert = screen.getByRole('alert')
    expect(alert.textContent).toContain('“Torn” is damaged')
    expect(alert.textContent).toContain('It ends in the middle of a page.')
    await user.click(within(alert).getByRole('button', { name: 'Reveal in file manager' }))
    expect(bridge.calls).toContain(`library.reveal(${JSON.stringify(torn.id)})`)
  })

  it('renders a screenful of ten thousand documents', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => entry(`Number ${index}`))
    await renderWindow(new FakeBridge(many))
    expect(within(rows()).getAllByRole('button').length).toBeLessThan(60)
    expect(rows().querySelector('li')?.getAttribute('aria-setsize')).toBe('10000')
  })

  it('is made wider by the arrow keys, and the width is kept', async () => {
    const bridge = new FakeBridge([gauge])
    const { user } = await renderWindow(bridge)
    act(() => screen.getByRole('separator', { name: 'Library width' }).focus())
    await user.keyboard('{ArrowRight}')
    expect(bridge.settings.libraryWidth).toBe(304)
    await user.keyboard('{Home}{ArrowLeft}')
    expect(bridge.settings.libraryWidth).toBe(220)
  })

  it('hides and comes back by its shortcut, and stays so', async () => {
    const bridge = new FakeBridge([gauge])
    const { user } = await renderWindow(bridge)
    await user.keyboard('{Control>}\\{/Control}')
    expect(screen.queryByRole('navigation', { name: 'Library' })).toBeNull()
    expect(bridge.settings.libraryShown).toBe(false)
    await user.click(screen.getByRole('button', { name: 'Show library' }))
    expect(screen.getByRole('navigation', { name: 'Library' })).toBeTruthy()
  })

  it('stands above the page of a narrow window and goes when a document was chosen', async () => {
    const bridge = new FakeBridge([gauge, frost])
    const { user } = await renderWindow(bridge, { narrow: true })
    expect(screen.queryByRole('navigation')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Show library' }))
    await user.click(row(/Frost/))
    expect(screen.queryByRole('navigation')).toBeNull()
    expect(bridge.settings.libraryShown).toBe(true)
  })
})
