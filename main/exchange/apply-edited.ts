/**
 * An export that was edited elsewhere, made into what the document is to say. Only what was edited changes; what the
 * format could not hold stays.
 */
import * as Y from 'yjs'
import { carryOver } from '../../shared/document/carry-over.ts'
import { BODY, type DocumentShape, FACTS, readShape } from '../../shared/document/document-shape.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { SheafError } from '../../shared/errors.ts'
import type { TextFormat } from '../../shared/exchange/formats.ts'
import { exportDocument, importDocument } from './convert-document.ts'

export interface Applied {
  readonly shape: DocumentShape
  /** One phrase for each edit that could not be taken over. */
  readonly losses: readonly string[]
}

/**
 * `base` is the export as it was before the edit; without it, everything in which the edited text differs from the
 * document counts as edited, also what was written in the document since. Throws `unsupported` for plain text.
 */
export function applyEdited(
  current: DocumentShape,
  edited: string,
  format: TextFormat,
  base: string | null = null,
): Applied {
  if (format === 'txt') {
    throw new SheafError('unsupported', 'Plain text says too little about a document to be applied; use Markdown.')
  }
  const read = importDocument(edited, format)
  const now = importDocument(exportDocument(current, format).text, format).shape
  if (base === null) return withLosses(carryOver(current, now, read.shape), read.losses)
  const then = carryOver(current, now, importDocument(base, format).shape)
  const thenRead = importDocument(exportDocument(then.shape, format).text, format).shape
  const wanted = carryOver(then.shape, thenRead, read.shape)
  return withLosses({ shape: threeWay(current, then.shape, wanted.shape), losses: wanted.losses }, read.losses)
}

/**
 * The edits from `base` to `edited`, made on `current`. A scratch document goes back to the base and on to the edited
 * text; then the first step alone is undone, which Yjs does as if someone else had made the second meanwhile.
 */
function threeWay(current: DocumentShape, base: DocumentShape, edited: DocumentShape): DocumentShape {
  const doc = new Y.Doc()
  const back = 'back'
  writeShape(doc, current)
  const undo = new Y.UndoManager([doc.getXmlFragment(BODY), doc.getMap(FACTS)], {
    trackedOrigins: new Set([back]),
  })
  writeShape(doc, base, back)
  writeShape(doc, edited, 'edit')
  undo.undo()
  const merged = readShape(doc)
  // Titles are replaced as a whole: the undo must not take a title the edit gave.
  return edited.title === base.title ? { ...merged, title: current.title } : { ...merged, title: edited.title }
}

/** An edit that says the same thing twice about a format is told once. */
function withLosses(applied: Applied, more: readonly string[]): Applied {
  return { shape: applied.shape, losses: [...new Set([...applied.losses, ...more])] }
}
