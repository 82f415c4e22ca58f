import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { type MenuActions, type MenuOptions, menuTemplate } from './menu.ts'

type Item = MenuItemConstructorOptions
const PLATFORMS = ['darwin', 'linux', 'win32'] as const

function setUp(options: Partial<MenuOptions> = {}) {
  const done: string[] = []
  const actions: MenuActions = {
    command: (command) => done.push(command),
    newDocument: () => done.push('new document'),
    newWindow: () => done.push('new window'),
    openFile: () => done.push('open'),
    importFile: () => done.push('import'),
    join: () => done.push('join'),
    showRecent: (documentId) => done.push(`show ${documentId}`),
  }
  const menu = menuTemplate({ platform: 'linux', recent: [], devtools: false, ...options }, actions)
  const items = flatten(menu)
  const choose = (label: string) => {
    const item = items.find((each) => each.label === label)
    // The template's own items take no arguments.
    ;(item?.click as (() => void) | undefined)?.()
    return done.at(-1)
  }
  return { menu, items, choose }
}

function flatten(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])])
}

test('commands reach the window in front', () => {
  const { choose } = setUp()
  expect(choose('Undo')).toBe('edit.undo')
  expect(choose('Rename…')).toBe('document.rename')
  expect(choose('Move to trash')).toBe('document.trash')
  expect(choose('Show in file manager')).toBe('document.reveal')
  expect(choose('Export…')).toBe('document.export')
  expect(choose('Print…')).toBe('document.print')
  expect(choose('Share…')).toBe('document.share')
  expect(choose('Library')).toBe('view.library')
})

test('files and windows are opened by the shell itself, also when no window stands', () => {
  const { choose } = setUp()
  expect(choose('New document')).toBe('new document')
  expect(choose('New window')).toBe('new window')
  expect(choose('Open…')).toBe('open')
  expect(choose('Import…')).toBe('import')
  expect(choose('Join a document…')).toBe('join')
})

test('recent documents are listed by title, and one without a title has a name too', () => {
  const { choose } = setUp({
    recent: [
      { documentId: 'aa', title: 'Salt & pepper' },
      { documentId: 'bb', title: ' ' },
    ],
  })
  expect(choose('Salt && pepper')).toBe('show aa')
  expect(choose('Untitled')).toBe('show bb')
})

test.each(PLATFORMS)('every label on %s is in sentence case', (platform) => {
  for (const { label } of setUp({ platform }).items) {
    if (label === undefined) continue
    const words = label.replace(/Finder|Explorer|HTML|Markdown/g, 'x').split(' ')
    expect(words.slice(1).every((word) => word === word.toLowerCase() || word.startsWith('('))).toBe(true)
  }
})

test.each(PLATFORMS)('no shortcut stands twice in the menu of %s', (platform) => {
  const shortcuts = setUp({ platform }).items.flatMap((item) => (item.accelerator ? [String(item.accelerator)] : []))
  expect(new Set(shortcuts).size).toBe(shortcuts.length)
})

test('the Mac has its application menu with settings and quit, the others have them under File', () => {
  expect(setUp({ platform: 'darwin' }).menu[0]).toMatchObject({ role: 'appMenu' })
  const file = setUp({ platform: 'linux' }).menu[0]?.submenu
  expect(file).toContainEqual(expect.objectContaining({ role: 'quit' }))
})

test('developer tools are in the menu only where they are allowed', () => {
  const has = (devtools: boolean) => setUp({ devtools }).items.some((item) => item.role === 'toggleDevTools')
  expect([has(true), has(false)]).toEqual([true, false])
})
