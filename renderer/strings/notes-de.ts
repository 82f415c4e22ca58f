/** German strings of footnotes and formulas. */
import type { notesEn } from './notes-en.ts'

type Words = { readonly [K in keyof typeof notesEn]: (typeof notesEn)[K] extends string ? string : (typeof notesEn)[K] }

export const notesDe: Words = {
  'command.footnote': 'Fußnote',
  'keywords.footnote': 'anmerkung endnote notiz verweis quelle fussnote',
  'footnote.name': (number) => `Fußnote ${number}`,
  'footnote.placeholder': 'Fußnote schreiben',
  'footnote.list': 'Fußnoten',
  'footnote.empty': 'Noch nichts geschrieben',
  'footnote.backTo': (number) => `Zur Fußnote ${number} im Text`,
  'footnote.showInList': 'In der Liste zeigen',
  'footnote.remove': 'Fußnote löschen',
  'command.inlineFormula': 'Formel in der Zeile',
  'keywords.inlineFormula': 'gleichung tex latex mathematik',
  'formula.name': 'Formel',
  'formula.wrong': (source) => `Formel mit einem Fehler: ${source}`,
  'formula.placeholder': 'TeX, zum Beispiel x^2 + y^2',
  'formula.empty': 'Leere Formel',
  'formula.unknown': (word) => `„${word}“ ist kein Befehl, den Sheaf kennt`,
  'formula.unknownEnvironment': (word) => `Eine Umgebung „${word}“ gibt es nicht`,
  'formula.unclosed': 'Eine schließende Klammer } fehlt',
  'formula.unopened': 'Eine schließende Klammer } ist zu viel',
  'formula.left': '\\left und \\right gehören paarweise zusammen',
  'formula.incomplete': (word) => `Hinter „${word}“ fehlt etwas`,
  'formula.twice': 'Zwei hochgestellte oder zwei tiefgestellte Teile stehen an einer Stelle: sie brauchen Klammern',
  'formula.dollar': 'Dollarzeichen braucht es hier nicht',
  'formula.misplaced': (word) => `„${word}“ darf hier nicht stehen`,
  'formula.tooLong': 'Diese Formel ist zu lang, um gezeichnet zu werden',
  'formula.near': (words) => `Das ist nicht zu verstehen: „${words}“`,
}
