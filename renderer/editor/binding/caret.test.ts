import { Selection, TextSelection } from 'prosemirror-state'
import { getRelativeSelection } from 'y-prosemirror'
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import type { NodeShape, TextShape } from '../../../shared/document/document-shape.ts'
import { writeShape } from '../../../shared/document/write-shape.ts'
import { createSteadyDocument } from '../../../shared/document/steady-document.ts'
import { schema } from '../../../shared/document/schema.ts'
import { bindYjs } from './bind-yjs.ts'
import { bindingOf, relativeCaret } from './caret.ts'

const cell = (text: string) => ({ node: 'table_cell', attributes: {}, content: [{ text, marks: {} }] })
const block = (...content: (NodeShape | TextShape)[]) => ({ node: 'block', attributes: {}, content })

describe('the caret in Yjs’s terms', () => {
  test('is what the binding says, at every place of every kind of node that holds words', () => {
    const doc = createSteadyDocument()
    writeShape(doc, {
      title: '',
      content: [
        block({ text: 'First words', marks: {} }),
        block(),
        { node: 'divider', attributes: {}, content: [] },
        block(
          { text: 'Before', marks: { bold: {} } },
          { node: 'footnote', attributes: {}, content: [{ text: 'a note', marks: {} }] },
          { text: 'after', marks: {} },
        ),
        {
          node: 'table',
          attributes: {},
          content: [
            { node: 'table_row', attributes: {}, content: [cell('one'), cell('')] },
            { node: 'table_row', attributes: {}, content: [cell('two'), cell('three')] },
          ],
        },
        { node: 'image', attributes: { blob: 'f'.repeat(64) }, content: [{ text: 'A caption', marks: {} }] },
        block({ text: 'Last', marks: {} }),
      ],
    })
    const state = bindYjs(doc, schema, [], () => false)
    const binding = bindingOf(state)
    if (binding === null) throw new Error('the state is bound to nothing')
    let places = 0
    for (let position = 0; position <= state.doc.content.size; position++) {
      const $place = state.doc.resolve(position)
      const selection = $place.parent.inlineContent ? TextSelection.create(state.doc, position) : Selection.near($place)
      const placed = state.apply(state.tr.setSelection(selection))
      const head = relativeCaret(placed)?.head
      if (head === undefined) throw new Error('a bound state has a caret')
      const own = Y.createAbsolutePositionFromRelativePosition(head, doc)
      const theirs = Y.createAbsolutePositionFromRelativePosition(getRelativeSelection(binding, placed).head, doc)
      expect(own?.type === theirs?.type, `at ${position}`).toBe(true)
      expect(own?.index, `at ${position}`).toBe(theirs?.index)
      places += 1
    }
    expect(places).toBeGreaterThan(70)
  })
})
