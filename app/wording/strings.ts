/** Every word the shell shows: native menus, dialogs, notices. Sentence case. English here, German in strings-de.ts. */
import type { Language } from '../../shared/languages.ts'
import { stringsDe } from './strings-de.ts'

const stringsEn = {
  appName: 'Sheaf',
  file: {
    menu: 'File',
    newDocument: 'New document',
    newWindow: 'New window',
    open: 'Open…',
    openRecent: 'Open recent',
    noRecent: 'No recent documents',
    untitled: 'Untitled',
    rename: 'Rename…',
    trash: 'Move to trash',
    reveal: { darwin: 'Show in Finder', win32: 'Show in Explorer', other: 'Show in file manager' },
    share: 'Share…',
    join: 'Join a document…',
    import: 'Import…',
    export: 'Export…',
    print: 'Print…',
    settings: 'Settings…',
    close: 'Close window',
    quit: 'Quit',
  },
  edit: { menu: 'Edit', undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste' },
  editMore: {
    pastePlain: 'Paste as plain text',
    selectAll: 'Select all',
    link: 'Link…',
    mention: 'Document link…',
    footnote: 'Footnote',
    formula: 'Formula in the line',
  },
  view: {
    menu: 'View',
    library: 'Library',
    commands: 'Commands…',
    quickOpen: 'Go to document…',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    actualSize: 'Actual size',
    fullScreen: 'Full screen',
  },
  tray: { open: 'Open Sheaf', quit: 'Quit Sheaf' },
  window: { menu: 'Window', minimize: 'Minimize' },
  help: { menu: 'Help', commands: 'All commands', shortcuts: 'Keyboard shortcuts' },
  dialogs: {
    open: 'Open a document',
    import: 'Import a file',
    dictionary: 'Add a spelling dictionary',
    dictionaryFiles: 'Hunspell dictionaries',
    chooseLibrary: 'Choose a folder for the library',
    exportAs: 'Export',
    locate: 'Where is the document now?',
    sheafFiles: 'Sheaf documents',
    importFiles: 'Word, Markdown, HTML and text',
    cancel: 'Cancel',
    openLink: 'Open',
    linkQuestion: (target: string) => `Open ${target}?`,
    linkDetail: (href: string) => `It opens outside Sheaf:\n${href}`,
    unsavedQuestion: 'The last changes could not be saved yet.',
    unsavedDetail: 'If the window closes now, they are lost. Everything before them is safe on disk.',
    keepOpen: 'Keep open',
    closeAnyway: 'Close without them',
  },
  formats: { pdf: 'PDF', docx: 'Word', md: 'Markdown', html: 'HTML', txt: 'Text' },
  problems: {
    cannotStart: 'Sheaf could not start',
    cannotStartDetail: (reason: string) => `${reason}\n\nYour documents are files on your disk and were not touched.`,
    unexpectedStart: 'Something unexpected went wrong.',
    notOpened: (name: string, reason: string) => `“${name}” was not opened. ${reason}`,
    internal: 'Something unexpected went wrong. What the window calls saved is safe on disk.',
    stopped: 'Sheaf has to close',
    stoppedDetail:
      'Something unexpected went wrong. What the window called saved is safe on disk. Please start Sheaf again.',
    windowFailed: 'This window stopped working several times. Please close it and open it again.',
  },
}

/** The shape every catalogue of the shell has: the same keys, and the same arguments where a string takes any. */
export type ShellStrings = typeof stringsEn

export const SHELL_CATALOGUES: Readonly<Record<Language, ShellStrings>> = { en: stringsEn, de: stringsDe }

/** The words of the language spoken now; another one after `speak`, so read them when they are shown. */
export let strings: ShellStrings = stringsEn
let spoken: Language = 'en'

/** Changes the language of every word read from now on. */
export function speak(language: Language): void {
  spoken = language
  strings = SHELL_CATALOGUES[language]
}

export function spokenLanguage(): Language {
  return spoken
}
