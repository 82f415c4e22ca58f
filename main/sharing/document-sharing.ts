/** Sharing: letting others into documents and out of them again, as people do it. Every change is a row of the chain. */
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, fromHex, toHex } from '../../shared/ids.ts'
import type { InviteWish, JoinView, SharingView } from '../../shared/ipc/together.ts'
import { verifyConsent } from '../../shared/membership/member-op.ts'
import { personOf } from '../../shared/membership/membership.ts'
import { isLess, mayWrite, type Role } from '../../shared/membership/role.ts'
import { inviteKey } from '../../shared/sharing/invite-box.ts'
import { encodeInvite, MAX_ADDRESSES } from '../../shared/sharing/invite-link.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { RelayWay } from '../network/hubs.ts'
import type { NetworkPort, Sharing } from '../network/sharing-port.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import { ChainChanges, type NextChange } from './chain-changes.ts'
import { documentAccess } from './document-access.ts'
import { Door } from './door.ts'
import { OwnDesk } from './own-desk.ts'
import { Fingerprints } from './fingerprints.ts'
import { leaveBox } from './leave-box.ts'
import { firstEpoch } from './first-epoch.ts'
import { cutOf } from './person-writers.ts'
import { OwedChanges } from './owed-changes.ts'
import { deviceRemoval, removal } from './removal.ts'
import type { RequestNote } from './sharing-notes.ts'
import type { VaultDocument } from './vault-contents.ts'
import { sharingView } from './sharing-view.ts'
import type { SharingParts } from './sharing-parts.ts'

const HOUR = 3_600_000

export class DocumentSharing implements Sharing {
  private readonly parts: SharingParts
  private readonly changes: ChainChanges
  readonly desk: OwnDesk
  private readonly door: Door
  private network: NetworkPort | null = null
  private readonly fingerprints: Fingerprints
  /** Requests that relays keep, as they were heard last. */
  private readonly asked = new Map<DocumentId, readonly RequestNote[]>()
  private readonly owed: OwedChanges

  constructor(parts: SharingParts) {
    this.parts = parts
    const { suite, clock, keeper, documents } = parts
    this.changes = new ChainChanges(suite, (documentId, row) => this.network?.propose(documentId, row), parts.patience)
    this.desk = new OwnDesk({
      suite,
      clock,
      wrapping: keeper,
      changes: this.changes,
      displayName: keeper.displayName,
      using: (documentId, work) => this.using(documentId, async (document) => work(document)),
      isKnown: (documentId) => documents.isKnown(documentId),
      changed: (document) => this.tell(document),
    })
    this.owed = new OwedChanges({
      suite,
      logger: parts.logger,
      make: (documentId, changes) => this.using(documentId, (document) => this.change(document, changes(document))),
    })
    this.fingerprints = new Fingerprints(suite)
    this.door = new Door(parts, (documentId) => this.network?.reconsider(documentId))
  }

  /** The network: made after sharing, because each needs the other. */
  attach(network: NetworkPort): void {
    this.network = network
    this.parts.hubs.lan?.serve(this.desk)
  }

  access(document: OpenDocument): DocumentAccess | null {
    const access = documentAccess(document)
    if (access !== null) {
      this.owed.comeIn(document)
      this.desk.open(document)
      this.parts.noted?.(document)
    }
    return access
  }

  membersChanged(document: OpenDocument, names: ReadonlyMap<string, string>): void {
    this.owed.finishRemoval(document)
    this.desk.open(document)
    // Who never writes is named nowhere else: it is remembered for when they are gone.
    this.desk.notes(document).hearNames(names)
    this.parts.noted?.(document)
    this.tell(document)
  }

  view(documentId: DocumentId): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      this.hearRequests(document)
      return this.viewOf(document)
    })
  }

  invite(documentId: DocumentId, wish: InviteWish): Promise<{ link: string; view: SharingView }> {
    return this.using(documentId, async (document) => {
      const { suite, clock, hubs } = this.parts
      const { role, uses, approval } = wish
      const seed = suite.random(32)
      const invite = inviteKey(suite, seed).publicKey
      const expires = clock.now() + Math.round(wish.hours * HOUR)
      const isFirst = document.membership().sharedAt === null
      // Known here before anybody can come with it.
      this.desk.notes(document).keepInvite({ id: toHex(invite), seed, uses })
      await this.change(document, [
        firstEpoch(suite),
        () => ({ type: 'invite', invite, role, uses, expires, approval }),
      ])
      // What others wrote before anybody was let in is part of what is shared.
      if (isFirst) document.rights.admit(document.rights.waiting())
      const { relay } = document.membership()
      const access = this.access(document)
      this.network?.reconsider(documentId)
      if (relay !== null && access !== null) {
        const box = this.desk.box(document, seed, approval)
        try {
          await leaveBox(hubs.relay(relay), access, { invite, box, approval }, this.parts.patience)
        } catch (cause) {
          // Nobody gets its link. Where not even that can be said it stays in the list, and can be ended there.
          await this.withdraw(document, toHex(invite)).catch(passUnreachable)
          throw cause
        }
      }
      const addresses = ((await hubs.lan?.addresses()) ?? []).slice(0, MAX_ADDRESSES)
      const link = encodeInvite({ seed, documentId: fromHex(documentId), relay, addresses })
      return { link, view: this.viewOf(document) }
    })
  }

  dropInvite(documentId: DocumentId, invite: string): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      await this.withdraw(document, invite)
      await this.atRelay(document, (relay, access) => relay.dropInvite(access, fromHex(invite)))
      return this.viewOf(document)
    })
  }

  answer(documentId: DocumentId, request: string, admit: boolean): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      const { suite } = this.parts
      const notes = this.desk.notes(document)
      const asked = [...notes.requests(), ...(this.asked.get(documentId) ?? [])]
      const one = asked.find(({ root }) => toHex(root) === request)
      if (one === undefined) throw new SheafError('not-found', 'This request is not there any more.')
      if (admit) {
        const { root, member, invite } = one
        const open = document.membership().invites.get(toHex(invite))
        const consents = verifyConsent(suite, fromHex(documentId), { type: 'invite-use', ...one })
        if (open === undefined || open.uses === 0 || !consents || !suite.isPublicKey(member))
          throw new SheafError('not-found', 'The invite this request came by is not there any more.')
        await this.change(document, [
          ({ epoch }) => {
            const key = document.members.epochKeys().get(epoch)
            if (key === undefined)
              throw new SheafError('unreachable', 'The newest key of this document has not come yet.')
            return { type: 'add', root, member, role: open.role, key: suite.seal(key.key, member) }
          },
        ])
      }
      notes.dropRequest(request)
      this.asked.set(
        documentId,
        (this.asked.get(documentId) ?? []).filter(({ root }) => toHex(root) !== request),
      )
      if (!admit) await this.atRelay(document, (relay, access) => relay.dropRequest(access, one.root))
      return this.viewOf(document)
    })
  }

  setRole(documentId: DocumentId, person: string, role: Role): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      await this.change(document, [
        (membership) => {
          const before = membership.people.get(person)?.role
          if (before === role) return null
          const lowered = before !== undefined && isLess(role, before)
          const cut = lowered ? cutOf(this.parts.suite, document, membership, person) : []
          return { type: 'role', root: fromHex(person), role, cut }
        },
      ])
      return this.viewOf(document)
    })
  }

  /** Invites end with it: who is removed may know of one. */
  remove(documentId: DocumentId, person: string): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      if (!document.membership().people.has(person))
        throw new SheafError('not-found', 'This person is not in the document any more.')
      await this.change(document, removal(this.parts.suite, document, person))
      return this.viewOf(document)
    })
  }

  /** One's own other device, or as an owner anybody's. */
  removeDevice(documentId: DocumentId, device: string): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      if (personOf(document.membership(), fromHex(device)) === null)
        throw new SheafError('not-found', 'This computer is not in the document any more.')
      await this.change(document, deviceRemoval(this.parts.suite, document, device))
      return this.viewOf(document)
    })
  }

  verify(documentId: DocumentId, person: string, verified: boolean): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      this.desk.notes(document).verify(person, verified)
      return this.viewOf(document)
    })
  }

  admit(documentId: DocumentId, waiting: string): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      const role = document.members.role()
      if (role === null || !mayWrite(role, 0))
        throw new SheafError('no-permission', 'Only who may write in this document can let words in.')
      const work = document.rights.waiting().find(({ id }) => id === waiting)
      if (work === undefined) throw new SheafError('not-found', 'These words do not wait any more.')
      document.rights.admit([work])
      return this.viewOf(document)
    })
  }

  setRelay(documentId: DocumentId, url: string | null): Promise<SharingView> {
    return this.using(documentId, async (document) => {
      await this.change(document, [
        firstEpoch(this.parts.suite),
        ({ relay }) => (relay === url ? null : { type: 'relay', url }),
      ])
      this.network?.reconsider(documentId)
      const open = this.desk.notes(document).invites()
      for (const { id, seed } of open) {
        const { approval } = document.membership().invites.get(id) ?? { approval: false }
        const box = this.desk.box(document, seed, approval)
        await this.atRelay(document, (relay, access) => relay.putInvite(access, { invite: fromHex(id), box, approval }))
      }
      return this.viewOf(document)
    })
  }

  join(link: string): Promise<JoinView> {
    return this.door.take(link)
  }

  /** Takes in a document of a vault; false when it is on this computer already. */
  restore(document: VaultDocument): Promise<boolean> {
    return this.door.restore(document)
  }

  private async withdraw(document: OpenDocument, invite: string): Promise<void> {
    await this.change(document, [() => ({ type: 'invite-drop', invite: fromHex(invite) })])
    this.desk.notes(document).dropInvite(invite)
  }

  private async change(document: OpenDocument, changes: readonly NextChange[]): Promise<void> {
    if (document.membership().people.size === 0)
      throw new SheafError(
        'unsupported',
        'This document has no owner, so nobody can share it; duplicate it and share the copy.',
      )
    await this.changes.make(document, changes)
    this.desk.open(document)
    this.network?.reconsider(document.documentId)
    this.tell(document)
  }

  /** Something to be done at the relay too; when it can't be asked now, what counts is in the chain. */
  private async atRelay(
    document: OpenDocument,
    work: (relay: RelayWay, access: DocumentAccess) => Promise<void>,
  ): Promise<void> {
    const { relay } = document.membership()
    const access = this.access(document)
    if (relay === null || access === null) return
    try {
      await work(this.parts.hubs.relay(relay), access)
    } catch (cause) {
      passUnreachable(cause)
      this.parts.logger.info('sharing.relay-later', { document: document.documentId.slice(0, 8) })
    }
  }

  private hearRequests(document: OpenDocument): void {
    const { documentId } = document
    if (document.members.role() !== 'owner') return
    void this.atRelay(document, async (relay, access) => {
      const requests = await relay.requests(access)
      const before = this.asked.get(documentId) ?? []
      this.asked.set(documentId, requests)
      if (requests.length !== before.length && this.parts.documents.isKnown(documentId))
        await this.using(documentId, async (open) => this.tell(open))
    }).catch((cause: unknown) => this.parts.logger.error('sharing.requests', cause))
  }

  private viewOf(document: OpenDocument): SharingView {
    const { suite, keeper } = this.parts
    const { documentId } = document
    return sharingView(
      {
        suite,
        displayName: keeper.displayName(),
        fingerprint: (root) => this.fingerprints.of(root),
        notes: this.desk.notes(document),
        requests: this.asked.get(documentId) ?? [],
        online: this.network?.online(documentId) ?? new Set(),
        live: this.network?.names(documentId) ?? new Map(),
        lan: this.network?.ways.hasLan(document) ?? false,
      },
      document,
    )
  }

  private tell(document: OpenDocument): void {
    this.parts.announce({ name: 'sharing.changed', payload: this.viewOf(document) })
  }

  private async using<T>(documentId: DocumentId, work: (document: OpenDocument) => Promise<T>): Promise<T> {
    const document = this.parts.documents.keepOpen(documentId)
    try {
      return await work(document)
    } finally {
      this.parts.documents.letGo(documentId)
    }
  }
}

/** Throws what is anything else. */
function passUnreachable(cause: unknown): void {
  if (!(cause instanceof SheafError && cause.kind === 'unreachable')) throw cause
}
