/** German strings of pasting. */
export const pasteDe = {
  'paste.picture': 'Bild',
  'paste.underWay': 'Wird eingefügt …',
  'paste.tooTangled': 'Das Kopierte ist zu verschachtelt, um gelesen zu werden. Sein reiner Text wurde eingefügt.',
  'paste.lostPictures': (count: number) =>
    count === 1
      ? 'Ein Bild kam nicht mit: Das andere Programm hält es in einer eigenen Datei.'
      : `${count} Bilder kamen nicht mit: Das andere Programm hält sie in eigenen Dateien.`,
}
