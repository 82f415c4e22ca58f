/** What is answered to a request that is not about a session: invites, vaults, and what closed runs cover. */
import { type RelayMessage, type RelayMessageOf, ROWS_PAGE } from '../../shared/relay/relay-message.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { lookBytes, type Meeting } from '../../shared/relay/relay-proof.ts'
import type { RelayRefusal } from '../../shared/relay/relay-refusal.ts'
import type { DocumentRoom } from '../rooms/document-room.ts'
import type { ConnectionParts } from './connection.ts'

/** Who asks: which documents they have opened, with which key. */
interface Asker {
  opened(chan: number): { readonly room: DocumentRoom; readonly member: Uint8Array } | null
  mayBegin(): boolean
  readonly meeting: Meeting
}

/** 'malformed' for what no app says. */
export async function answerRequest(
  { ports, desk, vaults }: ConnectionParts,
  asker: Asker,
  message: RelayMessage,
): Promise<RelayMessage | 'malformed'> {
  switch (message.t) {
    case 'look': {
      const { document, invite, sig, from } = message
      if (!ports.suite.verify(lookBytes(asker.meeting, document, invite), sig, invite)) return no(message, 'refused')
      const rows = desk.look(document, invite, from)
      return typeof rows === 'string' ? no(message, rows) : page(message.id, rows)
    }
    case 'take': {
      const [row, ...others] = message.row
      if (row === undefined || others.length > 0) return 'malformed'
      const box = await desk.take(message.document, message.invite, row)
      return typeof box === 'string' ? no(message, box) : { t: 'taken', id: message.id, box }
    }
    case 'ask': {
      const { invite, root, member, consent, name } = message
      return done(message, await desk.ask(message.document, { invite, root, member, consent, name }, message.sig))
    }
    case 'put-vault': {
      const { version, bytes, sig } = message
      return done(message, await vaults.put(message.vault, { version, bytes, sig }, asker))
    }
    case 'get-vault': {
      const vault = vaults.find(message.vault)
      if (vault === null) return no(message, 'unknown-document')
      return { t: 'vault', id: message.id, version: vault.version, bytes: vault.bytes, sig: vault.sig }
    }
    case 'covers': {
      const opened = asker.opened(message.chan)
      return done(message, opened === null ? 'refused' : await opened.room.claims.vouch(opened.member, message.runs))
    }
    case 'put-invite':
    case 'drop-invite':
    case 'list-requests':
    case 'drop-request': {
      const opened = asker.opened(message.chan)
      if (opened === null || opened.room.document.roleOf(opened.member) !== 'owner') return no(message, 'refused')
      return await answerOwner(ports.mailbox.invites, desk, opened.room, message)
    }
    default:
      return 'malformed'
  }
}

type OwnerMessage = RelayMessageOf<'put-invite' | 'drop-invite' | 'list-requests' | 'drop-request'>

async function answerOwner(
  invites: ConnectionParts['ports']['mailbox']['invites'],
  desk: ConnectionParts['desk'],
  room: DocumentRoom,
  message: OwnerMessage,
): Promise<RelayMessage> {
  const { number } = room.document
  switch (message.t) {
    case 'put-invite':
      return done(message, await desk.putInvite(room, message.invite, message.box))
    case 'list-requests':
      return { t: 'requests', id: message.id, requests: invites.requests(number) }
    case 'drop-invite':
    case 'drop-request': {
      const dropped = await room.commit(() => {
        if (message.t === 'drop-invite') invites.drop(number, message.invite)
        else invites.answer(number, message.root)
        return 'dropped'
      })
      return done(message, dropped === null ? 'busy' : null)
    }
  }
}

function no({ id }: { readonly id: number }, why: RelayRefusal): RelayMessage {
  return { t: 'no', id, why }
}

function done(message: { readonly id: number }, why: RelayRefusal | null): RelayMessage {
  return why === null ? { t: 'done', id: message.id } : no(message, why)
}

/** As many rows as fit a message. */
function page(id: number, all: readonly StoredLink[]): RelayMessage {
  let bytes = 0
  const rows = all.filter(({ op }, index) => (bytes += op.length + 100) <= ROWS_PAGE || index === 0)
  return { t: 'chain', id, rows, more: rows.length < all.length }
}
