/** Recovery: the words a person writes down, and the vault on the relay that these open on another computer. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, equalBytes, toHex } from '../../shared/ids.ts'
import { readChain } from '../../shared/membership/chain.ts'
import type { RestoredView } from '../../shared/ipc/together.ts'
import { documentKeys } from '../../shared/log/genesis.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { standingOf } from '../../shared/membership/membership.ts'
import { isRelayUrl } from '../../shared/membership/relay-url.ts'
import { vaultBytes } from '../../shared/relay/relay-proof.ts'
import { entropyOf, rootOf, wordsOf } from '../../shared/sharing/recovery-words.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { Installation, Restored } from '../identity/installation.ts'
import type { Hubs, RelayWay } from '../network/hubs.ts'
import type { Logger } from '../ports.ts'
import { diskError } from '../storage/disk-error.ts'
import type { RecoveryApi } from '../sheaf.ts'
import { documentAccess } from './document-access.ts'
import { fitting, openVault, sealVault, type VaultContents, type VaultDocument, vaultKey } from './vault-contents.ts'

export interface RecoveryParts {
  readonly suite: CryptoSuite
  readonly logger: Logger
  readonly hubs: Hubs
  readonly installation: () => Installation
  /** Goes on as who is restored, durably. */
  readonly adopt: (restored: Restored) => Promise<void>
  /** Takes a document in that is not on this computer; answers whether it was not. */
  readonly receive: (document: VaultDocument) => Promise<boolean>
  /** Whether a document is on this computer, or was. */
  readonly isKnown: (documentId: DocumentId) => boolean
  /** Milliseconds after a change until the vault is written. */
  readonly delay?: number
}

const DELAY = 5000
const ATTEMPTS = 4
/** Milliseconds between two looks for what the person's other computers share. */
const LOOK_EVERY = 300_000

export class Recovery implements RecoveryApi {
  private readonly parts: RecoveryParts
  /** Relay -> the documents on it that the vault should know, and what was noted of each. */
  private readonly noted = new Map<string, Map<DocumentId, VaultDocument | null>>()
  /** What a vault was last told of a document. */
  private readonly told = new Map<DocumentId, string>()
  /** Relays the person has documents on, as far as was noted. */
  private readonly relays = new Set<string>()
  private timer: NodeJS.Timeout | null = null
  private looking: NodeJS.Timeout | null = null
  private isStopped = false
  private writing: Promise<void> = Promise.resolve()

  constructor(parts: RecoveryParts) {
    this.parts = parts
  }

  async words(): Promise<string> {
    return wordsOf(this.parts.installation().entropy)
  }

  /** To be called for a document that is open and shared, and whenever its members changed. */
  note(document: OpenDocument): void {
    const { relay, seq, epoch } = document.membership()
    if (relay === null) return
    this.relays.add(relay)
    this.looking ??= setInterval(() => void this.look(), LOOK_EVERY)
    this.looking.unref()
    const key = document.members.epochKeys().get(epoch)
    const isIn = documentAccess(document) !== null && key !== undefined
    // Where only this device is out, the others keep the document in the vault.
    if (!isIn && document.members.isPersonIn) return
    const state = `${relay} ${seq} ${isIn ? epoch : 'out'}`
    if (this.told.get(document.documentId) === state) return
    this.told.set(document.documentId, state)
    const { title } = document.opening()
    const noted = this.noted.get(relay) ?? new Map<DocumentId, VaultDocument | null>()
    this.noted.set(relay, noted.set(document.documentId, isIn ? { rows: document.chain().rows, key, title } : null))
    this.timer ??= setTimeout(() => void this.keep(), this.parts.delay ?? DELAY)
    this.timer.unref()
  }

  /** Writes what was noted; resolves when it is on the relays, or was put off because one could not be asked. */
  async keep(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.writing = this.writing.then(() => this.keepAll())
    await this.writing
  }

  /** Takes in what another of this person's computers shared since; resolves when it is here, or could not be asked for. */
  async look(): Promise<void> {
    this.writing = this.writing.then(async () => {
      for (const relay of this.relays) await this.attempt(() => this.lookAt(this.parts.hubs.relay(relay)))
    })
    await this.writing
  }

  /** Writes no more and takes nothing in. What was noted is noted again at the next start. */
  stop(): void {
    this.isStopped = true
    if (this.looking !== null) clearInterval(this.looking)
    this.relays.clear()
    if (this.timer !== null) clearTimeout(this.timer)
    this.noted.clear()
  }

  async restore(words: string, relay: string): Promise<RestoredView> {
    const { suite, hubs } = this.parts
    const entropy = entropyOf(words)
    if (!isRelayUrl(relay)) throw new SheafError('invalid-argument', 'This is no address of a relay.')
    const userRoot = rootOf(suite, entropy)
    const found = await this.read(hubs.relay(relay), userRoot)
    if (found === null)
      throw new SheafError(
        'not-found',
        'This relay keeps nothing for these words; look for a slip, or ask another relay.',
      )
    // First who this is, on the disk: documents are taken in as theirs.
    const { deviceSeeds, documents } = found.contents
    const isOut = documents.some(({ rows }) => this.isOutOf(rows))
    await this.parts.adopt({ userRoot, entropy, deviceSeeds, isOut })
    const count = { coming: 0, known: 0, newer: 0, refused: 0 }
    const failed: SheafError[] = []
    for (const document of documents) {
      try {
        count[await this.takeIn(document)] += 1
      } catch (cause) {
        if (!(cause instanceof SheafError)) throw cause
        failed.push(cause)
      }
    }
    // Said once the others are here.
    if (failed[0] !== undefined) throw failed[0]
    return count
  }

  /** Whether the device that is here was let into a document and removed from it. */
  private isOutOf(rows: readonly StoredLink[]): boolean {
    const chain = readChain(this.parts.suite, rows)
    if ('refusal' in chain) return false
    const [genesis] = rows
    if (genesis === undefined) return false
    const { member } = documentKeys(this.parts.suite, this.parts.installation(), genesis)
    return standingOf(chain.membership, member.publicKey) === 'was'
  }

  /** What became of one document of the vault. */
  private async takeIn(document: VaultDocument): Promise<keyof RestoredView> {
    const chain = readChain(this.parts.suite, document.rows)
    if ('refusal' in chain) return chain.refusal === 'newer' ? 'newer' : 'refused'
    try {
      return (await this.parts.receive(document)) ? 'coming' : 'known'
    } catch (cause) {
      // The copy that is here says something else about its members: it stays as it is.
      if (cause instanceof SheafError && cause.kind === 'damaged') return 'refused'
      throw cause
    }
  }

  private async keepAll(): Promise<void> {
    for (const [relay, noted] of Array.from(this.noted)) {
      this.noted.delete(relay)
      const isWritten = await this.attempt(() => this.write(this.parts.hubs.relay(relay), noted))
      // Told again with the next change, and at the next start.
      if (!isWritten) for (const documentId of noted.keys()) this.told.delete(documentId)
    }
  }

  /** False when it could not be done just now. */
  private async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (cause) {
      // It goes on by itself, with nobody who could be told of a full disk: it is done another time.
      const failure = diskError(cause, 'The document could not be stored on this computer.')
      if (!(failure instanceof SheafError)) throw failure
      this.parts.logger.info('recovery.later', { why: failure.kind })
      return false
    }
  }

  private async lookAt(relay: RelayWay): Promise<void> {
    const { userRoot } = this.parts.installation()
    const found = await this.read(relay, userRoot)
    if (found !== null) await this.takeNews(userRoot, found.contents)
  }

  /**
   * Takes in documents that never were here, and the seeds to open them with. A computer that was removed from a document
   * does not come into others by itself: it may be lost.
   */
  private async takeNews(userRoot: Uint8Array, { deviceSeeds, documents }: VaultContents): Promise<void> {
    const { installation, adopt, isKnown } = this.parts
    const { userRoot: now, entropy } = installation()
    const news = documents.filter((one) => !isKnown(idOf(one)))
    // Somebody else may have been restored meanwhile.
    if (news.length === 0 || this.isStopped || !equalBytes(now, userRoot)) return
    if (documents.some(({ rows }) => this.isOutOf(rows))) return
    await adopt({ userRoot, entropy, deviceSeeds, isOut: false })
    for (const document of news) if (!this.isStopped) await this.takeIn(document)
  }

  /** Puts the next version, with what others of this person's computers put there meanwhile. */
  private async write(relay: RelayWay, noted: ReadonlyMap<DocumentId, VaultDocument | null>): Promise<void> {
    const { suite, installation } = this.parts
    const { userRoot, deviceSeed } = installation()
    const key = vaultKey(suite, userRoot)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.read(relay, userRoot)
      const documents = new Map(found?.contents.documents.map((one) => [idOf(one), one]))
      for (const [documentId, document] of noted) {
        const there = documents.get(documentId)?.rows.length ?? 0
        if (document === null) documents.delete(documentId)
        // Another computer may have heard more since this was noted: that this one was removed, for one.
        else if (document.rows.length >= there) documents.set(documentId, document)
      }
      const others = (found?.contents.deviceSeeds ?? []).filter((seed) => !equalBytes(seed, deviceSeed))
      const all = { deviceSeeds: [deviceSeed, ...others], documents: [...documents.values()] }
      const contents = fitting(all)
      const left = all.documents.length - contents.documents.length
      if (left > 0) this.parts.logger.info('recovery.too-much', { left })
      const bytes = sealVault(suite, userRoot, contents)
      const version = (found?.version ?? 0) + 1
      const sig = suite.sign(vaultBytes(suite, key.publicKey, version, bytes), key)
      const kept = await relay.putVault(key.publicKey, version, bytes, sig)
      if (kept === 'kept') return found === null ? undefined : await this.takeNews(userRoot, found.contents)
      if (kept !== 'stale') throw new SheafError('unreachable', 'The relay could not be asked just now.', { why: kept })
    }
    throw new SheafError('unreachable', 'The relay keeps another vault each time it is asked.')
  }

  private async read(
    relay: RelayWay,
    userRoot: Uint8Array,
  ): Promise<{ readonly version: number; readonly contents: VaultContents } | null> {
    const { suite } = this.parts
    const key = vaultKey(suite, userRoot)
    const vault = await relay.getVault(key.publicKey)
    if (vault === null) return null
    if (typeof vault === 'string')
      throw new SheafError('unreachable', 'The relay could not be asked just now.', { why: vault })
    const { version, bytes, sig } = vault
    const isOurs = suite.verify(vaultBytes(suite, key.publicKey, version, bytes), sig, key.publicKey)
    const contents = isOurs ? openVault(suite, userRoot, bytes) : null
    if (contents === 'newer')
      throw new SheafError(
        'too-new',
        'What this relay keeps for you was written by a newer Sheaf; please update Sheaf.',
      )
    if (contents === null) throw new SheafError('damaged', 'What this relay keeps for you can’t be read.')
    return { version, contents }
  }
}

function idOf({ rows }: VaultDocument): DocumentId {
  return toHex(rows[0]?.hash ?? new Uint8Array())
}
