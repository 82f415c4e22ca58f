/**
 * The binding between a Yjs body and a ProseMirror state: all of y-prosemirror that Sheaf touches stands in this folder.
 *
 * Building a state renders the body once and writes nothing; `Tripwire` would hold it if it did.
 */
import type { Node, Schema } from 'prosemirror-model'
import { EditorState, Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import {
  initProseMirrorDoc,
  type ProsemirrorBinding,
  updateYFragment,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
} from 'y-prosemirror'
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { bindBlock, elementAt, writtenPage } from './bound-blocks.ts'
import { bindingOf, emptySelection, type RelativeCaret, relativeCaret } from './caret.ts'
import { onlyChangedBlock } from '../windowing/changed-blocks.ts'
import { keepTexts } from './keep-text.ts'
import { takePagesBefore } from './own-step.ts'

/** Milliseconds of typing that one undo takes back. */
const UNDO_PAUSE = 500

/**
 * A state that follows `doc` and writes to it. `schema` must hold everything in it: see `schemaFor`.
 *
 * While `isFollowing` answers true, a change from Yjs is being shown, and no plugin may answer it with a change of its
 * own: every peer's would, and none would stop.
 */
export function bindYjs(
  doc: Y.Doc,
  schema: Schema,
  plugins: readonly Plugin[],
  isFollowing: () => boolean,
): EditorState {
  const body = doc.getXmlFragment(BODY)
  const rendered = initProseMirrorDoc(body, schema)
  const state = EditorState.create({
    doc: rendered.doc,
    plugins: [
      ySyncPlugin(body, { mapping: rendered.mapping }),
      undoPlugin(createUndoManager(body)),
      new Plugin({
        filterTransaction: (tr) => !(isFollowing() && tr.docChanged && tr.getMeta(ySyncPluginKey) === undefined),
      }),
      ...plugins,
    ],
  })
  const binding = bindingOf(state)
  if (binding !== null) writeAtOnce(binding, schema)
  return state.doc.content.size > 0 ? state : state.apply(state.tr.setSelection(emptySelection(state.doc)))
}

/** The binding's undo plugin, which notes where the caret was before each step: our way to say so costs one block. */
function undoPlugin(undoManager: Y.UndoManager): Plugin {
  const { spec } = yUndoPlugin({ undoManager })
  const valueIn = (prevSel: RelativeCaret | null) => ({
    undoManager,
    prevSel,
    hasUndoOps: undoManager.canUndo(),
    hasRedoOps: undoManager.canRedo(),
  })
  return new Plugin({
    ...spec,
    state: { init: () => valueIn(null), apply: (_transaction, _value, before) => valueIn(relativeCaret(before)) },
  })
}

/** Undoes the person's own edits of the body and nobody else's. */
function createUndoManager(body: Y.XmlFragment): Y.UndoManager {
  return new Y.UndoManager(body, {
    trackedOrigins: new Set([ySyncPluginKey]),
    captureTimeout: UNDO_PAUSE,
    // A block that others have written in stays when the edit that made it is undone.
    deleteFilter: (item) => !(item.content instanceof Y.ContentType) || item.content.type._length === 0,
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
  })
}

/**
 * Writes what the page has become into Yjs, with two differences from the binding's own way.
 *
 * Every new node that holds words (a block, a cell, a caption, a footnote) gets its text at once, empty as it may be. If
 * two people each made the text of an empty one when they first typed there, it would hold two, and joining those loses
 * or doubles words. And neither the caret nor a key within a block takes a walk over the whole document.
 */
function writeAtOnce(binding: ProsemirrorBinding, schema: Schema): void {
  binding._prosemirrorChanged = (page) => {
    binding.doc.transact((transaction) => {
      const before = takePagesBefore(page)
      for (const step of before) writePage(binding, step)
      if (before.length > 0) keepTexts(binding, page)
      writePage(binding, page)
      for (const element of newEmptyTextblocks(transaction, schema)) element.insert(0, [new Y.XmlText()])
      const view: EditorView = binding.prosemirrorView
      Object.assign(binding, { beforeTransactionSelection: relativeCaret(view.state) })
    }, ySyncPluginKey)
  }
}

/**
 * Makes Yjs what the page is. The binding's own way compares every block with its element; when one block changed and
 * everything is in step, as at nearly every key, only that one is compared.
 */
function writePage(binding: ProsemirrorBinding, page: Node): void {
  const written = writtenPage(binding)
  const index = written === null ? null : onlyChangedBlock(written, page)
  const element = index === null ? null : elementAt(binding, page, index)
  if (index === null || element === null || element.nodeName !== page.child(index).type.name) {
    updateYFragment(binding.doc, binding.type, page, binding)
    return
  }
  // A line that was written by hand already is what it should be.
  if (binding.mapping.get(element) !== page.child(index))
    updateYFragment(binding.doc, element, page.child(index), binding)
  bindBlock(binding, page, index, element)
}

function newEmptyTextblocks(transaction: Y.Transaction, schema: Schema): Y.XmlElement[] {
  const { clientID, store } = transaction.doc
  const from = transaction.beforeState.get(clientID) ?? 0
  const elements: Y.XmlElement[] = []
  const structs = store.clients.get(clientID) ?? []
  for (let index = structs.length - 1; index >= 0; index--) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock < from) break
    if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentType)) continue
    const { type } = struct.content
    if (type instanceof Y.XmlElement && type.length === 0 && schema.nodes[type.nodeName]?.inlineContent === true) {
      elements.push(type)
    }
  }
  return elements
}
