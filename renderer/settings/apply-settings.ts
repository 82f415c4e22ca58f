import type { Settings } from '../../shared/ipc/contract.ts'

/** Puts the person's choices onto the page: theme, face and size of the text. Tokens in design/tokens.css do the rest. */
export function applySettings(settings: Settings, root: HTMLElement = document.documentElement): void {
  if (settings.theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = settings.theme
  root.dataset['textFace'] = settings.textFace
  root.style.setProperty('--text-size', `${settings.textSize}px`)
}
