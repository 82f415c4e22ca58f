/** The door: how this person comes into documents of others. */
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, toHex } from '../../shared/ids.ts'
import type { JoinView } from '../../shared/ipc/together.ts'
import { inviteKey } from '../../shared/sharing/invite-box.ts'
import { decodeInvite, type Invite } from '../../shared/sharing/invite-link.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import { firstDesk } from '../network/first-desk.ts'
import { keepAddresses } from '../network/known-addresses.ts'
import { personOf } from '../../shared/membership/membership.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { VaultDocument } from './vault-contents.ts'
import type { InviteDesk } from './invite-desk.ts'
import { keepNewest } from '../replication/keep-newest.ts'
import { joinDocument, type Joiner, type Joining, LOST, takeAgain } from './join-document.ts'
import type { SharingParts } from './sharing-parts.ts'
import { SharingNotes } from './sharing-notes.ts'

const MAX_UNKNOWN = 64
/** What is said of an invite that lets nobody in any more. */
const ENDED: readonly WhyNot[] = ['used-up', 'no-such-invite', 'expired']

export class Door {
  private readonly parts: SharingParts
  private readonly entered: (documentId: DocumentId) => void
  /** Link -> the row that perhaps took its invite: the answer was lost. */
  private readonly unknown = new Map<string, StoredLink>()

  constructor(parts: SharingParts, entered: (documentId: DocumentId) => void) {
    this.parts = parts
    this.entered = entered
  }

  /** Takes an invite, or asks to be let in by it; to be called again while an owner has not answered. */
  async take(link: string): Promise<JoinView> {
    const invite = decodeInvite(link)
    const taken = await this.takeInvite(link, invite)
    // Asked all the same: who was removed may not know it, and comes back by this link.
    const hasNoNews = taken.kind === 'failed' && (ENDED.includes(taken.why) || LOST.includes(taken.why))
    return hasNoNews && this.isIn(invite.documentId) ? { kind: 'joined', documentId: toHex(invite.documentId) } : taken
  }

  private async takeInvite(link: string, invite: Invite): Promise<JoinView> {
    const { suite, keeper, hubs } = this.parts
    const key = inviteKey(suite, invite.seed)
    const desks: InviteDesk[] = []
    if (hubs.lan !== null) desks.push(hubs.lan.desk(invite.addresses, invite.seed))
    if (invite.relay !== null) desks.push(hubs.relay(invite.relay).desk(key))
    const joiner = { suite, name: keeper.displayName(), keysIn: keeper.ownKeysIn.bind(keeper) }
    const row = this.unknown.get(link)
    const again = row === undefined ? null : await this.takeAgain(joiner, invite, desks, row)
    if (again !== null) return this.conclude(link, again)
    const found = await firstDesk(desks, (desk) => desk.look(invite.documentId, key.publicKey))
    if (typeof found === 'string') return { kind: 'failed', why: found }
    return this.conclude(link, await joinDocument(joiner, invite, found.desk))
  }

  /** Null when it is to be begun anew: the row did not take the invite, or opens nothing any more. */
  private async takeAgain(
    joiner: Joiner,
    invite: Invite,
    desks: readonly InviteDesk[],
    row: StoredLink,
  ): Promise<Joining | null> {
    const found = await firstDesk(desks, async (desk) => {
      const joining = await takeAgain(joiner, invite, desk, row)
      if (joining === 'stale') return 'no-such-invite'
      return joining.kind === 'failed' || joining.kind === 'unknown' ? joining.why : { joining }
    })
    if (typeof found !== 'string') return found.found.joining
    return LOST.includes(found) ? { kind: 'unknown', why: found, row } : null
  }

  private async conclude(link: string, joining: Joining): Promise<JoinView> {
    if (joining.kind === 'unknown') {
      keepNewest(this.unknown, link, joining.row, MAX_UNKNOWN)
      return { kind: 'failed', why: joining.why }
    }
    this.unknown.delete(link)
    return joining.kind === 'joined' ? await this.enter(joining, decodeInvite(link).addresses) : joining
  }

  /** Takes in a document of a vault; false when it is on this computer already. */
  restore({ rows, key, title }: VaultDocument): Promise<boolean> {
    return this.found(rows, title, (document) => document.members.keepKey(key))
  }

  /** Whether the document is here and this person in it: then a link to it leads there, whatever became of the invite. */
  private isIn(documentId: Uint8Array): boolean {
    const { documents } = this.parts
    const id = toHex(documentId)
    if (!documents.isKnown(id)) return false
    const { members } = documents.keepOpen(id)
    documents.letGo(id)
    return personOf(members.membership, members.device.publicKey) !== null
  }

  private async enter(
    { chain, box }: Extract<Joining, { kind: 'joined' }>,
    addresses: readonly string[],
  ): Promise<JoinView> {
    await this.found(chain.rows, box?.title ?? '', (document) => {
      keepAddresses(document, addresses)
      if (box === null) return
      if (box.key !== null) document.members.keepKey(box.key)
      new SharingNotes(document, this.parts.keeper).hearName(toHex(box.root), box.inviter)
    })
    return { kind: 'joined', documentId: toHex(chain.membership.documentId) }
  }

  /** The document is on this computer from now on, empty until its words come. Answers whether it was not before. */
  private async found(
    rows: readonly StoredLink[],
    title: string,
    furnish: (document: OpenDocument) => void,
  ): Promise<boolean> {
    const { documents, receive } = this.parts
    const documentId = toHex(rows[0]?.hash ?? new Uint8Array())
    const isNew = !documents.isKnown(documentId)
    documents.found(documentId, rows)
    const document = documents.keepOpen(documentId)
    try {
      if (document.follow(rows).kind !== 'followed')
        throw new SheafError(
          'damaged',
          'The copy on this computer says something else about who may write in this document.',
        )
      furnish(document)
    } finally {
      documents.letGo(documentId)
    }
    if (isNew) await receive(documentId, title)
    this.entered(documentId)
    return isNew
  }
}
