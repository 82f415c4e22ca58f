/** The words a person has added to the dictionary, in every language: one text file in the data folder, a word a line. */
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import type { Logger } from '../ports.ts'
import { errorCode } from '../storage/error-code.ts'
import { replaceFile } from '../storage/replace-file.ts'

export const PERSONAL_WORDS_FILE = 'dictionary.txt'

export class PersonalWords {
  readonly #file: string
  #words: ReadonlySet<string>
  #last: Promise<unknown> = Promise.resolve()

  private constructor(file: string, words: ReadonlySet<string>) {
    this.#file = file
    this.#words = words
  }

  /** Reads the file. One that can't be read is logged, and counts as empty until a word is added: then it is an error. */
  static async open(folder: string, logger: Logger): Promise<PersonalWords> {
    const file = path.join(folder, PERSONAL_WORDS_FILE)
    try {
      return new PersonalWords(file, wordsIn(await readFile(file, 'utf8')))
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') logger.error('spelling.words-unread', error)
      return new PersonalWords(file, new Set())
    }
  }

  /** Whether the word was added: as it is, or as it stands at the start of a sentence or in capitals. */
  has(word: string): boolean {
    if (this.#words.has(word)) return true
    const [first = '', ...rest] = word
    const small = first.toLocaleLowerCase() + rest.join('')
    if (this.#words.has(small)) return true
    return word === word.toLocaleUpperCase() && this.#words.has(word.toLocaleLowerCase())
  }

  /** Resolves when the word is on disk. */
  add(word: string): Promise<void> {
    return this.#change((words) => words.add(word))
  }

  /** Resolves when the word is off the disk; at once when it was never added. */
  remove(word: string): Promise<void> {
    return this.#change((words) => words.delete(word))
  }

  /** One after another, on what the file holds then: another Sheaf, or its owner, may have written in it. */
  #change(work: (words: Set<string>) => void): Promise<void> {
    const done = this.#last.then(async () => {
      try {
        const words = new Set(await this.#read())
        work(words)
        await mkdir(path.dirname(this.#file), { recursive: true })
        await replaceFile(this.#file, [...words].map((word) => `${word}\n`).join(''), { mode: 0o600 })
        this.#words = words
      } catch (cause) {
        throw new SheafError(
          'disk-error',
          'Your own dictionary could not be saved, so it stays as it was.',
          {},
          { cause },
        )
      }
    })
    this.#last = done.catch(() => undefined)
    return done
  }

  async #read(): Promise<ReadonlySet<string>> {
    try {
      return wordsIn(await readFile(this.#file, 'utf8'))
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return new Set()
      throw error
    }
  }
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map((line) => line.trim().normalize('NFC'))
      .filter((line) => line !== ''),
  )
}
