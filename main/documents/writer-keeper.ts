/**
 * Keeps this installation's writers: begins one a run, certified by the installation's member key where it has one,
 * and brings back those a crash left behind, so that their drafts are sealed before anything else happens.
 */
import { decode, encode } from 'cborg'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, equalBytes, fromHex, toHex } from '../../shared/ids.ts'
import { founderKeys, readGenesis } from '../../shared/log/genesis.ts'
import { joinUpdates } from '../../shared/log/join-updates.ts'
import { certifyWriter, type WriterCertificate, ZERO_ID } from '../../shared/log/record.ts'
import type { Installation } from '../identity/installation.ts'
import type { RecordLog } from '../log/record-log.ts'
import { Writer, type WriterSecrets } from '../log/writer.ts'
import type { KeyVault } from '../ports.ts'
import type { DocumentStore, StoredDraft, StoredWriter } from '../storage/document-store.ts'

export class WriterKeeper {
  readonly appVersion: string
  private readonly suite: CryptoSuite
  private readonly vault: KeyVault
  private readonly installation: Installation
  private readonly clock: { now(): number }
  private readonly displayName: () => string

  constructor(parts: {
    suite: CryptoSuite
    vault: KeyVault
    installation: Installation
    clock: { now(): number }
    displayName: () => string
    appVersion: string
  }) {
    this.suite = parts.suite
    this.vault = parts.vault
    this.installation = parts.installation
    this.clock = parts.clock
    this.displayName = parts.displayName
    this.appVersion = parts.appVersion
  }

  /** A fresh writer, durable with its wrapped secrets before it writes a letter. */
  begin(store: DocumentStore, documentId: DocumentId): Writer {
    const secrets: WriterSecrets = { seed: this.suite.random(32), salt: this.suite.random(32) }
    const key = this.suite.keyPair(secrets.seed).publicKey
    const certificate = this.certify(store, key)
    const kept = { ...secrets, ...(certificate === null ? {} : { cert: { ...certificate } }) }
    store.beginWriter({ key, secrets: this.vault.wrap(encode(kept)), instances: 0, named: new Map() }, this.clock.now())
    return new Writer(
      this.suite,
      fromHex(documentId),
      secrets,
      { seq: 0, prev: ZERO_ID, named: new Map() },
      certificate,
    )
  }

  /** A writer as the disk knows it. */
  resume(store: DocumentStore, log: RecordLog, key: Uint8Array): Writer {
    const row = store.writers().find((writer) => equalBytes(writer.key, key))
    const writer = row === undefined ? null : this.revive(store, log, row)
    if (writer === null) throw new SheafError('closed', 'This document must be reopened before you write on.')
    return writer
  }

  /**
   * Seals the drafts of writers whose process died, closes their runs and throws their keys away. Answers the drafts
   * that can't be signed because the key vault no longer gives their key: their words must be written anew.
   */
  sealLeftovers(store: DocumentStore, log: RecordLog): StoredDraft[] {
    const unsealable: StoredDraft[] = []
    for (const row of store.writers()) {
      const garbled = garbledDrafts(store.drafts(row.key))
      if (garbled.length > 0) store.quarantine(garbled)
      const drafts = store.drafts(row.key)
      const writer = this.revive(store, log, row)
      if (writer === null) {
        unsealable.push(...drafts)
        continue
      }
      const last = drafts.at(-1)
      if (last !== undefined) {
        const heads = log.heads()
        const streams = [...new Set(drafts.map((draft) => draft.stream))]
        const sealed = streams.flatMap((stream) =>
          writer.seal(
            drafts.filter((draft) => draft.stream === stream),
            heads,
            () => log.implied(),
          ),
        )
        store.sealDrafts(row.key, last.id, sealed, heads)
        log.extendOwn(sealed)
      }
      if (log.openRows(row.key) > 1) {
        const run = writer.close(log.closable(row.key, true), this.clock.now())
        store.closeRun(run, log.extendOwn([run]))
      }
      store.endWriter(row.key)
    }
    return unsealable
  }

  private revive(store: DocumentStore, log: RecordLog, row: StoredWriter): Writer | null {
    const kept = this.unwrap(row)
    const genesis = store.members()[0]
    if (kept === null || genesis === undefined) return null
    const position = { seq: log.heads().get(toHex(row.key)) ?? 0, prev: log.headId(row.key), named: row.named }
    return new Writer(this.suite, genesis.hash, kept.secrets, position, kept.certificate)
  }

  private unwrap(row: StoredWriter): { secrets: WriterSecrets; certificate: WriterCertificate | null } | null {
    try {
      const { seed, salt, cert } = decode(this.vault.unwrap(row.secrets)) as WriterSecrets & {
        cert?: WriterCertificate
      }
      return { secrets: { seed, salt }, certificate: cert ?? null }
    } catch {
      // The vault was reset, or the store was copied from another computer: its drafts are written anew instead.
      return null
    }
  }

  private certify(store: DocumentStore, writer: Uint8Array): WriterCertificate | null {
    const stored = store.members()[0]
    const genesis = stored === undefined ? null : readGenesis(this.suite, stored)
    if (stored === undefined || genesis === null || genesis.member === null) return null
    const { member } = founderKeys(this.suite, this.installation.userRoot, this.installation.deviceSeed, genesis.salt)
    if (!equalBytes(member.publicKey, genesis.member)) return null
    return certifyWriter(this.suite, stored.hash, writer, member, this.displayName())
  }
}

/** Ids of drafts that are no updates, or leave a gap because one before them is not. */
function garbledDrafts(drafts: readonly StoredDraft[]): number[] {
  if (isJoinable(drafts)) return []
  const good: StoredDraft[] = []
  for (const draft of drafts) if (isJoinable([...good, draft])) good.push(draft)
  return drafts.filter((draft) => !good.includes(draft)).map((draft) => draft.id)
}

function isJoinable(drafts: readonly StoredDraft[]): boolean {
  try {
    joinUpdates(drafts.map((draft) => draft.update))
    return true
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}
