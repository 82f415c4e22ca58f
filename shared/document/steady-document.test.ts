import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createSteadyDocument } from './steady-document.ts'

/** Bob makes a text bold, alice does too without knowing, and bob takes it back without knowing of alice. */
function concurrentFormatting(): Uint8Array[] {
  const first = new Y.Doc()
  first.clientID = 1
  first.getText('t').insert(0, '1234')
  const base = Y.encodeStateAsUpdate(first)
  const edits = (client: number, ...formats: ({ bold: object } | { bold: null })[]): Uint8Array[] => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, base)
    doc.clientID = client
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const format of formats) doc.getText('t').format(0, 4, format)
    return updates
  }
  const [bold = base, plain = base] = edits(3, { bold: {} }, { bold: null })
  const [alsoBold = base] = edits(2, { bold: {} })
  return [base, bold, alsoBold, plain]
}

const oneByOne = (doc: Y.Doc, updates: readonly Uint8Array[]) => {
  const text = doc.getText('t')
  for (const update of updates) Y.applyUpdate(doc, update)
  return text.toDelta()
}
const atOnce = (doc: Y.Doc, updates: readonly Uint8Array[]) => {
  doc.transact(() => oneByOne(doc, updates))
  return doc.getText('t').toDelta()
}

describe('a steady document', () => {
  test('LOG-31: formatting depends on the updates alone, not on how they arrived', () => {
    const updates = concurrentFormatting()
    const [base, bold, alsoBold, plain] = updates as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    const expected = atOnce(createSteadyDocument(), updates)
    expect(oneByOne(createSteadyDocument(), updates)).toEqual(expected)
    expect(oneByOne(createSteadyDocument(), [base, alsoBold, bold, plain])).toEqual(expected)
    expect(oneByOne(createSteadyDocument(), [base, bold, plain, alsoBold])).toEqual(expected)
  })

  test('Yjs alone does not hold to that, which is why this exists', () => {
    const updates = concurrentFormatting()
    expect(oneByOne(new Y.Doc(), updates)).not.toEqual(atOnce(new Y.Doc(), updates))
  })

  test('makes no update of its own when one is applied', () => {
    const doc = createSteadyDocument()
    let updates = 0
    doc.on('update', () => updates++)
    oneByOne(doc, concurrentFormatting())
    expect(updates).toBe(4)
  })
})
