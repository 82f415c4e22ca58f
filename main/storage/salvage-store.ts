/**
 * Makes a whole store out of a damaged one: the damaged files are set aside, never deleted, and every row that can still
 * be read goes into a new store. Records are signed and drafts are checked again when they are sealed, so a garbled row
 * can't come back as words nobody wrote.
 */
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { SheafError } from '../../shared/errors.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { DocumentStore } from './document-store.ts'
import type { StoredBlob, StoredMember } from './sheaf-file.ts'

export interface Salvage {
  readonly records: number
  readonly drafts: number
  /** Rows that could not be read. */
  readonly lost: number
}

type Row = Record<string, unknown>

/** What of the damaged rows is what it says it is. */
export interface SalvageChecks {
  /** Whether a record is what its writer signed. */
  readonly isGenuine: (record: SignedRecord) => boolean
  /** Of the members, ascending, those that are its chain, from the genesis on; none when that is not there. */
  readonly chainOf: (members: readonly StoredMember[]) => readonly StoredMember[]
  /** Whether a picture is the one its name says. */
  readonly isIntact: (blob: StoredBlob) => boolean
}

export function salvageStore(
  path: string,
  setAsideAs: string,
  { isGenuine, chainOf, isIntact }: SalvageChecks,
): Salvage {
  for (const suffix of ['', '-wal', '-shm']) {
    if (fs.existsSync(path + suffix)) fs.renameSync(path + suffix, setAsideAs + suffix)
  }
  // Read from a copy: opening a database may write to it, and what was set aside stays as it was found.
  const copy = `${setAsideAs}.reading`
  for (const suffix of ['', '-wal']) {
    if (fs.existsSync(setAsideAs + suffix)) fs.copyFileSync(setAsideAs + suffix, copy + suffix)
  }
  try {
    const rows = readRows(copy)
    const members = chainOf(rows.members.flatMap(asMember).sort((a, b) => a.seq - b.seq))
    if (members.length === 0) {
      throw new SheafError(
        'damaged',
        'This document’s private store is damaged; its file still has everything published.',
      )
    }
    const store = DocumentStore.open(path, members)
    try {
      const records = rows.records
        .map(asRecord)
        .filter((record) => record !== null && isGenuine(record)) as SignedRecord[]
      const blobs = rows.blobs.map(asBlob).filter((blob) => blob !== null && isIntact(blob)) as StoredBlob[]
      store.addBlobs(blobs)
      store.keepEpochKeys(rows.epochKeys.flatMap(asEpochKey))
      for (const { k, v } of rows.facts) if (isSettled(k) && typeof v === 'string') store.setFact(k, v)
      store.addRecords(records, [])
      const drafts = store.restoreDrafts(rows.writers, rows.drafts)
      const read = rows.records.length + rows.drafts.length + rows.blobs.length
      const whole = records.length + drafts + blobs.length
      return { records: records.length, drafts, lost: rows.unreadable + read - whole }
    } finally {
      store.close()
    }
  } finally {
    for (const suffix of ['', '-wal', '-shm']) fs.rmSync(copy + suffix, { force: true })
  }
}

interface Rows {
  readonly members: readonly Row[]
  readonly epochKeys: readonly Row[]
  readonly facts: readonly Row[]
  readonly records: readonly Row[]
  readonly writers: readonly Row[]
  readonly drafts: readonly Row[]
  readonly blobs: readonly Row[]
  readonly unreadable: number
}

function readRows(path: string): Rows {
  let unreadable = 0
  let db: Database.Database
  try {
    db = new Database(path)
  } catch {
    return { members: [], epochKeys: [], facts: [], records: [], writers: [], drafts: [], blobs: [], unreadable: 1 }
  }
  // Each table is read from both ends: a damaged page in the middle hides only what stands on it.
  const read = (table: string, isCounted = true): Row[] => {
    const found = new Map<unknown, Row>()
    for (const order of ['ASC', 'DESC']) {
      try {
        for (const row of db.prepare(`SELECT rowid AS row, * FROM ${table} ORDER BY rowid ${order}`).iterate()) {
          found.set((row as Row)['row'], row as Row)
        }
        break
      } catch {
        if (isCounted) unreadable += 1
      }
    }
    return [...found.values()]
  }
  try {
    return {
      members: read('members'),
      // They are in the chain as well, and a store of the first form has no such table.
      epochKeys: read('epoch_keys', false),
      facts: read('meta', false),
      records: read('records'),
      writers: read('writers'),
      drafts: read('drafts'),
      blobs: read('blobs'),
      unreadable,
    }
  } finally {
    db.close()
  }
}

function bytes(value: unknown, length?: number): Uint8Array | null {
  if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length)) return null
  return new Uint8Array(value)
}

function asMember(row: Row): StoredMember[] {
  const [op, hash, sig] = [bytes(row['op']), bytes(row['hash'], 32), bytes(row['sig'], 64)]
  const seq = row['seq']
  return op === null || hash === null || sig === null || typeof seq !== 'number' ? [] : [{ seq, op, hash, sig }]
}

/** What was said of the entries there were is not true of those that can be read. */
const OF_THE_LOG: readonly unknown[] = ['changedAt', 'holders', 'judgedBy']

function isSettled(fact: unknown): fact is string {
  return typeof fact === 'string' && !OF_THE_LOG.includes(fact)
}

function asEpochKey({ epoch, secret: kept }: Row): { epoch: number; secret: Uint8Array }[] {
  const secret = bytes(kept)
  return typeof epoch === 'number' && secret !== null ? [{ epoch, secret }] : []
}

function asRecord(row: Row): SignedRecord | null {
  const [writer, recId, prev] = [bytes(row['writer'], 32), bytes(row['rec_id'], 32), bytes(row['prev'], 32)]
  const [sig, payload] = [bytes(row['sig'], 64), bytes(row['payload'])]
  const { seq, type, stream } = row
  if (writer === null || recId === null || prev === null || sig === null || payload === null) return null
  if (typeof seq !== 'number' || typeof type !== 'number' || typeof stream !== 'number') return null
  return { writer, seq, recId, type, stream, prev, sig, payload }
}

function asBlob(row: Row): StoredBlob | null {
  const [hash, content] = [bytes(row['hash'], 32), bytes(row['bytes'])]
  const { mime } = row
  return hash === null || content === null || typeof mime !== 'string' ? null : { hash, mime, bytes: content }
}
