import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SheafError } from '../../shared/errors.ts'
import type { SpellingView } from '../../shared/ipc/contract.ts'
import type { Logger } from '../ports.ts'
import type { SpellingApi } from '../sheaf.ts'
import { DICTIONARIES_FOLDER, openSpelling } from './spelling.ts'
import { PERSONAL_WORDS_FILE } from './personal-words.ts'
import { SpellingThread } from './spelling-thread.ts'

const silent: Logger = { info: () => {}, error: () => {} }
/** German in the encoding of its time: words join, as German words do, and a letter of its own stands in one of them. */
const GERMAN = {
  aff: 'SET ISO8859-1\nTRY esianrtolcdugmphbyfvkwq\nCOMPOUNDFLAG z\nCOMPOUNDMIN 3\nSFX \xe4 Y 1\nSFX \xe4 0 s .\n',
  dic: '4\nBr\xfccke/z\nbr\xfccke/z\nFluss/z\nhaus/z\xe4\n',
}

let folder: string
let system: string
let data: string
const opened: { close(): void }[] = []
let changes: SpellingView[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sheaf-spelling-'))
  system = path.join(folder, 'system')
  data = path.join(folder, 'data')
  await mkdir(system)
  changes = []
})

afterEach(async () => {
  for (const each of opened.splice(0)) each.close()
  await rm(folder, { recursive: true, force: true })
})

async function put(name: string, { aff, dic }: { aff: string; dic: string }, into = system): Promise<void> {
  await mkdir(into, { recursive: true })
  await writeFile(path.join(into, `${name}.aff`), aff, 'latin1')
  await writeFile(path.join(into, `${name}.dic`), dic, 'latin1')
}

async function english(): Promise<void> {
  const source = path.resolve(import.meta.dirname, '../../node_modules/dictionary-en')
  await writeFile(path.join(system, 'en_US.aff'), await readFile(path.join(source, 'index.aff')))
  await writeFile(path.join(system, 'en_US.dic'), await readFile(path.join(source, 'index.dic')))
}

async function open(): Promise<SpellingApi> {
  const spelling = await openSpelling({
    data,
    folders: [system],
    logger: silent,
    changed: (view) => changes.push(view),
  })
  opened.push(spelling)
  return spelling
}

test('SPELL-1: words are checked with the dictionaries that are on this computer, and a wrong one gets suggestions', async () => {
  await english()
  const spelling = await open()
  expect(await spelling.view()).toEqual({ languages: ['en-US'] })
  expect(await spelling.check('en-US', ['the', 'teh', 'river', 'don’t', 'recieve'])).toEqual(['teh', 'recieve'])
  expect((await spelling.suggest('en-US', 'recieve'))[0]).toBe('receive')
})

test('SPELL-1: joined words, and dictionaries in the encodings of their time, are understood', async () => {
  await put('de_DE', GERMAN)
  const spelling = await open()
  expect(await spelling.check('de-DE', ['Brücke', 'Flussbrücke', 'haus', 'hauss', 'Flussbruecke'])).toEqual([
    'Flussbruecke',
  ])
})

test('SPELL-1: a language without a dictionary is said to be one, and one dictionary counts for each language', async () => {
  await put('de_DE', GERMAN)
  await put('de_DE_frami', GERMAN)
  await put('hyph_de_DE', GERMAN)
  await writeFile(path.join(system, 'fr_FR.dic'), '1\nmot\n')
  const spelling = await open()
  expect(await spelling.view()).toEqual({ languages: ['de-DE'] })
  await expect(spelling.check('fr-FR', ['mot'])).rejects.toMatchObject({ kind: 'not-found' })
})

test('SPELL-4: a word added to the dictionary is right in every language, in capitals too, and is on disk when that is said', async () => {
  await english()
  await put('de_DE', GERMAN)
  const spelling = await open()
  await spelling.learn('alderbrück')
  expect(await readFile(path.join(data, PERSONAL_WORDS_FILE), 'utf8')).toBe('alderbrück\n')
  expect(changes).toHaveLength(1)
  for (const language of ['en-US', 'de-DE'])
    expect(await spelling.check(language, ['alderbrück', 'Alderbrück', 'ALDERBRÜCK', 'alderbrücks'])).toEqual([
      'alderbrücks',
    ])
  expect(await (await open()).check('en-US', ['alderbrück'])).toEqual([])
  await spelling.forget('alderbrück')
  expect(await spelling.check('en-US', ['alderbrück'])).toEqual(['alderbrück'])
})

test('SPELL-4: words added at the same time are all kept, and so is what the person wrote in the file', async () => {
  const spelling = await open()
  await mkdir(data, { recursive: true })
  await writeFile(path.join(data, PERSONAL_WORDS_FILE), '\uFEFFby hand\r\n')
  await Promise.all(['one', 'two', 'three'].map((word) => spelling.learn(word)))
  expect(await readFile(path.join(data, PERSONAL_WORDS_FILE), 'utf8')).toBe('by hand\none\ntwo\nthree\n')
})

test('SPELL-4: a dictionary of one’s own that can’t be written is said, and the words stay as they were', async () => {
  await english()
  const spelling = await open()
  await mkdir(path.join(data, PERSONAL_WORDS_FILE), { recursive: true })
  await expect(spelling.learn('Alder')).rejects.toMatchObject({ kind: 'disk-error' })
  expect(await spelling.check('en-US', ['Aldr'])).toEqual(['Aldr'])
  expect(changes).toEqual([])
})

test('SPELL-5: a dictionary that is none costs its own language and nothing else', async () => {
  await english()
  await put('de_DE', { aff: 'SET klingon\n', dic: '1\nwort\n' })
  await put('fr_FR', { aff: 'SET UTF-8\n', dic: 'no number, no dictionary' })
  const spelling = await open()
  for (const language of ['de-DE', 'fr-FR'])
    await expect(spelling.check(language, ['wort'])).rejects.toMatchObject({ kind: 'unsupported' })
  expect(changes.at(-1)).toEqual({ languages: ['en-US'] })
  expect(await spelling.check('en-US', ['teh'])).toEqual(['teh'])
})

test('SPELL-5: a question that takes too long is given up, and the next one is answered', async () => {
  await english()
  const dictionary = {
    language: 'en-US',
    aff: path.join(system, 'en_US.aff'),
    dic: path.join(system, 'en_US.dic'),
  }
  const hurried = new SpellingThread(1)
  opened.push(hurried)
  await expect(hurried.check(dictionary, ['teh'])).rejects.toBeInstanceOf(SheafError)
  const patient = new SpellingThread()
  opened.push(patient)
  expect(await patient.check(dictionary, ['teh'])).toEqual(['teh'])
})

test('SPELL-6: a person adds a dictionary by choosing one of its two files, and it counts before the system’s', async () => {
  const elsewhere = path.join(folder, 'elsewhere')
  await put('de_DE', { ...GERMAN, dic: '1\nSystem\n' })
  await put('de_DE_frami', GERMAN, elsewhere)
  const spelling = await open()
  expect(await spelling.check('de-DE', ['Brücke'])).toEqual(['Brücke'])
  expect(await spelling.addDictionary(path.join(elsewhere, 'de_DE_frami.dic'))).toBe('de-DE')
  expect(await spelling.check('de-DE', ['Brücke', 'System'])).toEqual(['System'])
  await rm(elsewhere, { recursive: true })
  expect(await (await open()).check('de-DE', ['Brücke'])).toEqual([])
})

test('SPELL-6: words that are being checked while a dictionary is added are all answered', async () => {
  await english()
  const elsewhere = path.join(folder, 'elsewhere')
  await put('de_DE', GERMAN, elsewhere)
  const spelling = await open()
  const added = spelling.addDictionary(path.join(elsewhere, 'de_DE.aff'))
  const answers: Promise<readonly string[]>[] = []
  let isAdded = false
  void added.finally(() => (isAdded = true))
  while (!isAdded) {
    const answer = spelling.check('en-US', ['teh'])
    answers.push(answer)
    await answer
  }
  expect(await added).toBe('de-DE')
  expect(new Set((await Promise.all(answers)).flat())).toEqual(new Set(['teh']))
  expect(await spelling.view()).toEqual({ languages: ['de-DE', 'en-US'] })
})

test('SPELL-6: what is no dictionary, or does not say its language, is refused with a sentence, and nothing is kept', async () => {
  const elsewhere = path.join(folder, 'elsewhere')
  await put('de_AT', { aff: 'SET UTF-8\n', dic: 'some letter' }, elsewhere)
  await put('Duden', GERMAN, elsewhere)
  await writeFile(path.join(elsewhere, 'fr_FR.dic'), '1\nmot\n')
  const spelling = await open()
  for (const name of ['de_AT.dic', 'Duden.dic', 'fr_FR.dic', 'letter.txt'])
    await expect(spelling.addDictionary(path.join(elsewhere, name))).rejects.toMatchObject({ kind: 'unsupported' })
  expect(await readdir(path.join(data, DICTIONARIES_FOLDER)).catch(() => [])).toEqual([])
  expect(changes).toEqual([])
})
