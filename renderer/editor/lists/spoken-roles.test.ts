import { expect, it } from 'vitest'
import type * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { schema } from '../../../shared/document/schema.ts'
import { MemoryMain } from '../../testing/memory-main.ts'
import { openPage, settle, write } from '../../testing/open-page.ts'
import { listItems } from './spoken-roles.ts'

function block(kind: string | null, depth: number | null = null) {
  return schema.node('block', { kind, depth })
}

it('ACCESS-1: counts the items of a list level by level; other words, another kind or a shallower item ends it', () => {
  const page = schema.node('doc', null, [
    block('bullet'),
    block('bullet', 1),
    block('bullet', 1),
    block('bullet'),
    block('bullet', 1),
    block(null),
    block('bullet'),
    block('ordered'),
    block('ordered'),
  ])
  const told = [...listItems(page)].map(
    ([index, { depth, place, siblings }]) => `${index}: ${place} of ${siblings.count} at ${depth}`,
  )
  expect(told).toEqual([
    '0: 1 of 2 at 0',
    '1: 1 of 2 at 1',
    '2: 2 of 2 at 1',
    '3: 2 of 2 at 0',
    '4: 1 of 1 at 1',
    '6: 1 of 1 at 0',
    '7: 1 of 2 at 0',
    '8: 2 of 2 at 0',
  ])
})

it('ACCESS-1: what is said of items follows keys, new items, others and undo', async () => {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['bullet one', 'bullet two', 'words']))
  const page = await openPage(main)
  const told = () =>
    [...page.editor.view.dom.querySelectorAll('[role=listitem]')].map(
      (item) => `${item.textContent} ${item.getAttribute('aria-posinset')}/${item.getAttribute('aria-setsize')}`,
    )
  expect(told()).toEqual(['one 1/2', 'two 2/2'])
  page.select('one', 3)
  page.type('s')
  page.type('!')
  expect(told()).toEqual(['ones! 1/2', 'two 2/2'])
  page.press('Enter')
  page.type('new')
  expect(told()).toEqual(['ones! 1/3', 'new 2/3', 'two 3/3'])
  main.change((doc) => {
    const block = doc.getXmlFragment(BODY).get(0) as Y.XmlElement
    ;(block.firstChild as Y.XmlText).insert(0, 'Bob’s ')
  })
  page.receive()
  await settle()
  expect(told()).toEqual(['Bob’s ones! 1/3', 'new 2/3', 'two 3/3'])
  page.type('er')
  page.press('Mod-Alt-0')
  expect(told()).toEqual(['Bob’s ones! 1/1', 'two 1/1'])
  page.press('Mod-z')
  expect(told()).toEqual(['Bob’s ones! 1/3', 'new 2/3', 'two 3/3'])
  await page.close()
})
