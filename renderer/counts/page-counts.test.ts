import { expect, test } from 'vitest'
import { wordCount } from '../../shared/document/plain-text.ts'
import { schema } from '../../shared/document/schema.ts'
import { nodeToShape } from '../editor/binding/same-document.ts'
import { countText, pageCounts, readingMinutes } from './page-counts.ts'

const block = (text: string) => schema.node('block', null, text === '' ? [] : schema.text(text))

test('the page counts as the exports do, dividers and breaks aside', () => {
  const broken = schema.node('block', null, [schema.text('one'), schema.node('hard_break'), schema.text('two')])
  const page = schema.node('doc', null, [block('A well-known fact'), schema.node('divider'), broken, block('')])
  expect(pageCounts(page.children)).toEqual({ words: 5, characters: 23, withoutSpaces: 21 })
  expect(pageCounts(page.children).words).toBe(wordCount({ title: '', content: nodeToShape(page).content as never }))
})

test('a changed block is counted again, and a part of the page by itself', () => {
  const page = schema.node('doc', null, [block('one two'), block('three')])
  expect(pageCounts(page.children).words).toBe(3)
  expect(pageCounts(page.copy(page.content.replaceChild(1, block('three four'))).children).words).toBe(4)
  expect(pageCounts(page.slice(5, 12).content.content)).toEqual({ words: 2, characters: 5, withoutSpaces: 5 })
})

test('a character is what people see as one', () => {
  expect(countText('Ärger').characters).toBe(5)
  expect(countText('A\u0308rger').characters).toBe(5)
  expect(countText('👩‍👩‍👧 👍🏽!')).toEqual({ words: 0, characters: 4, withoutSpaces: 3 })
  expect(countText('한국어').characters).toBe(3)
  expect(countText('漢字かな')).toMatchObject({ characters: 4 })
})

test('the reading time is in whole minutes', () => {
  expect([0, 100, 238, 3400, 80_000].map(readingMinutes)).toEqual([0, 0, 1, 14, 336])
})
