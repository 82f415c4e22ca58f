/** German strings of pictures. */
import type { imagesEn } from './images-en.ts'

export const imagesDe: Readonly<Record<keyof typeof imagesEn, string>> = {
  'command.image': 'Bild …',
  'keywords.image': 'foto grafik abbildung illustration einfügen',
  'image.notAnImage': 'Das ist kein Bild, das Sheaf zeigen kann.',
  'image.tooBig': 'Dieses Bild ist zu groß für ein Dokument.',
  'image.notKept': 'Das Bild konnte nicht ins Dokument gelegt werden.',
  'image.missing': 'Dieses Bild ist nicht auf diesem Computer.',
  'image.ownWidth': 'eigene Breite',
  'image.width': 'Breite des Bildes',
  'image.toolbar': 'Bild',
  'image.caption': 'Bildunterschrift',
  'image.description': 'Beschreibung für Menschen, die es nicht sehen',
  'image.left': 'Links',
  'image.center': 'In der Mitte',
  'image.right': 'Rechts',
}
