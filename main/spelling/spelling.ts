/**
 * Checking words in the languages there are dictionaries for on this computer. Nothing is ever fetched: dictionaries are
 * the system's, those of office programs, those the person added, and the English one that comes with Sheaf.
 */
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import type { SpellingView } from '../../shared/ipc/contract.ts'
import type { Logger } from '../ports.ts'
import type { SpellingApi } from '../sheaf.ts'
import { errorCode } from '../storage/error-code.ts'
import { replaceFile } from '../storage/replace-file.ts'
import { type Dictionary, dictionaryLanguage, findDictionaries } from './find-dictionaries.ts'
import { PersonalWords } from './personal-words.ts'
import { SpellingThread } from './spelling-thread.ts'

/** In the data folder: dictionaries the person added. */
export const DICTIONARIES_FOLDER = 'dictionaries'
const MOST_SUGGESTIONS = 5

export interface SpellingOptions {
  /** The data folder. */
  readonly data: string
  /** Where dictionaries are beside those the person added; the first that has a language counts. */
  readonly folders: readonly string[]
  readonly logger: Logger
  /** Hears that words or dictionaries were added or taken away. */
  readonly changed: (view: SpellingView) => void
}

export async function openSpelling(options: SpellingOptions): Promise<SpellingApi & { close(): void }> {
  const { data, logger } = options
  const own = path.join(data, DICTIONARIES_FOLDER)
  const personal = await PersonalWords.open(data, logger)
  const thread = new SpellingThread()
  let found = findDictionaries([own, ...options.folders])
  /** Dictionaries that failed once: they are not tried again in this run. */
  const unusable = new Set<string>()

  async function view(): Promise<SpellingView> {
    return { languages: (await found).map(({ language }) => language).filter((tag) => !unusable.has(tag)) }
  }

  async function dictionaryOf(language: string): Promise<Dictionary> {
    const dictionary = (await found).find((each) => each.language === language)
    if (dictionary !== undefined && !unusable.has(language)) return dictionary
    throw new SheafError('not-found', 'There is no spelling dictionary for this language on this computer.')
  }

  async function announce(): Promise<void> {
    options.changed(await view())
  }

  return {
    view,
    async check(language, words) {
      const dictionary = await dictionaryOf(language)
      const strange = words.filter((word) => !personal.has(word))
      if (strange.length === 0) return []
      try {
        return await thread.check(dictionary, strange)
      } catch (error) {
        logger.error('spelling.dictionary-unusable', error, { language })
        unusable.add(language)
        await announce()
        throw error
      }
    },
    async suggest(language, word) {
      const suggested = await thread.suggest(await dictionaryOf(language), word)
      return suggested.slice(0, MOST_SUGGESTIONS)
    },
    async learn(word) {
      await personal.add(word)
      await announce()
    },
    async forget(word) {
      await personal.remove(word)
      await announce()
    },
    async addDictionary(file) {
      const dictionary = await pairOf(file)
      // Hunspell has to take it before anything is kept.
      await thread.check({ ...dictionary, language: `trial ${dictionary.language}` }, ['trial'])
      await keep(own, dictionary)
      await thread.forgetDictionaries()
      unusable.delete(dictionary.language)
      found = findDictionaries([own, ...options.folders])
      await announce()
      return dictionary.language
    },
    close: () => thread.close(),
  }
}

/** The dictionary one of whose two files was chosen. */
async function pairOf(file: string): Promise<Dictionary> {
  const base = file.replace(/\.(aff|dic)$/i, '')
  const language = dictionaryLanguage(path.basename(base))
  if (base === file)
    throw new SheafError('unsupported', 'A spelling dictionary is a .dic file with a .aff file beside it.')
  if (language === null)
    throw new SheafError(
      'unsupported',
      'The dictionary’s file does not say its language: call it de_DE.dic, for instance.',
    )
  return { language, aff: `${base}.aff`, dic: `${base}.dic` }
}

async function keep(folder: string, { language, aff, dic }: Dictionary): Promise<void> {
  const base = path.join(folder, language.replaceAll('-', '_'))
  try {
    await mkdir(folder, { recursive: true })
    await replaceFile(`${base}.aff`, await readFile(aff))
    await replaceFile(`${base}.dic`, await readFile(dic))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT')
      throw new SheafError(
        'unsupported',
        'A spelling dictionary is a .dic file with a .aff file beside it.',
        {},
        { cause },
      )
    throw new SheafError('disk-error', 'The spelling dictionary could not be added.', {}, { cause })
  }
}
