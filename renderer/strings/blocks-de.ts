/** German strings of blocks and of formatting. */
import type { blocksEn } from './blocks-en.ts'

type BlocksStrings = {
  readonly [K in keyof typeof blocksEn]: (typeof blocksEn)[K] extends string ? string : (typeof blocksEn)[K]
}

export const blocksDe: BlocksStrings = {
  'command.underline': 'Unterstrichen',
  'command.superscript': 'Hochgestellt',
  'command.subscript': 'Tiefgestellt',
  'command.highlight': (color) => `Markieren: ${color}`,
  'command.clearMarks': 'Formatierung entfernen',
  'highlight.yellow': 'gelb',
  'highlight.green': 'grün',
  'highlight.blue': 'blau',
  'highlight.pink': 'rosa',
  'highlight.orange': 'orangefarben',
  'keywords.superscript': 'hoch exponent potenz',
  'keywords.subscript': 'tief index',
  'keywords.highlight': 'textmarker farbe hervorheben hintergrund',
  'keywords.clearMarks': 'löschen zurücksetzen format standard',
  'command.calloutTone': (tone) => `Hinweis: ${tone}`,
  'tone.note': 'Anmerkung',
  'tone.tip': 'Tipp',
  'tone.important': 'Wichtig',
  'tone.warning': 'Warnung',
  'tone.caution': 'Vorsicht',
  'command.alignStart': 'Am Anfang ausrichten',
  'command.alignCenter': 'Zentrieren',
  'command.alignEnd': 'Am Ende ausrichten',
  'command.alignJustify': 'Blocksatz',
  'keywords.align': 'links rechts mitte zentriert bündig ausrichtung',
  'command.directionAuto': 'Schreibrichtung: automatisch',
  'command.directionLtr': 'Schreibrichtung: von links nach rechts',
  'command.directionRtl': 'Schreibrichtung: von rechts nach links',
  'command.moveUp': 'Nach oben verschieben',
  'command.moveDown': 'Nach unten verschieben',
  'keywords.moveBlock': 'block absatz zeile tauschen reihenfolge',
  'command.duplicateBlock': 'Block verdoppeln',
  'keywords.duplicateBlock': 'duplizieren kopieren absatz zweimal',
  'command.deleteBlock': 'Block löschen',
  'keywords.deleteBlock': 'entfernen absatz zeile',
  'keywords.direction': 'rtl ltr bidi arabisch hebräisch',
}
