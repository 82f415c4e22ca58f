/** The log for reading: every entry with what it did to the text. */
import * as Y from 'yjs'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { toHex } from '../../shared/ids.ts'
import { encodeBody, RECORD_TYPE } from '../../shared/log/record.ts'
import type { LogRecord } from './closed-run.ts'
import { foldInto } from './fold.ts'

/** Names of record types; others are given by their number. */
export type EntryType = keyof typeof RECORD_TYPE | number

export interface Entry {
  /** Public key, hexadecimal. */
  readonly writer: string
  readonly seq: number
  readonly recId: string
  readonly type: EntryType
  /** Seconds since 1970, as its writer's clock had it; null when it is not kept. */
  readonly time: number | null
  readonly stream: number
  /** Bytes of its content. */
  readonly bytes: number
  /** UTF-16 units of text that came in, and that went. */
  readonly charactersInserted: number
  readonly charactersDeleted: number
}

/** `records` in an order in which causes come before effects. */
export function listEntries(records: readonly LogRecord[]): Entry[] {
  // Deleted text is kept here, to be counted.
  const doc = createSteadyDocument({ gc: false })
  let inserted = 0
  let deleted = 0
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    inserted += insertedBy(transaction)
    deleted += deletedBy(transaction)
  })
  return records.map((record) => {
    inserted = 0
    deleted = 0
    foldInto(doc, [record], record.stream)
    return {
      writer: toHex(record.writer),
      seq: record.seq,
      recId: toHex(record.recId),
      type: typeName(record.type),
      time: record.body.t === 0 ? null : record.body.t,
      stream: record.stream,
      bytes: encodeBody(record.body).length,
      charactersInserted: inserted,
      charactersDeleted: deleted,
    }
  })
}

function typeName(type: number): EntryType {
  if (type === RECORD_TYPE.update) return 'update'
  if (type === RECORD_TYPE.admit) return 'admit'
  return type === RECORD_TYPE.close ? 'close' : type
}

function insertedBy(transaction: Y.Transaction): number {
  let count = 0
  for (const [client, structs] of transaction.doc.store.clients) {
    const before = transaction.beforeState.get(client) ?? 0
    for (let i = structs.length - 1; i >= 0; i--) {
      const struct = structs[i]
      if (struct === undefined || struct.id.clock < before) break
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString && !struct.deleted)
        count += struct.length
    }
  }
  return count
}

function deletedBy(transaction: Y.Transaction): number {
  let count = 0
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    const isNew = struct.id.clock >= (transaction.beforeState.get(struct.id.client) ?? 0)
    if (!isNew && struct instanceof Y.Item && struct.content instanceof Y.ContentString) count += struct.length
  })
  return count
}
