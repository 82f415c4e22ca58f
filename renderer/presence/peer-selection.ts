/**
 * Where one other window's person is on this page. It follows the text: what others or this window write is seen, and what
 * they select stays what they selected. Nothing is mapped through a change; a place is asked for again in Yjs's terms.
 */
import type { Node } from 'prosemirror-model'
import type { ProsemirrorBinding } from 'y-prosemirror'
import type { RelativePosition } from 'yjs'
import { findPlace, type FoundPlace, readPlace } from '../editor/binding/shared-place.ts'
import { samePlace } from './same-place.ts'

/** Both ends on the page. */
export interface FoundSelection {
  readonly anchor: FoundPlace
  readonly head: FoundPlace
}

export class PeerSelection {
  readonly #anchor = new End()
  readonly #head = new End()

  /** They are elsewhere now, or nowhere. Answers whether that is another place than before. */
  move(anchor: Uint8Array | null, head: Uint8Array | null): boolean {
    const anchorMoved = this.#anchor.move(anchor)
    return this.#head.move(head) || anchorMoved
  }

  /** Both ends on a page that is in step with Yjs, or null. Costs nothing where nothing changed. */
  find(binding: ProsemirrorBinding, page: Node): FoundSelection | null {
    const anchor = this.#anchor.find(binding, page)
    const head = this.#head.find(binding, page)
    return anchor === null || head === null ? null : { anchor, head }
  }
}

class End {
  #bytes: Uint8Array | null = null
  #place: RelativePosition | null = null
  /** Where they were said to be before, until the words of the new place have come. */
  #before: RelativePosition | null = null
  #found: { readonly place: FoundPlace; readonly binding: ProsemirrorBinding; readonly page: Node } | null = null

  move(bytes: Uint8Array | null): boolean {
    if (samePlace(bytes, this.#bytes)) return false
    this.#bytes = bytes
    this.#before = this.#place ?? this.#before
    this.#place = bytes === null ? null : readPlace(bytes)
    if (this.#place === null) this.#before = null
    this.#found = null
    return true
  }

  find(binding: ProsemirrorBinding, page: Node): FoundPlace | null {
    const last = this.#found
    if (last !== null && last.binding === binding && stands(last.place, last.page, page)) return last.place
    const near = last?.place.index ?? 0
    if (this.#place === null) return null
    let place = findPlace(this.#place, binding, page, near)
    if (typeof place === 'object') this.#before = null
    else if (place === 'unknown' && this.#before !== null) place = findPlace(this.#before, binding, page, near)
    // A place that stands in for another is not kept: the words of the other may come with any change.
    this.#found = typeof place === 'object' && this.#before === null ? { place, binding, page } : null
    return typeof place === 'object' ? place : null
  }
}

/** Whether a place is still the same one: its block is the same object where it was. */
function stands({ index, block }: FoundPlace, before: Node, page: Node): boolean {
  return block === null ? before === page : before === page || page.maybeChild(index) === block
}
