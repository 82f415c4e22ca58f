/** German strings of spelling and of the menu at the pointer and the caret. */
import type { spellingEn } from './spelling-en.ts'

type Words = {
  readonly [K in keyof typeof spellingEn]: (typeof spellingEn)[K] extends string ? string : (typeof spellingEn)[K]
}

export const spellingDe: Words = {
  'settings.spelling': 'Rechtschreibung prüfen',
  'settings.spellingHelp': 'Mit den Wörterbüchern auf diesem Computer; nichts wird verschickt',
  'command.spelling': 'Rechtschreibung prüfen',
  'command.nextMisspelling': 'Nächstes falsch geschriebenes Wort',
  'command.documentLanguage': 'Sprache des Dokuments …',
  'command.addDictionary': 'Wörterbuch hinzufügen …',
  'keywords.spelling': 'Rechtschreibung Sprache Wörterbuch Tippfehler Fehler',
  'spelling.language': (name) => `Sprache des Dokuments: ${name}`,
  'spelling.languages': 'Sprache des Dokuments',
  'spelling.asWindow': 'Wie das Fenster',
  'spelling.notChecked': 'Ungeprüft',
  'spelling.noDictionary': (name) => `${name}, kein Wörterbuch`,
  'spelling.learned': (word) => `„${word}“ steht in Ihrem Wörterbuch`,
  'spelling.dictionaryAdded': (language) => `Jetzt geprüft: Wörter in ${language}`,
  'spelling.noneWrong': 'Kein falsch geschriebenes Wort gefunden',
  'spelling.isOff': 'Die Rechtschreibung wird nicht geprüft',
  'spelling.looking': 'Vorschläge werden gesucht …',
  'spelling.noSuggestions': 'Keine Vorschläge',
  'spelling.replace': (word) => `Durch ${word} ersetzen`,
  'spelling.learn': 'Ins Wörterbuch aufnehmen',
  'spelling.ignore': 'Vorerst nicht beachten',
  'menu.page': 'Was sich hier tun lässt',
  'menu.cut': 'Ausschneiden',
  'menu.copy': 'Kopieren',
  'menu.paste': 'Einfügen',
  'menu.pastePlain': 'Ohne Formatierung einfügen',
  'menu.selectAll': 'Alles auswählen',
  'menu.table': 'Tabelle',
  'menu.block': 'Block',
  'menu.imageDescription': 'Bild beschreiben …',
}
