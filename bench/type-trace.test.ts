import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readShape } from '../shared/document/document-shape.ts'
import { shapeToText } from '../shared/document/plain-text.ts'
import { type Patch, readTrace } from './trace.ts'
import { typeTrace } from './type-trace.ts'

function blocksAfter(patches: readonly Patch[], endContent: string): string[] {
  const doc = new Y.Doc()
  typeTrace({ startContent: '', endContent, txns: patches.map((patch) => ({ patches: [patch] })) }, doc)
  return readShape(doc).content.map((block) => block.content.map((part) => ('text' in part ? part.text : '')).join(''))
}

describe('typing a trace', () => {
  it('makes a block a line: Enter splits, deleting a line break joins', () => {
    expect(
      blocksAfter(
        [
          [0, 0, 'onetwo'],
          [3, 0, '\n'],
          [7, 0, '\n\nend'],
        ],
        'one\ntwo\n\nend',
      ),
    ).toEqual(['one', 'two', '', 'end'])
    expect(
      blocksAfter(
        [
          [0, 0, 'one\ntwo\n\nend'],
          [2, 4, '-'],
        ],
        'on-o\n\nend',
      ),
    ).toEqual(['on-o', '', 'end'])
    expect(
      blocksAfter(
        [
          [0, 0, '\n\nend'],
          [0, 2, ''],
        ],
        'end',
      ),
    ).toEqual(['end'])
  })

  it('leaves the text of a block alone when a block comes before it or an empty one goes', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const words = 'a long line that nobody types twice'
    const txns = [[0, 0, words] as const, [0, 0, '\n'] as const, [0, 1, ''] as const].map((patch) => ({
      patches: [patch],
    }))
    typeTrace({ startContent: '', endContent: words, txns }, doc)
    for (const update of updates.slice(2)) expect(update.length).toBeLessThan(words.length)
  })

  it('refuses a session whose text does not come out', () => {
    expect(() => blocksAfter([[0, 0, 'one']], 'two')).toThrow('not the one that was recorded')
  })

  it('gives updates that make the recorded text elsewhere', () => {
    const trace = readTrace('friendsforever_flat')
    const doc = new Y.Doc()
    const elsewhere = new Y.Doc()
    doc.on('update', (update: Uint8Array) => Y.applyUpdate(elsewhere, update))
    typeTrace(trace, doc)
    expect(readShape(elsewhere)).toEqual(readShape(doc))
    expect(shapeToText(readShape(elsewhere)).length).toBeGreaterThan(trace.endContent.length / 2)
  })
})
