import { afterEach, describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { pickLanguage } from '../../shared/languages.ts'
import { speak, t } from './t.ts'

afterEach(() => speak('en'))

describe('strings', () => {
  it('LOOK-2: says the same things in German as in English, with the same arguments', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en))
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(typeof de[key], key).toBe(typeof en[key])
      const german: unknown = de[key]
      if (typeof german === 'string') expect(german.trim(), key).not.toBe('')
    }
  })

  it('really translates: few strings are the same in both languages', () => {
    const same = (Object.keys(en) as (keyof typeof en)[]).filter(
      (key) => typeof en[key] === 'string' && en[key] === de[key],
    )
    expect(same.length).toBeLessThan(20)
  })

  it('picks the first language it speaks, and English when it speaks none', () => {
    expect(pickLanguage(['de-CH', 'en'])).toBe('de')
    expect(pickLanguage(['fr', 'de'])).toBe('de')
    expect(pickLanguage(['ja-JP'])).toBe('en')
    expect(pickLanguage([])).toBe('en')
  })

  it('changes every string when the language changes', () => {
    expect(t('library.new')).toBe('New document')
    speak('de')
    expect(t('library.new')).toBe('Neues Dokument')
  })

  it('writes numbers as the language does, and knows one from many', () => {
    expect(t('state.words', 1)).toBe('1 word')
    expect(t('state.words', 12345)).toBe('12,345 words')
    speak('de')
    expect(t('state.words', 12345)).toBe('12.345 Wörter')
  })
})
