/** Numbers of things, as a language writes them. */

export type CountFormat = (count: number, one: string, other: string) => string

/** Makes a function that picks `one` or `other` by the language's plural rule and puts the number where `#` stands. */
export function formatCount(language: string): CountFormat {
  const rules = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return (count, one, other) => (rules.select(count) === 'one' ? one : other).replace('#', numbers.format(count))
}
