/**
 * A place in the text as everybody understands it: an encoded Yjs relative position. Saying one's own, and finding
 * another's on this page.
 *
 * Each is asked of its own block, never of the whole document.
 */
import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { type ProsemirrorBinding, relativePositionToAbsolutePosition } from 'y-prosemirror'
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { relativeCaret } from './caret.ts'

/** Both ends of a selection; the same for a caret. */
export interface SharedSelection {
  readonly anchor: Uint8Array
  readonly head: Uint8Array
}

/** What the selection of a page is to others, or null for a page that is only shown. */
export function sharedSelection(state: EditorState): SharedSelection | null {
  const caret = relativeCaret(state)
  if (caret === null) return null
  const anchor = Y.encodeRelativePosition(caret.anchor)
  return { anchor, head: caret.head === caret.anchor ? anchor : Y.encodeRelativePosition(caret.head) }
}

/** A place of `page`: between two blocks when `block` is null, else so far into the content of that block. */
export interface FoundPlace {
  /** Which child of the page; between blocks, the one behind the place. */
  readonly index: number
  readonly block: Node | null
  readonly offset: number
}

/** `unknown` until the words it names have come; `gone` when its block was deleted, or it is no place of the text. */
export type PlaceFinding = FoundPlace | 'unknown' | 'gone'

/** What another said, read: null when it is no relative position. */
export function readPlace(bytes: Uint8Array): Y.RelativePosition | null {
  try {
    const place = Y.decodeRelativePosition(bytes)
    // Asking a document for a root type it lacks makes it.
    if (place.tname !== null && place.tname !== BODY) return null
    return place.tname === null && place.type === null && place.item === null ? null : place
  } catch {
    return null
  }
}

/** Finds a place on `page`, which must be in step with Yjs. `near` is the index where its block stood last. */
export function findPlace(
  place: Y.RelativePosition,
  binding: ProsemirrorBinding,
  page: Node,
  near: number,
): PlaceFinding {
  const at = Y.createAbsolutePositionFromRelativePosition(place, binding.doc)
  if (at === null) return 'unknown'
  if (at.type === binding.type) return { index: Math.min(at.index, page.childCount), block: null, offset: 0 }
  const element = blockAround(at.type, binding.type)
  if (element === null) return 'gone'
  const index = indexOf(element, binding, page, near)
  const block = page.maybeChild(index)
  if (block === null) return 'unknown'
  const offset = relativePositionToAbsolutePosition(binding.doc, element, place, binding.mapping)
  return offset === null || offset > block.content.size ? 'gone' : { index, block, offset: Math.max(0, offset) }
}

/** The child of the body that holds a type; null when one of them was deleted, or it is elsewhere. */
function blockAround(type: Y.AbstractType<unknown>, body: Y.XmlFragment): Y.XmlElement | null {
  for (let at = type; ; ) {
    const { _item: item, parent } = at
    if (item === null || item.deleted || parent === null) return null
    if (parent === body) return at instanceof Y.XmlElement ? at : null
    at = parent as Y.AbstractType<unknown>
  }
}

/** Where a block stands; -1 when the page does not show it. The same node may stand on the page twice. */
function indexOf(element: Y.XmlElement, binding: ProsemirrorBinding, page: Node, near: number): number {
  const node: unknown = binding.mapping.get(element)
  const isIt = (index: number) => page.maybeChild(index) === node && binding.type.get(index) === element
  if (isIt(near)) return near
  const { children } = page
  for (let index = 0; index < children.length; index++) if (children[index] === node && isIt(index)) return index
  return -1
}
