/** The one way to words: `t('library.new')` in the language the person chose, or their system speaks. */
import { chosenLanguage, type Language, type LanguageChoice, LANGUAGES, pickLanguage } from '../../shared/languages.ts'
import { de } from './de.ts'
import { en, type Strings } from './en.ts'

const CATALOGUES: Record<Language, Strings> = { en, de }

type ArgumentsOf<K extends keyof Strings> = Strings[K] extends (...args: infer A) => string ? A : []

const preferred = typeof navigator === 'undefined' ? [] : [navigator.language]
let language: Language = pickLanguage(preferred)

/** Changes the language of every string asked for from now on. */
export function speak(next: Language): void {
  language = next
}

/** Speaks the language a person chose in the settings. */
export function speakAsChosen(choice: LanguageChoice): void {
  speak(chosenLanguage(choice, preferred))
}

export function spokenLanguage(): Language {
  return language
}

/** What `say` answers in each language Sheaf speaks: people look for things by the words they know them by. */
export function inEveryLanguage(say: () => string): readonly string[] {
  const own = language
  try {
    return LANGUAGES.map((each) => {
      language = each
      return say()
    })
  } finally {
    language = own
  }
}

/** The locale for dates and numbers: the person's own region when they speak a language Sheaf speaks. */
export function locale(): string {
  const own = preferred.find((tag) => tag.toLowerCase().startsWith(language))
  return own ?? language
}

/** The string for `key`. Strings that need values take them as further arguments, checked by type. */
export function t<K extends keyof Strings>(key: K, ...args: ArgumentsOf<K>): string {
  const entry: unknown = CATALOGUES[language][key]
  if (typeof entry === 'string') return entry
  if (typeof entry === 'function') return String(entry(...args))
  throw new Error(`Broken invariant: no string for ${key}`)
}
