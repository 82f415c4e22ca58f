/** Which dictionary a document is checked with, of those there are. */

/** Stored as the language of a document that is not to be checked: BCP 47's word for "no language". */
export const NO_LANGUAGE = 'zxx'

/**
 * The dictionary of a language, by its tag: that of the very region, else of the region most people write it in, else any
 * other of the language. Null when there is none.
 */
export function dictionaryFor(language: string, dictionaries: readonly string[]): string | null {
  if (language === NO_LANGUAGE) return null
  const exact = dictionaries.find((each) => each === language)
  if (exact !== undefined) return exact
  const own = primary(language)
  const same = dictionaries.filter((each) => primary(each) === own)
  return same.find((each) => each === own || isUsual(each)) ?? same[0] ?? null
}

/** A language's name in another language: `Deutsch (Österreich)`. Regions of one language are sorted together. */
export function languageName(tag: string, inLanguage: string): string {
  const name = new Intl.DisplayNames([inLanguage], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag
  return name.slice(0, 1).toLocaleUpperCase(inLanguage) + name.slice(1)
}

function primary(tag: string): string {
  return new Intl.Locale(tag).language
}

/** Whether a tag names the region, and the script, in which most people write its language. */
function isUsual(tag: string): boolean {
  return new Intl.Locale(primary(tag)).maximize().toString() === new Intl.Locale(tag).maximize().toString()
}
