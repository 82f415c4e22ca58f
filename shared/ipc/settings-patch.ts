/** What each setting may be: the ordinary values, and the checks that a stored file and a window's request both pass. */
import { OFFERED_FORMATS } from '../exchange/formats.ts'
import { PAPER_MARGINS, PAPER_SIZES } from '../exchange/paper.ts'
import { LANGUAGE_CHOICES } from '../languages.ts'
import { isRelayUrl } from '../membership/relay-url.ts'
import {
  DENSITIES,
  FOCUS_MODES,
  LIBRARY_ORDERS,
  MEASURES,
  PANELS,
  SPACINGS,
  type Settings,
  type TextFace,
  type Theme,
  ZOOMS,
} from './contract.ts'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']
const TEXT_FACES: readonly TextFace[] = ['literata', 'source-serif', 'inter']

/** The settings of a fresh installation; the name other people see comes from the system's account. */
export function defaultSettings(accountName: string): Settings {
  return {
    theme: 'system',
    textFace: 'literata',
    textSize: 18,
    measure: 'medium',
    spacing: 'normal',
    zoom: 100,
    density: 'comfortable',
    language: 'system',
    libraryOrder: 'changed',
    libraryShown: true,
    libraryWidth: 288,
    panel: 'none',
    focus: 'off',
    typewriter: false,
    tray: false,
    spelling: true,
    recentCommands: [],
    exportFormat: 'pdf',
    paperSize: 'a4',
    paperMargins: 'normal',
    paperHeader: false,
    paperFooter: true,
    displayName: accountName.slice(0, 100),
    lan: true,
    relay: '',
  }
}

function isWholeNumberFrom(low: number, high: number): (value: unknown) => boolean {
  return (value) => Number.isInteger(value) && (value as number) >= low && (value as number) <= high
}

function isOneOf(choices: readonly unknown[]): (value: unknown) => boolean {
  return (value) => choices.includes(value)
}

const CHECKS: { readonly [K in keyof Settings]: (value: unknown) => boolean } = {
  theme: isOneOf(THEMES),
  textFace: isOneOf(TEXT_FACES),
  textSize: isWholeNumberFrom(14, 26),
  measure: isOneOf(MEASURES),
  spacing: isOneOf(SPACINGS),
  zoom: isOneOf(ZOOMS),
  density: isOneOf(DENSITIES),
  language: isOneOf(LANGUAGE_CHOICES),
  libraryOrder: isOneOf(LIBRARY_ORDERS),
  libraryShown: (value) => typeof value === 'boolean',
  libraryWidth: isWholeNumberFrom(220, 480),
  panel: isOneOf(['none', ...PANELS]),
  focus: isOneOf(FOCUS_MODES),
  typewriter: (value) => typeof value === 'boolean',
  tray: (value) => typeof value === 'boolean',
  spelling: (value) => typeof value === 'boolean',
  recentCommands: (value) =>
    Array.isArray(value) && value.length <= 8 && value.every((id) => typeof id === 'string' && id.length <= 60),
  exportFormat: isOneOf(OFFERED_FORMATS),
  paperSize: isOneOf(PAPER_SIZES),
  paperMargins: isOneOf(PAPER_MARGINS),
  paperHeader: (value) => typeof value === 'boolean',
  paperFooter: (value) => typeof value === 'boolean',
  displayName: (value) => typeof value === 'string' && value.length <= 100,
  lan: (value) => typeof value === 'boolean',
  relay: (value) => value === '' || isRelayUrl(value),
}

export function isSettingName(name: string): name is keyof Settings {
  return Object.hasOwn(CHECKS, name)
}

/** Whether the value is one this setting may have. */
export function isSettingValue(name: keyof Settings, value: unknown): boolean {
  return CHECKS[name](value)
}

/** Whether a value is a plain object whose every entry is a known setting with a value it may have. `{}` is one. */
export function isSettingsPatch(value: unknown): value is Partial<Settings> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).every(([name, each]) => isSettingName(name) && isSettingValue(name, each))
}
