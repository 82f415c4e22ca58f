import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { canonicalJson } from './canonical-json.ts'
import { BODY, readShape } from './document-shape.ts'
import { readOpening } from './read-opening.ts'
import { scanSchema } from './scan-schema.ts'

describe('a document as plain data', () => {
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
