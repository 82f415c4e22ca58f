import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { OpenedDocument } from '../../shared/ipc/contract.ts'
import { LOST } from '../../main/exchange/word/lost.ts'
import { lossesDe } from './losses-de.ts'
import { sentencesDe } from './sentences-de.ts'
import { SHELL_CATALOGUES, speak, strings } from './strings.ts'
import { worded, wordedEvent, wordedLoss, wordedOpened } from './wording.ts'

afterEach(() => speak('en'))

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Rooms whose failures a window can show, without those that only the command line meets. */
const SPEAKING = ['main', 'app', 'shared']
const COMMAND_LINE = [
  'app/cli',
  'main/headless',
  'main/exchange',
  'main/documents/detached-document.ts',
  'shared/document',
]

function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((each) => {
    const file = `${folder}/${each.name}`
    if (COMMAND_LINE.includes(file)) return []
    if (each.isDirectory()) return sources(file)
    return /(?<!\.test|\.fixture)\.ts$/.test(each.name) ? [file] : []
  })
}

const LITERAL = String.raw`'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"`
/** A failure and its kind, then its sentence; what a disk call was for; a list of sentences by kind. */
const SPOKEN = [
  new RegExp(String.raw`new SheafError\(\s*'[a-z-]+',\s*(?:${LITERAL})`, 'g'),
  new RegExp(String.raw`diskError\(\s*[^'")]+,\s*(?:${LITERAL})`, 'g'),
  new RegExp(String.raw`^\s+(?:'[a-z-]+'|[a-z]+): (?:'([A-Z][^'\n]* [^'\n]*\.)')`, 'gm'),
  new RegExp(String.raw`\['[A-Z_]+', '[a-z-]+', (?:${LITERAL})`, 'g'),
]

/** Every sentence Sheaf without a screen can say to a person, as its sources have it. */
function spokenSentences(): string[] {
  const found = sources('main')
    .concat(sources('app'), sources('shared'))
    .flatMap((file) => {
      if (/strings|sentences/.test(file)) return []
      const text = readFileSync(path.join(ROOT, file), 'utf8')
      return SPOKEN.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? ''))
    })
  return [...new Set(found.filter((sentence) => sentence !== ''))]
}

/** Every word of a catalogue, by its path: functions are asked with their own arguments' names. */
function words(value: unknown, at = ''): [string, string][] {
  if (typeof value === 'string') return [[at, value]]
  if (typeof value === 'function')
    return [[at, String(value(...Array.from({ length: value.length }, (_, i) => `<${i}>`)))]]
  return Object.entries(value as object).flatMap(([key, each]) => words(each, `${at}.${key}`))
}

test('LOOK-2: the native menu and the dialogs say the same in every language', () => {
  const english = words(SHELL_CATALOGUES.en)
  const german = words(SHELL_CATALOGUES.de)
  expect(german.map(([key]) => key)).toEqual(english.map(([key]) => key))
  german.forEach(([key, word], at) => {
    expect(word.trim(), key).not.toBe('')
    expect(word.match(/<\d>/g), key).toEqual(english[at]?.[1].match(/<\d>/g) ?? null)
  })
  const same = german.filter(([, word], at) => word === english[at]?.[1]).map(([key]) => key)
  // Names are the same everywhere.
  expect(same.filter((key) => !key.startsWith('.formats.'))).toEqual(['.appName'])
  speak('de')
  expect(strings.file.newDocument).toBe('Neues Dokument')
})

test('LOOK-2: every sentence a failure can say has its German', () => {
  expect(SPEAKING).toContain('main')
  const spoken = spokenSentences()
  expect(spoken.length).toBeGreaterThan(50)
  expect(spoken).toContain('This document can only be read here.')
  expect(spoken).toContain('Your disk quota is used up.')
  expect(spoken).toContain('The file is not there any more.')
  expect(spoken.filter((sentence) => sentencesDe[sentence] === undefined)).toEqual([])
})

test('LOOK-2: everything a format can not hold has its German', () => {
  const noted = ['shared/document', 'shared/document/markdown', 'main/exchange'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => /(?<!\.test)\.ts$/.test(name))
      .flatMap((name) => [...readFileSync(path.join(ROOT, folder, name), 'utf8').matchAll(/\bnote\(\s*'([^']+)'/g)])
      .map((match) => match[1] ?? ''),
  )
  expect(noted.length).toBeGreaterThan(40)
  noted.push(...Object.values(LOST))
  expect(noted.filter((phrase) => lossesDe[phrase] === undefined)).toEqual([])
  expect(wordedLoss('text alignment (3)')).toBe('text alignment (3)')
  speak('de')
  expect(wordedLoss('text alignment (3)')).toBe('die Ausrichtung des Texts (3)')
  expect(wordedLoss('something new (1)')).toBe('something new (1)')
})

test('sentences are put together again in the language spoken', () => {
  const full = 'Your last words could not be saved. The disk is full.'
  expect(worded(full)).toBe(full)
  speak('de')
  expect(worded(full)).toBe('Ihre letzten Worte konnten nicht gespeichert werden. Die Festplatte ist voll.')
  expect(worded('Another program replaced the file. You may not read this file.')).toBe(
    'Ein anderes Programm hat die Datei ersetzt. Sie dürfen diese Datei nicht lesen.',
  )
  expect(worded('An edit was refused because of rain; please copy your last words and reopen the document.')).toContain(
    'abgewiesen',
  )
  expect(worded('Something nobody translated. Really.')).toBe('Something nobody translated. Really.')
  expect(worded('')).toBe('')
})

test.each([
  ['Two paragraphs by Ana came from a conflicted copy.', 'Zwei Absätze von Ana kamen aus einer Konfliktkopie.'],
  ['One paragraph came from a copy.', 'Ein Absatz kam aus einer Kopie.'],
  [
    'Changes by Ana and Bob came from two conflicted copies.',
    'Änderungen von Ana und Bob kamen aus zwei Konfliktkopien.',
  ],
  [
    '1,200 paragraphs by A. B., Cai and others came from 14 conflicted copies.',
    '1.200 Absätze von A. B., Cai und anderen kamen aus 14 Konfliktkopien.',
  ],
  [
    'One paragraph by Ana came from the file, which another program had changed.',
    'Ein Absatz von Ana kam aus der Datei, die ein anderes Programm geändert hatte.',
  ],
  [
    'A conflicted copy held nothing new and was set aside.',
    'Eine Konfliktkopie enthielt nichts Neues und wurde beiseitegelegt.',
  ],
  [
    'Two conflicted copies held nothing new and were set aside.',
    'Zwei Konfliktkopien enthielten nichts Neues und wurden beiseitegelegt.',
  ],
])('LIB-50: what came into a document from elsewhere is said in German: %s', (english, german) => {
  expect(worded(english)).toBe(english)
  speak('de')
  expect(worded(english)).toBe(german)
})

test('what windows are told is in the language spoken, and only its sentences are', () => {
  speak('de')
  const documentId = 'd' as OpenedDocument['documentId']
  const file = { kind: 'not-written', fileName: 'The disk is full.', folder: '', reason: 'The disk is full.' } as const
  expect(wordedEvent('document.file', { documentId, file })).toEqual({
    documentId,
    file: { ...file, reason: 'Die Festplatte ist voll.' },
  })
  expect(wordedEvent('document.notice', { documentId, message: 'The disk is full.' }).message).toBe(
    'Die Festplatte ist voll.',
  )
  const opened: OpenedDocument = {
    documentId,
    state: new Uint8Array(),
    clientId: 1,
    mode: 'read-only',
    readOnlyReason: 'This document can only be read here.',
    file: { kind: 'ok', fileName: 'a', folder: '' },
  }
  expect(wordedOpened(opened).readOnlyReason).toBe('Dieses Dokument lässt sich hier nur lesen.')
  expect(wordedEvent('menu.command', { command: 'edit.undo' })).toEqual({ command: 'edit.undo' })
})
