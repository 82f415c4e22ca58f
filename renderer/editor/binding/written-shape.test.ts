import fc from 'fast-check'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { describe, expect, it } from 'vitest'
import { ySyncPlugin, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror'
import * as Y from 'yjs'
import { arbitraryShape } from '../../../shared/document/arbitrary-shape.ts'
import { BODY, readShape } from '../../../shared/document/document-shape.ts'
import { schema } from '../../../shared/document/schema.ts'
import { writeShape } from '../../../shared/document/write-shape.ts'

/** Opens a copy of the document as a window does and counts what the binding writes into it. */
function bind(source: Y.Doc): { doc: Y.Doc; view: EditorView; updates: () => number } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source))
  let count = 0
  doc.on('update', () => count++)
  const fragment = doc.getXmlFragment(BODY)
  const state = EditorState.create({
    doc: yXmlFragmentToProseMirrorRootNode(fragment, schema),
    schema,
    plugins: [ySyncPlugin(fragment)],
  })
  const view = new EditorView(document.createElement('div'), { state })
  return { doc, view, updates: () => count }
}

describe('a document written from a shape, in the editor', () => {
  it('CLI-23: is shown as it stands, and opening it writes nothing', () => {
    fc.assert(
      fc.property(arbitraryShape, arbitraryShape, (first, second) => {
        const source = new Y.Doc()
        writeShape(source, first)
        writeShape(source, second)
        const { doc, view, updates } = bind(source)
        expect(updates()).toBe(0)
        // Typing and taking it back makes the binding compare everything with what it would have written itself.
        view.dispatch(view.state.tr.insert(view.state.doc.content.size, schema.node('block')))
        expect(updates()).toBe(1)
        view.dispatch(view.state.tr.delete(view.state.doc.content.size - 2, view.state.doc.content.size))
        expect(updates()).toBe(2)
        expect(readShape(doc)).toEqual(second)
        const written = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(BODY), schema)
        expect(view.state.doc.toJSON()).toEqual(written.toJSON())
        written.check()
        view.destroy()
      }),
      { numRuns: 60 },
    )
  })

  it('stores marks as the editor does', () => {
    const link = schema.mark('link', { href: 'https://example.org/' })
    const { doc, view } = bind(new Y.Doc())
    view.dispatch(view.state.tr.insert(0, schema.node('block', null, schema.text('a', [link, schema.mark('bold')]))))
    const written = new Y.Doc()
    writeShape(written, readShape(doc))
    const stored = (from: Y.Doc): unknown =>
      ((from.getXmlFragment(BODY).get(0) as Y.XmlElement).get(0) as Y.XmlText).toDelta()
    expect(stored(written)).toEqual(stored(doc))
    view.destroy()
  })
})
