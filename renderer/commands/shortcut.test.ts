import { describe, expect, it } from 'vitest'
import { isShortcut, type KeyPress, shortcutWords } from './shortcut.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('shortcuts', () => {
  it('mean Ctrl, and on a Mac Command, but never both', () => {
    expect(isShortcut(press('k', { ctrlKey: true }), 'Mod+K', 'other')).toBe(true)
    expect(isShortcut(press('k', { metaKey: true }), 'Mod+K', 'mac')).toBe(true)
    expect(isShortcut(press('k', { ctrlKey: true }), 'Mod+K', 'mac')).toBe(false)
    expect(isShortcut(press('k', { ctrlKey: true, metaKey: true }), 'Mod+K', 'other')).toBe(false)
  })

  it('do not fire with another modifier held', () => {
    expect(isShortcut(press('K', { ctrlKey: true, shiftKey: true }), 'Mod+K', 'other')).toBe(false)
    expect(isShortcut(press('K', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+K', 'other')).toBe(true)
  })

  it('are written as the platform writes them', () => {
    expect(shortcutWords('Mod+Shift+n', 'other')).toBe('Ctrl+Shift+N')
    expect(shortcutWords('Mod+Shift+n', 'mac')).toBe('⇧⌘N')
    expect(shortcutWords('F2', 'mac')).toBe('F2')
  })
})
