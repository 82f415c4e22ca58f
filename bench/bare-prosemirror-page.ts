/** What runs in the window of `bare-prosemirror.ts`. */
import { baseKeymap } from 'prosemirror-commands'
import { keymap } from 'prosemirror-keymap'
import { Node } from 'prosemirror-model'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { schema } from '../shared/document/schema.ts'

declare global {
  /** The document, as ProseMirror's JSON. */
  var bareDocument: unknown
}

const doc = Node.fromJSON(schema, globalThis.bareDocument)
const mount = document.body.appendChild(document.createElement('main'))
const view = new EditorView(mount, { state: EditorState.create({ doc, plugins: [keymap(baseKeymap)] }) })
view.focus()
