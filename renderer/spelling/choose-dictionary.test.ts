import { expect, test } from 'vitest'
import { dictionaryFor, languageName, NO_LANGUAGE } from './choose-dictionary.ts'

test('SPELL-13: the dictionary of the very region counts, else that of most people, else any of the language', () => {
  const all = ['de-AT', 'de-CH', 'de-DE', 'en-GB', 'en-US', 'pt-BR']
  expect(dictionaryFor('de-AT', all)).toBe('de-AT')
  expect(dictionaryFor('de', all)).toBe('de-DE')
  expect(dictionaryFor('de-LU', all)).toBe('de-DE')
  expect(dictionaryFor('en', all)).toBe('en-US')
  expect(dictionaryFor('pt-PT', all)).toBe('pt-BR')
  expect(dictionaryFor('en-AU', ['en-GB'])).toBe('en-GB')
})

test('SPELL-13: there is none for a language without dictionaries, and none for a document that is not to be checked', () => {
  expect(dictionaryFor('fr', ['de-DE', 'en-US'])).toBeNull()
  expect(dictionaryFor(NO_LANGUAGE, ['de-DE'])).toBeNull()
  expect(dictionaryFor('de', [])).toBeNull()
})

test('languages are named in the language of the window', () => {
  expect(languageName('de-AT', 'en')).toBe('German (Austria)')
  expect(languageName('en-US', 'de')).toBe('Englisch (Vereinigte Staaten)')
})
