import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { canonicalJson } from './canonical-json.ts'
import { BODY, readShape } from './document-shape.ts'
import { readOpening } from './read-opening.ts'
import { scanSchema } from './scan-schema.ts'
import { writeShape } from './write-shape.ts'

describe('a document as plain data', () => {
  it('SAFE-25: a Yjs type in the place of an attribute says nothing, and is left where it is', () => {
    const doc = new Y.Doc()
    const block = new Y.XmlElement<Record<string, unknown> & { [key: string]: string }>('block')
    doc.getXmlFragment(BODY).insert(0, [block as unknown as Y.XmlElement])
    block.insert(0, [new Y.XmlText('words')])
    block.setAttribute('kind', 'h1')
    block.setAttribute('odd', new Y.Map() as unknown as string)
    const shape = readShape(doc)
    expect(shape.content).toEqual([
      { node: 'block', attributes: { kind: 'h1' }, content: [{ text: 'words', marks: {} }] },
    ])
    expect(canonicalJson(shape)).toContain('words')
    const before = Y.encodeStateAsUpdate(doc)
    writeShape(doc, shape)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  })

  it('LOG-17: of nodes in each other without end a hundred are read, and the words after them', () => {
    const doc = new Y.Doc()
    const body = doc.getXmlFragment(BODY)
    doc.transact(() => {
      let parent: Y.XmlFragment = body
      for (let depth = 0; depth < 5000; depth++) {
        const element = new Y.XmlElement('block')
        parent.insert(0, [element])
        parent = element
      }
      const last = new Y.XmlElement('block')
      last.insert(0, [new Y.XmlText('after')])
      body.insert(1, [last])
    })
    const json = canonicalJson(readShape(doc))
    expect(json).toContain('after')
    expect(json.match(/"node"/gu)).toHaveLength(101)
    expect(scanSchema(body).unholdable).toBe(true)
    expect(readOpening(doc).firstWords).toBe('after')
  })
})
