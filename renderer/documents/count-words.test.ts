import { expect, test } from 'vitest'
import { wordCount } from '../../shared/document/plain-text.ts'
import { schema } from '../../shared/document/schema.ts'
import { nodeToShape } from '../editor/same-document.ts'
import { countPageWords } from './count-words.ts'

const block = (text: string) => schema.node('block', null, text === '' ? [] : schema.text(text))

test('the page counts as the exports do, dividers and breaks aside', () => {
  const broken = schema.node('block', null, [schema.text('one'), schema.node('hard_break'), schema.text('two')])
  const page = schema.node('doc', null, [block('A well-known fact'), schema.node('divider'), broken, block('')])
  expect(countPageWords(page)).toBe(5)
  expect(countPageWords(page)).toBe(wordCount({ title: '', content: nodeToShape(page).content as never }))
})

test('a changed block is counted again', () => {
  const page = schema.node('doc', null, [block('one two'), block('three')])
  expect(countPageWords(page)).toBe(3)
  expect(countPageWords(page.copy(page.content.replaceChild(1, block('three four'))))).toBe(4)
})
