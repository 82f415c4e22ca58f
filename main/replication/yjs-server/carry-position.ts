/** Carries a place in one of two documents that say the same to the other, as a Yjs relative position. */
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { rootsOf } from '../../carry/carry-changes.ts'
import type { IdPairs, Side } from '../../carry/id-pairs.ts'
import { itemAt } from '../../carry/item-content.ts'

/** Null for a place that is not in the body, or not on the other side. */
export function carryPosition(
  parts: { from: Y.Doc; to: Y.Doc; side: Side; pairs: IdPairs },
  position: Y.RelativePosition,
): Y.RelativePosition | null {
  // Yjs would make a root of any name it is asked for.
  if (position.tname !== null && position.tname !== BODY) return null
  let place: Y.AbsolutePosition | null
  try {
    place = Y.createAbsolutePositionFromRelativePosition(position, parts.from)
  } catch {
    // A place in words that have not come yet, or a garbled one.
    return null
  }
  const type = place === null ? null : partnerOf(parts, place.type)
  if (place === null || type === null) return null
  return Y.createRelativePositionFromTypeIndex(type, Math.min(place.index, type._length), place.assoc)
}

function partnerOf(
  { from, to, side, pairs }: { from: Y.Doc; to: Y.Doc; side: Side; pairs: IdPairs },
  type: Y.AbstractType<unknown>,
): Y.AbstractType<unknown> | null {
  if (type === rootsOf(from).get(BODY)) return rootsOf(to).get(BODY) ?? null
  const id = type._item === null ? null : pairs.partner(side, type._item.id)
  const item = id === null ? null : itemAt(to, id.client, id.clock)
  return item !== null && !item.deleted && item.content instanceof Y.ContentType ? item.content.type : null
}
