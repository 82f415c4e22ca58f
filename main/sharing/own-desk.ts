/** This computer's own desk: where those who hold an invite made here take it, over whatever way they came. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { type DocumentId, equalBytes, toHex } from '../../shared/ids.ts'
import { readMemberOp, type StoredLink, verifyConsent } from '../../shared/membership/member-op.ts'
import { inviteSecret, openName, sealBox } from '../../shared/sharing/invite-box.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { ChainChanges } from './chain-changes.ts'
import type { InviteDesk, JoinRequest } from './invite-desk.ts'
import { type InviteNote, SharingNotes, type Wrapping } from './sharing-notes.ts'

export interface OwnDeskParts {
  readonly suite: CryptoSuite
  readonly clock: { now(): number }
  readonly wrapping: Wrapping
  readonly changes: ChainChanges
  readonly displayName: () => string
  /** Runs work on a document that is on this computer; throws `not-found` for others. */
  readonly using: <T>(documentId: DocumentId, work: (document: OpenDocument) => Promise<T> | T) => Promise<T>
  readonly isKnown: (documentId: DocumentId) => boolean
  /** Somebody came, or asks to. */
  readonly changed: (document: OpenDocument) => void
}

/** Milliseconds for which a box is given again to who sends the very row that took it. */
const AGAIN = 60_000

interface Knock {
  readonly invite: string
  readonly secret: Uint8Array
  readonly isOpen: boolean
}

interface Found {
  readonly note: InviteNote
  readonly approval: boolean
}

export class OwnDesk implements InviteDesk {
  private readonly parts: OwnDeskParts
  /** Document -> its invites made here, and the secrets that knock for them. */
  private readonly secrets = new Map<DocumentId, readonly Knock[]>()

  /** Hash of a row that took an invite here -> which, and until when its box is given again. */
  private readonly handed = new Map<string, { readonly invite: string; readonly until: number }>()

  constructor(parts: OwnDeskParts) {
    this.parts = parts
  }

  /** To be called when a document is open, and when its invites changed. */
  open(document: OpenDocument): void {
    const { suite } = this.parts
    const { invites } = document.membership()
    this.secrets.set(
      document.documentId,
      this.notes(document)
        .invites()
        .map(({ id, seed }) => ({
          invite: id,
          secret: inviteSecret(suite, seed),
          isOpen: (invites.get(id)?.uses ?? 0) > 0,
        })),
    )
  }

  /** What those who may knock know. */
  lanSecrets(): readonly Uint8Array[] {
    const knocks = [...this.secrets.values()].flat()
    return knocks.filter(({ invite, isOpen }) => isOpen || this.wasHanded(invite)).map(({ secret }) => secret)
  }

  look(documentId: Uint8Array, invite: Uint8Array): Promise<{ readonly chain: readonly StoredLink[] } | WhyNot> {
    return this.at(documentId, (document) => {
      const found = this.find(document, invite)
      return typeof found === 'string' ? found : { chain: document.chain().rows }
    })
  }

  take(
    documentId: Uint8Array,
    invite: Uint8Array,
    row: StoredLink,
    name: Uint8Array,
  ): Promise<{ readonly chain: readonly StoredLink[]; readonly box: Uint8Array } | 'stale' | WhyNot> {
    return this.at(documentId, async (document) => {
      const { suite, changes } = this.parts
      const op = readMemberOp(suite, documentId, row)
      if (typeof op === 'string' || op.change.type !== 'invite-use' || !equalBytes(op.change.invite, invite))
        return 'refused'
      // Who comes again with the row that took it a moment ago lost the answer on its way; later it opens nothing.
      const isThere = (this.handed.get(toHex(row.hash))?.until ?? 0) > this.parts.clock.now()
      const found = this.find(document, invite, isThere)
      if (typeof found === 'string') return found
      if (found.approval) return 'refused'
      // Whoever has the link sees the rows of those who came by it.
      const isOld = !isThere && document.chain().rows.some(({ hash }) => equalBytes(hash, row.hash))
      if (isOld) return 'used-up'
      if (!isThere && (await changes.append(document, row)) === 'stale') return 'stale'
      if (!isThere) this.remember(row, toHex(invite))
      const { root, member } = op.change
      this.notes(document).hearName(toHex(root), openName(suite, found.note.seed, documentId, name))
      this.open(document)
      this.parts.changed(document)
      return { chain: document.chain().rows, box: suite.seal(this.box(document, found.note.seed, false), member) }
    })
  }

  ask(
    documentId: Uint8Array,
    invite: Uint8Array,
    request: JoinRequest,
  ): Promise<{ readonly chain: readonly StoredLink[] } | 'waiting' | WhyNot> {
    return this.at(documentId, (document) => {
      if (document.membership().people.has(toHex(request.root))) return { chain: document.chain().rows }
      const found = this.find(document, invite)
      if (typeof found === 'string') return found
      const { suite } = this.parts
      const consents = verifyConsent(suite, documentId, { type: 'invite-use', invite, ...request })
      if (!found.approval || !consents || !suite.isPublicKey(request.member)) return 'refused'
      if (!this.notes(document).keepRequest({ ...request, invite })) return 'busy'
      this.parts.changed(document)
      return 'waiting'
    })
  }

  /** What is given to who takes an invite; without a key where an owner has to let them in. */
  box(document: OpenDocument, seed: Uint8Array, approval: boolean): Uint8Array {
    const { suite, displayName } = this.parts
    const { documentId, epoch } = document.membership()
    const key = approval ? null : (document.members.epochKeys().get(epoch) ?? null)
    const { title } = document.opening()
    const root = document.members.keys.root.publicKey
    return sealBox(suite, seed, documentId, { key, inviter: displayName(), root, title })
  }

  notes(document: OpenDocument): SharingNotes {
    return new SharingNotes(document, this.parts.wrapping)
  }

  private async at<T>(documentId: Uint8Array, work: (document: OpenDocument) => Promise<T> | T): Promise<T | WhyNot> {
    const id = toHex(documentId)
    return this.parts.isKnown(id) ? this.parts.using(id, work) : 'unknown-document'
  }

  private remember(row: StoredLink, invite: string): void {
    const now = this.parts.clock.now()
    for (const [hash, { until }] of this.handed) if (until <= now) this.handed.delete(hash)
    this.handed.set(toHex(row.hash), { invite, until: now + AGAIN })
  }

  /** Whether somebody took it here a moment ago. */
  private wasHanded(invite: string): boolean {
    const now = this.parts.clock.now()
    return [...this.handed.values()].some((one) => one.invite === invite && one.until > now)
  }

  /** An invite that was made here and can still be taken; also one used up when `isTaken`. */
  private find(document: OpenDocument, invite: Uint8Array, isTaken = false): Found | WhyNot {
    const id = toHex(invite)
    const note = this.notes(document)
      .invites()
      .find((one) => one.id === id)
    const open = document.membership().invites.get(id)
    if (note === undefined || open === undefined) return 'no-such-invite'
    if (open.expires <= this.parts.clock.now()) return 'expired'
    if (open.uses === 0 && !isTaken) return 'used-up'
    return { note, approval: open.approval }
  }
}
