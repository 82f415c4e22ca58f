/** What an item of a Yjs document holds, as the content of a struct that says the same under another id. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { type DeleteRange, KIND, type UpdateStruct } from '../../shared/log/yjs-update.ts'

export type CopiedContent = Pick<UpdateStruct, 'info' | 'length' | 'text' | 'content'>

const NONE = new Uint8Array(0)

/** Part of an item's content; null for what can't be copied: documents in the document, and values above so many bytes. */
export function copyContent(item: Y.Item, offset: number, length: number, largestValue: number): CopiedContent | null {
  const { content } = item
  if (content instanceof Y.ContentString) {
    return { info: KIND.string, length, text: content.str.slice(offset, offset + length), content: NONE }
  }
  if (content instanceof Y.ContentDoc) return null
  const encoder = new Y.UpdateEncoderV1()
  if (content instanceof Y.ContentAny) new Y.ContentAny(content.arr.slice(offset, offset + length)).write(encoder, 0)
  else if (content instanceof Y.ContentJSON)
    new Y.ContentJSON(content.arr.slice(offset, offset + length)).write(encoder, 0)
  else content.write(encoder, 0)
  const bytes = encoding.toUint8Array(encoder.restEncoder)
  return bytes.length > largestValue ? null : { info: content.getRef(), length, text: null, content: bytes }
}

/** The item that holds an id, or null: not here yet, or let go of with what it stood in. */
export function itemAt(doc: Y.Doc, client: number, clock: number): Y.Item | null {
  if (clock >= Y.getState(doc.store, client)) return null
  const struct: unknown = Y.getItem(doc.store, Y.createID(client, clock))
  return struct instanceof Y.Item ? struct : null
}

/** The parts of a range of ids that are on the page: neither deleted nor unknown. */
export function livingRanges(doc: Y.Doc, client: number, clock: number, length: number): Iterable<DeleteRange> {
  return rangesWhere(doc, client, clock, length, (struct) => struct instanceof Y.Item && !struct.deleted)
}

/** The parts of a range of ids that somebody deleted. What is not here at all was not deleted by anybody. */
export function deletedRanges(doc: Y.Doc, client: number, clock: number, length: number): Iterable<DeleteRange> {
  return rangesWhere(doc, client, clock, length, (struct) => !(struct instanceof Y.Item) || struct.deleted)
}

function* rangesWhere(
  doc: Y.Doc,
  client: number,
  clock: number,
  length: number,
  isMeant: (struct: Y.Item | Y.GC | Y.Skip) => boolean,
): Iterable<DeleteRange> {
  const end = Math.min(clock + length, Y.getState(doc.store, client))
  const structs = doc.store.clients.get(client)
  if (structs === undefined || clock >= end) return
  for (let i = Y.findIndexSS(structs, clock), at = clock; at < end; i++) {
    const struct = structs[i]
    if (struct === undefined) return
    const next = Math.min(struct.id.clock + struct.length, end)
    if (isMeant(struct)) yield { clock: at, length: next - at }
    at = next
  }
}
