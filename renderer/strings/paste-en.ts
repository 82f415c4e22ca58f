/** English strings of pasting. */
export const pasteEn = {
  'paste.picture': 'picture',
  'paste.underWay': 'Pasting…',
  'paste.tooTangled': 'What was copied is too tangled to be read. Its plain text was pasted.',
  'paste.lostPictures': (count: number) =>
    count === 1
      ? 'A picture did not come along: the other program keeps it in a file of its own.'
      : `${count} pictures did not come along: the other program keeps them in files of its own.`,
}
