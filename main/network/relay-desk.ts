/** A relay's desk as every desk is talked to: an invite's key is known to it, and who was let in is told so by the chain. */
import type { KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes } from '../../shared/ids.ts'
import { changeOf } from '../../shared/membership/member-op.ts'
import type { RelayInviteDesk } from '../replication/relay/relay-invite-desk.ts'
import type { InviteDesk } from '../sharing/invite-desk.ts'

export function relayDesk(relay: RelayInviteDesk, invite: KeyPair): InviteDesk {
  return {
    look: (documentId) => relay.look(documentId, invite),
    take: (documentId, _key, row) => relay.take(documentId, invite, row),
    async ask(documentId, _key, request) {
      const looked = await relay.look(documentId, invite)
      if (typeof looked === 'string') return looked
      const changes = looked.chain.slice(1).map(changeOf)
      if (changes.some((change) => change.type === 'add' && equalBytes(change.root, request.root))) return looked
      return (await relay.ask(documentId, invite, request)) ?? 'waiting'
    },
  }
}
