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

  it('MENU-11: may be the plus sign, with Shift where the keyboard needs it', () => {
    expect(isShortcut(press('+', { ctrlKey: true }), 'Mod++', 'other')).toBe(true)
    expect(isShortcut(press('+', { ctrlKey: true, shiftKey: true }), 'Mod++', 'other')).toBe(false)
    expect(isShortcut(press('+', { ctrlKey: true, shiftKey: true }), 'Mod+Shift++', 'other')).toBe(true)
    expect(isShortcut(press('-', { ctrlKey: true }), 'Mod++', 'other')).toBe(false)
    expect([shortcutWords('Mod++', 'other'), shortcutWords('Mod+Shift++', 'mac')]).toEqual(['Ctrl++', '⇧⌘+'])
  })

  it('are written as the platform writes them', () => {
    expect(shortcutWords('Mod+Shift+n', 'other')).toBe('Ctrl+Shift+N')
    expect(shortcutWords('Mod+Shift+n', 'mac')).toBe('⇧⌘N')
    expect(shortcutWords('F2', 'mac')).toBe('F2')
  })
})
