/** Copies of one document that are edited apart: kept in memory, as the command line does, or in a store, as the app does. */
import fs from 'node:fs'
import path from 'node:path'
import type * as Y from 'yjs'
import { DetachedDocument, type DetachedPorts } from '../../main/documents/detached-document.ts'
import type { OpenDocument } from '../../main/documents/open-document.ts'
import { DocumentStore } from '../../main/storage/document-store.ts'
import type { SheafFileContent } from '../../main/storage/sheaf-file.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { SheafError } from '../../shared/errors.ts'
import { toHex } from '../../shared/ids.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { openForProof, STORE } from '../durability/session.ts'

export interface Replica {
  edit(change: (doc: Y.Doc) => void): Promise<void>
  /** Merges; answers whether anything was refused. */
  merge(content: SheafFileContent): 'taken' | 'refused'
  /** All it holds, runs left open. */
  share(): SheafFileContent
  /** All it holds in its published form: what it wrote so far stands in a closed run. */
  publish(): SheafFileContent
  /** What would be left of it tomorrow. */
  kept(): readonly SignedRecord[]
  json(): string
  close(): void
}

export function ports(suite: CryptoSuite): DetachedPorts {
  return { suite, clock: { now: () => 1_700_000_000_000 }, appVersion: '0.0.0' }
}

export function detachedReplica(suite: CryptoSuite, content: SheafFileContent): Replica {
  const document = DetachedDocument.from(ports(suite), content)
  return {
    edit: async (change) => {
      document.edit(change)
    },
    merge: (other) => {
      try {
        document.merge(other)
        return 'taken'
      } catch (cause) {
        if (cause instanceof SheafError && cause.kind === 'damaged') return 'refused'
        throw cause
      }
    },
    share: () => ({ ...content, records: document.records() }),
    publish: () => document.content(),
    kept: () => document.records(),
    json: () => canonicalJson(document.shape()),
    close: () => {},
  }
}

/** In a store in a folder of its own, which `close` removes. */
export function openReplica(suite: CryptoSuite, content: SheafFileContent, folder: string): Replica {
  fs.mkdirSync(folder)
  DocumentStore.open(path.join(folder, STORE), content.members).close()
  const open = (): OpenDocument => openForProof({ folder, suite, durability: 'normal' }, content.documentId)
  let document = open()
  const merge = (other: SheafFileContent): 'taken' | 'refused' =>
    document.merge(other.records).refused.length > 0 ? 'refused' : 'taken'
  if (merge(content) === 'refused') throw new Error('An open document refused what a detached one wrote.')
  return {
    edit: async (change) => {
      await document.edit(change)
    },
    merge,
    share: () => document.content(),
    publish: () => {
      document.finish()
      return document.content()
    },
    kept: () => {
      document.close()
      const store = DocumentStore.open(path.join(folder, STORE))
      const records = store.records()
      store.close()
      document = open()
      return records
    },
    json: () => canonicalJson(document.shape()),
    close: () => {
      document.close()
      fs.rmSync(folder, { recursive: true })
    },
  }
}

/** The same for the same set of records in the same form, and for nothing else. */
export function fingerprint(records: readonly SignedRecord[]): string {
  return records
    .map((record) => toHex(record.recId) + toHex(record.sig))
    .sort()
    .join()
}
