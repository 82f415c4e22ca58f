import { Plugin } from 'prosemirror-state'
import { initProseMirrorDoc } from 'y-prosemirror'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { schema } from '../../../shared/document/schema.ts'
import { REMOTE } from '../../documents/origins.ts'
import { MemoryMain } from '../../testing/memory-main.ts'
import { agrees, openPage, settle, toStart, write } from '../../testing/open-page.ts'
import { Tripwire } from './tripwire.ts'

function watched(doc: Y.Doc) {
  const sent: Uint8Array[] = []
  const held: string[] = []
  const tripwire = new Tripwire(doc, { onUpdate: (update) => sent.push(update), onHeld: (detail) => held.push(detail) })
  return { tripwire, sent, held }
}

describe('the tripwire', () => {
  test('WRITE-3: holds the repair that the binding makes when it meets what it does not know', () => {
    const doc = new Y.Doc()
    doc.getXmlFragment(BODY).push([new Y.XmlElement('callout')])
    const { sent, held } = watched(doc)
    initProseMirrorDoc(doc.getXmlFragment(BODY), schema)
    expect(doc.getXmlFragment(BODY)).toHaveLength(0)
    expect(held).toEqual(['inserted 0, deleted 1'])
    expect(sent).toEqual([])
  })

  test('lets through what the person did and ignores what came from the main process', () => {
    const doc = new Y.Doc()
    const { tripwire, sent, held } = watched(doc)
    tripwire.byUser(() => write(doc, ['a']))
    doc.transact(() => write(doc, ['b']), REMOTE)
    expect(held).toEqual([])
    expect(sent.length).toBeGreaterThan(0)
    const mine = sent.length
    write(doc, ['nobody'])
    expect(held.length).toBeGreaterThan(0)
    expect(sent).toHaveLength(mine)
  })
})

describe('a page whose document was changed by nobody', () => {
  test('WRITE-4: sends nothing, takes the saved document instead, and says so', async () => {
    const main = new MemoryMain()
    main.change((doc) => write(doc, ['kept', 'also kept']))
    const page = await openPage(main)
    page.session.doc?.getXmlFragment(BODY).delete(0, 1)
    await settle()
    expect(main.saved).toHaveLength(1)
    expect(page.window.rebuilds).toEqual([expect.stringMatching(/^inserted 0, deleted \d$/)])
    expect(page.lines()).toEqual(['p kept', 'p also kept'])
    expect(page.state().notice?.message).toMatch(/stopped an automatic repair/)
    toStart(page)
    page.type('un')
    await settle()
    expect(page.lines()).toEqual(['p unkept', 'p also kept'])
    expect(agrees(page, main)).toBe(true)
    await page.close()
  })

  test('keeps unsaved words through the rebuild', async () => {
    const main = new MemoryMain()
    const page = await openPage(main)
    page.window.failing = 'The disk is full.'
    page.type('words')
    await settle()
    page.session.doc?.getXmlFragment(BODY).push([new Y.XmlElement('nobody')])
    await settle()
    expect(page.lines()).toEqual(['p words'])
    page.window.failing = null
    await page.session.saved()
    expect(agrees(page, main)).toBe(true)
    await page.close()
  })

  test('is only shown when rebuilding does not help', async () => {
    const main = new MemoryMain()
    main.change((doc) => write(doc, ['kept']))
    const page = await openPage(main)
    for (let time = 0; time < 4; time++) {
      page.session.doc?.getXmlFragment(BODY).delete(0, 1)
      await settle()
    }
    expect(page.window.rebuilds).toHaveLength(3)
    expect(page.editor.view.editable).toBe(false)
    expect(main.saved).toHaveLength(1)
    await page.close()
  })

  test('WRITE-8: a plugin that answers what others did is refused', async () => {
    const main = new MemoryMain()
    main.change((doc) => write(doc, ['one']))
    const answering = new Plugin({
      appendTransaction: (transactions, _before, { tr }) =>
        transactions.some((each) => each.docChanged && each.getMeta('appendedTransaction') === undefined)
          ? tr.insertText('!', 1)
          : null,
    })
    const page = await openPage(main, () => [answering])
    main.change((doc) => write(doc, ['two']))
    page.receive()
    await settle()
    expect(page.lines()).toEqual(['p one', 'p two'])
    expect(agrees(page, main)).toBe(true)
    expect(main.saved).toHaveLength(2)
    expect(page.window.rebuilds).toEqual([])
    page.select('two')
    page.type('?')
    await settle()
    expect(page.lines()).toEqual(['p !one', 'p two?'])
    expect(agrees(page, main)).toBe(true)
    await page.close()
  })
})
