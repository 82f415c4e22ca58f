/** Relay proofs: the bytes that are signed for a relay. Each is of use for one thing, at one relay. */
import { concat, type CryptoSuite, domain } from '../crypto/crypto-suite.ts'
import { uint64 } from '../log/record.ts'
import type { JoinRequest } from './relay-message.ts'

const OPEN_DOMAIN = domain('relay-open/1')
const LOOK_DOMAIN = domain('relay-look/1')
const ASK_DOMAIN = domain('relay-ask/1')
const VAULT_DOMAIN = domain('relay-vault/1')
const encoder = new TextEncoder()

/** One connection of an app to a relay: `host` is what the app dialled, the nonce is the relay's. */
export interface Meeting {
  readonly host: string
  readonly nonce: Uint8Array
}

/** Signed with a member key: that its device opens this document here and now. */
export function openBytes({ host, nonce }: Meeting, documentId: Uint8Array): Uint8Array {
  return concat(OPEN_DOMAIN, hostBytes(host), nonce, documentId)
}

/** Signed with an invite's key: that somebody who has the link looks at the membership chain here and now. */
export function lookBytes({ host, nonce }: Meeting, documentId: Uint8Array, invite: Uint8Array): Uint8Array {
  return concat(LOOK_DOMAIN, hostBytes(host), nonce, documentId, invite)
}

/** Signed with the invite's key: that somebody who has the link asks to be let in. */
export function askBytes(documentId: Uint8Array, { invite, root, member, consent, name }: JoinRequest): Uint8Array {
  return concat(ASK_DOMAIN, documentId, invite, root, member, consent, name)
}

/** Signed with the vault's key, whose public half is the vault's id. */
export function vaultBytes(suite: CryptoSuite, vault: Uint8Array, version: number, bytes: Uint8Array): Uint8Array {
  return concat(VAULT_DOMAIN, vault, uint64(version), suite.hash(bytes))
}

function hostBytes(host: string): Uint8Array {
  const name = encoder.encode(host.toLowerCase())
  return concat(uint64(name.length), name)
}
