/** A moment of a document, kept to tell later what came in since. */
import * as Y from 'yjs'
import { countChangedBlocks } from '../../shared/document/count-changed-blocks.ts'
import { type DocumentShape, readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import type { Heads } from '../../shared/log/heads.ts'
import type { Intake } from '../library/document-port.ts'

export interface DocumentMoment {
  readonly heads: Heads
  readonly state: Uint8Array
}

/** What came in from one moment to the time when `heads` and `shape` are; `authors` is asked only when anything did. */
export function arrivedSince(
  moment: DocumentMoment,
  { heads, shape, authors }: { heads: Heads; shape: DocumentShape; authors: () => readonly string[] },
): Intake {
  let records = 0
  for (const [writer, seq] of heads) records += seq - (moment.heads.get(writer) ?? 0)
  if (records === 0) return { records, paragraphs: 0, authors: [] }
  return { records, paragraphs: countChangedBlocks(shapeOf(moment.state), shape), authors: authors() }
}

function shapeOf(state: Uint8Array): DocumentShape {
  const doc = createSteadyDocument()
  Y.applyUpdate(doc, state)
  return readShape(doc)
}
