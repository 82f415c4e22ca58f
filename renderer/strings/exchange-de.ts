/** The strings of what comes in and goes out, in German. */
import type { exchangeEn } from './exchange-en.ts'
import { formatCount } from './format-count.ts'

const count = formatCount('de')

type Words = {
  readonly [K in keyof typeof exchangeEn]: (typeof exchangeEn)[K] extends string ? string : (typeof exchangeEn)[K]
}

export const exchangeDe: Words = {
  'command.export': 'Exportieren …',
  'command.print': 'Drucken …',
  'keywords.export': 'speichern unter pdf word docx markdown html webseite text ausgeben',
  'keywords.print': 'papier drucker pdf',
  'format.pdf': 'PDF',
  'format.docx': 'Word',
  'format.md': 'Markdown',
  'format.html': 'Webseite',
  'format.txt': 'Reiner Text',
  'export.title': 'Exportieren',
  'export.choices': 'Was die Datei werden soll',
  'export.format': 'Format',
  'export.losses': (format) => `${format} kann nicht alles aus diesem Dokument aufnehmen`,
  'export.holdsAll': 'Alles, was auf der Seite steht, kommt mit.',
  'export.history': 'Seine Geschichte bleibt in Sheaf.',
  'export.start': 'Exportieren …',
  'export.collecting': 'Der Text wird gesammelt …',
  'export.setting': 'Die Seiten werden gesetzt …',
  'export.writing': 'Die Datei wird geschrieben …',
  'export.done': (file) => `„${file}“ ist geschrieben.`,
  'export.reveal': 'Im Ordner zeigen',
  'export.close': 'Fertig',
  'export.unsaved': 'Ihre letzten Worte sind noch nicht gespeichert und würden fehlen. Alles davor ist sicher.',
  'print.preparing': 'Die Seiten werden für den Drucker gesetzt …',
  'paper.size': 'Papier',
  'paper.margins': 'Ränder',
  'paper.narrow': 'Schmal',
  'paper.normal': 'Normal',
  'paper.wide': 'Breit',
  'paper.header': 'Titel oben',
  'paper.headerHelp': 'Klein, auf jeder Seite',
  'paper.footer': 'Seitenzahlen',
  'import.title': 'Importieren',
  'import.choosing': 'Die Dateien werden angesehen …',
  'import.doing': (file, number, all) => `${file} (${count(number, '#', '#')} von ${count(all, '#', '#')})`,
  'import.done': (documents) =>
    count(documents, 'Ein Dokument ist hereingekommen.', '# Dokumente sind hereingekommen.'),
  'import.none': 'Kein Dokument ist hereingekommen.',
  'import.opened': (documents) =>
    count(documents, 'Eines wurde geöffnet, wo es ist.', '# wurden geöffnet, wo sie sind.'),
  'import.cancelled': 'Sie haben den Import beendet; die übrigen Dateien blieben unberührt.',
  'import.failed': (files) => count(files, 'Eine Datei kam nicht herein:', '# Dateien kamen nicht herein:'),
  'import.leftOut': 'Nicht alles ließ sich behalten:',
  'import.more': (files) => count(files, 'Und noch eine.', 'Und noch #.'),
  'import.drop': 'Hier ablegen, um sie in die Bibliothek zu nehmen',
  'import.nothing': 'Darin ist nichts, was Sheaf hereinnehmen kann.',
}
