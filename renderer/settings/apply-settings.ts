import type { Settings } from '../../shared/ipc/contract.ts'
import { spokenLanguage } from '../strings/t.ts'

/** Puts the person's choices onto the page: theme, type, room and language. Tokens in design/tokens.css do the rest. */
export function applySettings(settings: Settings, root: HTMLElement = document.documentElement): void {
  if (settings.theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = settings.theme
  root.dataset['textFace'] = settings.textFace
  root.dataset['measure'] = settings.measure
  root.dataset['spacing'] = settings.spacing
  root.dataset['density'] = settings.density
  root.lang = spokenLanguage()
  root.style.setProperty('--text-size', `${settings.textSize}px`)
}
