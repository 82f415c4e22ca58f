/**
 * Opens what a dead session left behind and compares it with what the session heard: every acknowledged edit is there,
 * the database is sound, the log is what its writers signed, and the published file is a whole one.
 */
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { DocumentBody } from '../../main/documents/document-body.ts'
import type { OpenDocument } from '../../main/documents/open-document.ts'
import { RecordLog } from '../../main/log/record-log.ts'
import { DocumentStore } from '../../main/storage/document-store.ts'
import { inspectContent } from '../../main/storage/inspect-file.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { readGenesis } from '../../shared/log/genesis.ts'
import type { Ledger } from './ledger.ts'
import { openForProof, PUBLISHED, Session, STORE } from './session.ts'

/** One sentence for each breach. Opening recovers the store, so a folder that is still needed is examined as a copy. */
export function examineFolder(folder: string, ledger: Ledger, suite: CryptoSuite): string[] {
  const breaches: string[] = []
  const attempt = (what: string, examine: () => string[]): void => {
    try {
      breaches.push(...examine().map((breach) => `${what}: ${breach}`))
    } catch (cause) {
      breaches.push(`${what}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
    }
  }
  const { documentId } = ledger
  if (documentId === null) attempt('founding again', () => foundAgain(folder, suite))
  else attempt('store', () => examineStore(folder, documentId, ledger, suite))
  if (fs.existsSync(path.join(folder, STORE))) attempt('database', () => checkIntegrity(path.join(folder, STORE)))
  attempt('published file', () => examinePublished(path.join(folder, PUBLISHED), ledger, suite))
  return breaches
}

/** A crash before the founding was acknowledged: whatever is there must not stand in the way of founding again. */
function foundAgain(folder: string, suite: CryptoSuite): string[] {
  const id = Session.found({ folder, suite, durability: 'full', firstToken: 1, note: () => {} })
  const document = openForProof({ folder, suite, durability: 'full' }, id)
  const words = shapeToText(document.shape()).trim()
  document.close()
  return words === '' ? [] : ['a document that was just founded has words']
}

function examineStore(folder: string, documentId: string, ledger: Ledger, suite: CryptoSuite): string[] {
  const store = DocumentStore.open(path.join(folder, STORE))
  const document = openForProof({ folder, suite, durability: 'full' }, documentId, () => {}, store)
  try {
    document.seal()
    return [
      ...ledger.judgeText(shapeToText(document.shape())),
      ...verifyLog(store, document, documentId, suite),
      ...verifyGenesis(store, documentId, suite),
    ]
  } finally {
    document.close()
  }
}

/** Takes every record in as a stranger would: signatures, chains and runs are verified, and the text is folded anew. */
function verifyLog(store: DocumentStore, document: OpenDocument, documentId: string, suite: CryptoSuite): string[] {
  const log = new RecordLog(suite, fromHex(documentId))
  const { refused } = log.add(store.records())
  if (refused.length > 0) return refused.map(({ record, reason }) => `record ${record.seq} is refused: ${reason}`)
  if (log.forks() > 0) return ['a writer has forked']
  const folded = canonicalJson(new DocumentBody(log, null).shape())
  return folded === canonicalJson(document.shape()) ? [] : ['the log does not fold to the text that is shown']
}

function verifyGenesis(store: DocumentStore, documentId: string, suite: CryptoSuite): string[] {
  const [genesis] = store.members()
  const sound = genesis !== undefined && readGenesis(suite, genesis) !== null && toHex(genesis.hash) === documentId
  return sound ? [] : ['the genesis is missing or damaged']
}

function checkIntegrity(file: string): string[] {
  const db = new Database(file)
  try {
    const result: unknown = db.pragma('integrity_check', { simple: true })
    return result === 'ok' ? [] : [String(result)]
  } finally {
    db.close()
  }
}

function examinePublished(file: string, ledger: Ledger, suite: CryptoSuite): string[] {
  if (!fs.existsSync(file)) return ledger.isPublished() ? ['the file is gone'] : []
  const inspected = inspectContent(file)
  if ('problem' in inspected) return [`what stands at the path is no whole file: ${inspected.problem}`]
  const ports = { suite, clock: { now: () => 0 }, appVersion: '0.0.0' }
  return ledger.judgePublished(shapeToText(DetachedDocument.from(ports, inspected.value).shape()))
}
