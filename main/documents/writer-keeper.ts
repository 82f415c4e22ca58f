/**
 * Keeps this installation's writers: begins one a run, certified by the installation's member key where it has one,
 * and tells what those left behind whose process died.
 */
import { decode, encode } from 'cborg'
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, equalBytes, fromHex, toHex } from '../../shared/ids.ts'
import { documentKeys, type FounderKeys, readGenesis, type StoredGenesis } from '../../shared/log/genesis.ts'
import { joinUpdates } from '../../shared/log/join-updates.ts'
import { certifyWriter, type WriterCertificate, ZERO_ID } from '../../shared/log/record.ts'
import type { Standing } from '../../shared/membership/membership.ts'
import type { Secrets } from '../identity/installation.ts'
import type { RecordLog } from '../log/record-log.ts'
import { Writer, type WriterSecrets } from '../log/writer.ts'
import type { KeyVault } from '../ports.ts'
import type { DocumentStore, StoredDraft, StoredWriter } from '../storage/document-store.ts'

/** Who this installation is, and who it was. */
type Installed = Secrets & { readonly former?: readonly Secrets[] }

export class WriterKeeper {
  readonly appVersion: string
  private readonly suite: CryptoSuite
  private readonly vault: KeyVault
  private readonly installation: () => Installed
  private readonly clock: { now(): number }
  readonly displayName: () => string

  constructor(parts: {
    suite: CryptoSuite
    vault: KeyVault
    installation: Installed | (() => Installed)
    clock: { now(): number }
    displayName: () => string
    appVersion: string
  }) {
    this.suite = parts.suite
    this.vault = parts.vault
    const { installation } = parts
    this.installation = typeof installation === 'function' ? installation : () => installation
    this.clock = parts.clock
    this.displayName = parts.displayName
    this.appVersion = parts.appVersion
  }

  /** Who this installation is now: another value when somebody was restored. */
  get identity(): object {
    return this.installation()
  }

  /** The keys this person and this device have in a document, whether they are let in or not. */
  ownKeysIn(genesis: StoredGenesis): FounderKeys {
    return documentKeys(this.suite, this.installation(), genesis)
  }

  /**
   * The keys this installation opens a document with: its own. Where this device was never let in, they are those of one it was
   * before somebody was restored, or of another device of the person who was: of one that is in, else of one that was.
   */
  keysIn(genesis: StoredGenesis, own: FounderKeys, stands: (member: Uint8Array) => Standing): FounderKeys {
    const { former = [] } = this.installation()
    if (former.length === 0 || stands(own.member.publicKey) !== 'never') return own
    const others = former.map((secrets) => documentKeys(this.suite, secrets, genesis))
    const standing = (as: Standing) => others.find(({ member }) => stands(member.publicKey) === as)
    return standing('in') ?? standing('was') ?? own
  }

  /** A secret as the disk may keep it. */
  wrap(secret: Uint8Array): Uint8Array {
    return this.vault.wrap(secret)
  }

  /** Null when the vault was reset, or wrapped it on another computer. */
  unwrap(wrapped: Uint8Array): Uint8Array | null {
    try {
      return this.vault.unwrap(wrapped)
    } catch {
      return null
    }
  }

  /** A fresh writer, durable with its wrapped secrets before it writes a letter. */
  begin(store: DocumentStore, documentId: DocumentId, knows: () => number, device: KeyPair): Writer {
    const secrets: WriterSecrets = { seed: this.suite.random(32), salt: this.suite.random(32) }
    const key = this.suite.keyPair(secrets.seed).publicKey
    const certificate = this.certify(store, key, device)
    const kept = { ...secrets, ...(certificate === null ? {} : { cert: { ...certificate } }) }
    store.beginWriter({ key, secrets: this.vault.wrap(encode(kept)), instances: 0, named: new Map() }, this.clock.now())
    return new Writer(
      this.suite,
      fromHex(documentId),
      secrets,
      { seq: 0, prev: ZERO_ID, named: new Map() },
      certificate,
      knows,
    )
  }

  /** A writer as the disk knows it. */
  resume(store: DocumentStore, log: RecordLog, key: Uint8Array, knows: () => number): Writer {
    const row = store.writers().find((writer) => equalBytes(writer.key, key))
    const writer = row === undefined ? null : this.revive(store, log, row, knows)
    if (writer === null) throw new SheafError('closed', 'This document must be reopened before you write on.')
    return writer
  }

  /**
   * What writers whose process died left behind. Nobody ever signs as one of them again: this may be a restored backup
   * or a cloned disk, whose original went on writing under the same key. Drafts that can't be read go into quarantine.
   */
  leftovers(store: DocumentStore): {
    readonly writers: readonly Uint8Array[]
    readonly drafts: readonly StoredDraft[]
  } {
    const writers = store.writers().map((row) => row.key)
    const drafts: StoredDraft[] = []
    for (const writer of writers) {
      const all = store.drafts(writer)
      const unreadable = unreadableDrafts(all)
      if (unreadable.size > 0) store.quarantine([...unreadable])
      drafts.push(...all.filter((draft) => !unreadable.has(draft.id)))
    }
    return { writers, drafts }
  }

  private revive(store: DocumentStore, log: RecordLog, row: StoredWriter, knows: () => number): Writer | null {
    const kept = this.secretsOf(row)
    const genesis = store.members()[0]
    if (kept === null || genesis === undefined) return null
    const position = { seq: log.heads().get(toHex(row.key)) ?? 0, prev: log.headId(row.key), named: row.named }
    return new Writer(this.suite, genesis.hash, kept.secrets, position, kept.certificate, knows)
  }

  private secretsOf(row: StoredWriter): { secrets: WriterSecrets; certificate: WriterCertificate | null } | null {
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

  private certify(store: DocumentStore, writer: Uint8Array, device: KeyPair): WriterCertificate | null {
    const stored = store.members()[0]
    const genesis = stored === undefined ? null : readGenesis(this.suite, stored)
    if (stored === undefined || genesis === null || genesis.member === null) return null
    // Whether that device was let in is for the chain to say, and it may say so later.
    return certifyWriter(this.suite, stored.hash, writer, device, this.displayName())
  }
}

/** Ids of drafts that are no updates of the body, or leave a gap because one before them is not. */
function unreadableDrafts(drafts: readonly StoredDraft[]): ReadonlySet<number> {
  const body = drafts.filter((draft) => draft.stream === 0)
  const good: StoredDraft[] = isJoinable(body) ? body : []
  if (good.length === 0) for (const draft of body) if (isJoinable([...good, draft])) good.push(draft)
  const readable = new Set(good.map((draft) => draft.id))
  return new Set(drafts.map((draft) => draft.id).filter((id) => !readable.has(id)))
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
