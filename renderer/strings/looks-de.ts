/** The strings of what people choose about the look and language of window and page, in German. */
import type { looksEn } from './looks-en.ts'

export const looksDe: Record<keyof typeof looksEn, string> = {
  'settings.window': 'Fenster',
  'settings.page': 'Seite',
  'settings.asSystem': 'Wie das System',
  'settings.language': 'Sprache',
  'settings.density': 'Listen',
  'settings.densityHelp': 'Wie viel Platz Zeilen haben',
  'settings.densityComfortable': 'Luftig',
  'settings.densityCompact': 'Dicht',
  'settings.focus': 'Fokus',
  'settings.focusHelp': 'Blendet alles andere ab',
  'settings.focusBlock': 'Absatz',
  'settings.focusSentence': 'Satz',
  'settings.typewriterHelp': 'Die Zeile bleibt in der Mitte',
  'settings.on': 'Ein',
  'settings.off': 'Aus',
  'settings.measure': 'Spalte',
  'settings.measureNarrow': 'Schmal',
  'settings.measureMedium': 'Mittel',
  'settings.measureWide': 'Breit',
  'settings.spacing': 'Zeilenabstand',
  'settings.spacingTight': 'Eng',
  'settings.spacingNormal': 'Normal',
  'settings.spacingOpen': 'Weit',
  'command.shortcuts': 'Tastenkürzel',
}
