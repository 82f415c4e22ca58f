/** Open documents for tests, on real stores in a folder of their own. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import { toHex } from '../../shared/ids.ts'
import { foundDocument, founderKeys } from '../../shared/log/genesis.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import type { KeyVault } from '../ports.ts'
import { DocumentStore } from '../storage/document-store.ts'
import type { InstanceGuard } from './instance-guard.ts'
import type { DocumentChange } from './document-change.ts'
import { OpenDocument } from './open-document.ts'
import { WriterKeeper } from './writer-keeper.ts'

/** A vault that hides nothing; a forgetful one can't unwrap, like a keyring that was reset. */
export function plainVault(forgetful = false): KeyVault {
  return {
    protection: 'file-rights',
    wrap: (secret) => secret,
    unwrap: (wrapped) => {
      if (forgetful) throw new Error('the keyring was reset')
      return wrapped
    },
  }
}

export class Desk {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-desk-'))
  readonly changes: DocumentChange[] = []
  now = 1_700_000_000_000
  readonly installation = { userRoot: suite.random(32), deviceSeed: suite.random(32) }

  keeper(vault = plainVault()): WriterKeeper {
    const clock = { now: () => (this.now += 1) }
    return new WriterKeeper({
      suite,
      vault,
      installation: this.installation,
      clock,
      displayName: () => 'Alice',
      appVersion: '0.1.0',
    })
  }

  get storePath(): string {
    return path.join(this.folder, 'document.db')
  }

  found(): string {
    const salt = suite.random(16)
    const genesis = foundDocument(
      suite,
      this.now,
      salt,
      founderKeys(suite, this.installation.userRoot, this.installation.deviceSeed, salt),
    )
    DocumentStore.open(this.storePath, [{ seq: 0, ...genesis }]).close()
    return toHex(genesis.hash)
  }

  open(
    documentId: string,
    vault = plainVault(),
    arriving: (document: OpenDocument) => void = () => undefined,
  ): OpenDocument {
    const document = new OpenDocument({
      documentId,
      suite,
      store: DocumentStore.open(this.storePath),
      keeper: this.keeper(vault),
      clock: { now: () => (this.now += 1) },
      announce: (change) => this.changes.push(change),
    })
    arriving(document)
    document.rewriteLeftovers()
    return document
  }

  clear(): void {
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A window's Yjs document: types, and appends each update as the renderer does. */
export class Pane {
  readonly doc = new Y.Doc()
  readonly guard: InstanceGuard
  readonly acknowledged: Promise<void>[] = []
  private readonly document: OpenDocument
  last: Uint8Array = new Uint8Array(0)

  constructor(document: OpenDocument) {
    this.document = document
    this.guard = document.openInstance()
    this.doc.clientID = this.guard.clientId
    Y.applyUpdate(this.doc, document.state(), 'main')
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'main') return
      this.last = update
      this.acknowledged.push(this.document.append(this.guard, 0, update))
    })
  }

  type(text: string): Promise<void[]> {
    const body = this.doc.getXmlFragment(BODY)
    this.doc.transact(() => {
      if (body.length === 0) {
        const block = new Y.XmlElement('block')
        block.insert(0, [new Y.XmlText()])
        body.insert(0, [block])
      }
      const run = (body.get(0) as Y.XmlElement).get(0) as Y.XmlText
      run.insert(run.length, text)
    })
    return Promise.all(this.acknowledged.splice(0))
  }
}
