/** Keyboard shortcuts: written once as text, matched against key events, shown as the platform writes them. */
import { t } from '../strings/t.ts'

/**
 * Like `Mod+Shift+K`. `Mod` is Command on a Mac and Ctrl elsewhere; the last part is the key as `KeyboardEvent.key`
 * gives it without Shift.
 */
export type Shortcut = string

export type Keyboard = 'mac' | 'other'

export function keyboardOf(platform: string): Keyboard {
  return /mac|darwin/i.test(platform) ? 'mac' : 'other'
}

/** The keyboard of this computer. */
export const keyboard: Keyboard = keyboardOf(typeof navigator === 'undefined' ? '' : navigator.platform)

interface Parts {
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly key: string
}

function partsOf(shortcut: Shortcut): Parts {
  const words = shortcut.split('+')
  return {
    mod: words.includes('Mod'),
    shift: words.includes('Shift'),
    alt: words.includes('Alt'),
    // Of `Mod++` the last word is empty: the key is the plus sign itself.
    key: words.at(-1) || '+',
  }
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> & {
  readonly code?: string
}

/** Whether a key event is this shortcut, with no other modifier held. */
export function isShortcut(event: KeyPress, shortcut: Shortcut, on: Keyboard = keyboard): boolean {
  const { mod, shift, alt, key } = partsOf(shortcut)
  const modHeld = on === 'mac' ? event.metaKey : event.ctrlKey
  const otherHeld = on === 'mac' ? event.ctrlKey : event.metaKey
  if (modHeld !== mod || otherHeld || event.shiftKey !== shift || event.altKey !== alt) return false
  // With Alt a Mac's key writes another letter: ƒ for F.
  return event.key.toLowerCase() === key.toLowerCase() || (alt && event.code === `Key${key.toUpperCase()}`)
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Delete: '⌦',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** The shortcut as people read it: `Ctrl+Shift+K`, or `⇧⌘K` on a Mac. */
export function shortcutWords(shortcut: Shortcut, on: Keyboard = keyboard): string {
  const words = shortcut.endsWith('++') ? [...shortcut.slice(0, -2).split('+'), '+'] : shortcut.split('+')
  if (on === 'mac') {
    const order = ['Alt', 'Shift', 'Mod']
    const sorted = [...words].sort((a, b) => rank(order, a) - rank(order, b))
    return sorted.map((word) => MAC_SIGNS[word] ?? keyName(word)).join('')
  }
  const names: Readonly<Record<string, string>> = {
    Mod: t('key.ctrl'),
    Shift: t('key.shift'),
    Alt: t('key.alt'),
    Enter: t('key.enter'),
    Delete: t('key.delete'),
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  }
  return words.map((word) => names[word] ?? keyName(word)).join('+')
}

function rank(order: readonly string[], word: string): number {
  const at = order.indexOf(word)
  return at === -1 ? order.length : at
}

function keyName(word: string): string {
  return word.length === 1 ? word.toUpperCase() : word
}

/** The shortcut as `aria-keyshortcuts` wants it. */
export function ariaShortcut(shortcut: Shortcut, on: Keyboard = keyboard): string {
  return shortcut.replace('Mod', on === 'mac' ? 'Meta' : 'Control')
}
