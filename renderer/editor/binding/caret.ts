/**
 * Where the caret is, said in Yjs's terms, so that it stays with its words when others change the document.
 *
 * The binding answers a remote change by replacing the whole ProseMirror document, so nothing may be mapped through it.
 */
import { GapCursor } from 'prosemirror-gapcursor'
import type { Node, ResolvedPos } from 'prosemirror-model'
import { AllSelection, type EditorState, NodeSelection, Selection, TextSelection } from 'prosemirror-state'
import {
  absolutePositionToRelativePosition,
  type getRelativeSelection,
  type ProsemirrorBinding,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from 'y-prosemirror'
import * as Y from 'yjs'
import { elementAt } from './bound-blocks.ts'
import { CellSelection } from '../tables/cell-selection.ts'

export type RelativeCaret = ReturnType<typeof getRelativeSelection>

/** The binding of a state bound to Yjs, or null for one that only shows a document. */
export function bindingOf(state: EditorState): ProsemirrorBinding | null {
  const sync: { binding: ProsemirrorBinding } | undefined = ySyncPluginKey.getState(state)
  return sync?.binding ?? null
}

/**
 * The caret in Yjs's terms. The binding's own `getRelativeSelection` names the same places, but walks the whole document, and
 * holds on to the letter behind the caret: what others write at the caret would take it along. It stays behind the letter
 * typed last; a selection holds on to its own first and last letters.
 */
export function relativeCaret(state: EditorState): RelativeCaret | null {
  const binding = bindingOf(state)
  if (binding === null) return null
  const { $anchor, $head, anchor, head, from, empty } = state.selection
  const place = ($place: ResolvedPos) => {
    const position = relativePosition($place, binding)
    return empty || $place.pos > from ? behindLetter(position, binding.doc) : position
  }
  const at = place($anchor)
  const type: string = state.selection.toJSON()['type']
  return { type, anchor: at, head: head === anchor ? at : place($head) }
}

/** The same place, said by the letter before it, if there is one in the text. */
function behindLetter(position: Y.RelativePosition, doc: Y.Doc): Y.RelativePosition {
  const place = Y.createAbsolutePositionFromRelativePosition(position, doc)
  return place !== null && place.type instanceof Y.XmlText && place.index > 0
    ? Y.createRelativePositionFromTypeIndex(place.type, place.index, -1)
    : position
}

function relativePosition($position: ResolvedPos, binding: ProsemirrorBinding): Y.RelativePosition {
  const { type, mapping } = binding
  const block = $position.depth > 0 ? elementAt(binding, $position.doc, $position.index(0)) : null
  const within = block === null ? 0 : $position.pos - $position.start(1)
  const text = block === null ? null : block.firstChild
  if (within > 0 && block !== null) return absolutePositionToRelativePosition(within, block, mapping)
  if (text instanceof Y.XmlText) return Y.createRelativePositionFromTypeIndex(text, 0)
  return absolutePositionToRelativePosition($position.pos, type, mapping)
}

/** The caret in `page`, or null when the words it stood at are gone. */
export function resolveCaret(caret: RelativeCaret, binding: ProsemirrorBinding, page: Node): Selection | null {
  const anchor = resolve(caret.anchor, binding)
  const head = resolve(caret.head, binding)
  if (anchor === null || head === null || Math.max(anchor, head) > page.content.size) return null
  return TextSelection.between(page.resolve(anchor), page.resolve(head))
}

function resolve(position: Y.RelativePosition, binding: ProsemirrorBinding): number | null {
  const place = Y.createAbsolutePositionFromRelativePosition(position, binding.doc)
  if (place === null || isGone(place.type)) return null
  return relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping)
}

/** Whether a note that held the words was taken out of its block: the binding would count on from the note's start. */
function isGone(type: Y.AbstractType<unknown>): boolean {
  let gone = false
  let last = false
  for (let item = type._item; item !== null; item = item.parent instanceof Y.AbstractType ? item.parent._item : null) {
    last = item.deleted
    gone ||= last
  }
  return gone && !last
}

/** The selection to show in `page`, which replaced the document of `before` through no doing of the person's. */
export function keptSelection(
  before: EditorState,
  page: Node,
  caret: RelativeCaret | null,
  binding: ProsemirrorBinding,
): Selection {
  const { selection } = before
  if (page.content.size === 0) return emptySelection(page)
  if (before.doc.content.size === 0) return Selection.atEnd(page)
  if (selection instanceof AllSelection) return new AllSelection(page)
  if (selection instanceof NodeSelection) return sameNode(selection, page) ?? nearby(before, page)
  const kept = caret === null ? null : resolveCaret(caret, binding, page)
  if (selection instanceof CellSelection && kept !== null)
    return CellSelection.between(kept.$anchor, kept.$head) ?? kept
  return kept ?? nearby(before, page)
}

/** The caret of a page without a single block: there is no text to stand in, so it stands in the gap. */
export function emptySelection(page: Node): Selection {
  return new GapCursor(page.resolve(0))
}

function sameNode({ node }: NodeSelection, page: Node): Selection | null {
  let found: Selection | null = null
  page.forEach((child, offset) => {
    if (child === node) found = NodeSelection.create(page, offset)
  })
  return found
}

/** Where the caret's surroundings went, judged by what stayed equal before and behind it. */
function nearby(before: EditorState, page: Node): Selection {
  const head = before.selection.head
  const start = before.doc.content.findDiffStart(page.content)
  const end = before.doc.content.findDiffEnd(page.content)
  let position = head
  if (start !== null && end !== null && head > start) position = head >= end.a ? head + (end.b - end.a) : start
  return Selection.near(page.resolve(Math.min(Math.max(position, 0), page.content.size)), -1)
}
