/** Taking an invite: the chain is looked at, the row that takes it made, and the box opened that is given for it. */
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes, toHex } from '../../shared/ids.ts'
import type { FounderKeys, StoredGenesis } from '../../shared/log/genesis.ts'
import { type Chain, readChain } from '../../shared/membership/chain.ts'
import { signConsent, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { personOf } from '../../shared/membership/membership.ts'
import { type InviteBox, inviteKey, openBox, sealName } from '../../shared/sharing/invite-box.ts'
import type { Invite } from '../../shared/sharing/invite-link.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import type { InviteDesk } from './invite-desk.ts'

/** How often another may come first before it is given up. */
const ATTEMPTS = 8
/** Reasons that say nothing of whether an invite was taken: the answer may have been lost on its way. */
export const LOST: readonly WhyNot[] = ['nobody-near', 'offline', 'relay-unreachable', 'busy']

export type Joining =
  /** Let in; `box` is null for one who was in already, or whom an owner let in. */
  | { readonly kind: 'joined'; readonly chain: Chain; readonly box: InviteBox | null }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly why: WhyNot }
  /** Nobody knows whether the invite was taken: `takeAgain` with this row asks. */
  | { readonly kind: 'unknown'; readonly why: WhyNot; readonly row: StoredLink }

export interface Joiner {
  readonly suite: CryptoSuite
  readonly name: string
  /** This installation's keys in a document. */
  readonly keysIn: (genesis: StoredGenesis) => FounderKeys
}

export async function joinDocument(joiner: Joiner, invite: Invite, desk: InviteDesk): Promise<Joining> {
  const { suite } = joiner
  const { documentId, seed } = invite
  const key = inviteKey(suite, seed)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const looked = await desk.look(documentId, key.publicKey)
    if (typeof looked === 'string') return failed(looked)
    const chain = verified(suite, documentId, looked.chain)
    if (typeof chain === 'string') return failed(chain)
    const [genesis] = chain.rows
    if (genesis === undefined) return failed('other-document')
    const keys = joiner.keysIn(genesis)
    if (personOf(chain.membership, keys.member.publicKey) !== null) return { kind: 'joined', chain, box: null }
    // In with another device: that lets this one in, and no invite does.
    if (chain.membership.people.has(toHex(keys.root.publicKey))) return failed('refused')
    const open = chain.membership.invites.get(toHex(key.publicKey))
    if (open === undefined) return failed('no-such-invite')
    if (open.uses === 0) return failed('used-up')
    const name = sealName(suite, seed, documentId, joiner.name)
    if (open.approval) return await ask(joiner, invite, desk, key, keys, name)
    const row = takingRow(suite, chain, key, keys)
    const taken = await desk.take(documentId, key.publicKey, row, name)
    if (taken === 'stale') continue
    if (typeof taken === 'string' && LOST.includes(taken)) {
      const again = await takeAgain(joiner, invite, desk, row)
      if (again !== 'stale') return again
      continue
    }
    return typeof taken === 'string' ? failed(taken) : opened(suite, invite, taken, keys)
  }
  return failed('busy')
}

/** Asks once more with the row that perhaps took the invite: for a moment it is answered alike. 'stale': it did not. */
export async function takeAgain(
  { suite, name, keysIn }: Joiner,
  invite: Invite,
  desk: InviteDesk,
  row: StoredLink,
): Promise<Joining | 'stale'> {
  const { documentId, seed } = invite
  const { publicKey } = inviteKey(suite, seed)
  const taken = await desk.take(documentId, publicKey, row, sealName(suite, seed, documentId, name))
  if (taken === 'stale') return taken
  if (typeof taken === 'string') return LOST.includes(taken) ? { kind: 'unknown', why: taken, row } : failed(taken)
  const [genesis] = taken.chain
  return genesis === undefined ? failed('other-document') : opened(suite, invite, taken, keysIn(genesis))
}

/** The row that takes an invite: signed by its key, with the new person's own word that they want in. */
function takingRow(suite: CryptoSuite, { membership }: Chain, key: KeyPair, { root, member }: FounderKeys): StoredLink {
  const { documentId } = membership
  return signMemberOp(suite, documentId, membership, key, {
    type: 'invite-use',
    invite: key.publicKey,
    root: root.publicKey,
    member: member.publicKey,
    consent: signConsent(suite, documentId, key.publicKey, root, member.publicKey),
  })
}

function opened(
  suite: CryptoSuite,
  { documentId, seed }: Invite,
  taken: { readonly chain: readonly StoredLink[]; readonly box: Uint8Array },
  { member }: FounderKeys,
): Joining {
  const chain = verified(suite, documentId, taken.chain)
  if (typeof chain === 'string') return failed(chain)
  const given = suite.unseal(taken.box, member)
  const box = given === null ? null : openBox(suite, seed, documentId, given)
  const isIn = personOf(chain.membership, member.publicKey) !== null
  return box === null || !isIn ? failed('refused') : { kind: 'joined', chain, box }
}

async function ask(
  { suite }: Joiner,
  { documentId }: Invite,
  desk: InviteDesk,
  key: KeyPair,
  { root, member }: FounderKeys,
  name: Uint8Array,
): Promise<Joining> {
  const consent = signConsent(suite, documentId, key.publicKey, root, member.publicKey)
  const answer = await desk.ask(documentId, key.publicKey, {
    root: root.publicKey,
    member: member.publicKey,
    consent,
    name,
  })
  if (answer === 'waiting') return { kind: 'waiting' }
  if (typeof answer === 'string') return failed(answer)
  const chain = verified(suite, documentId, answer.chain)
  if (typeof chain === 'string') return failed(chain)
  const isIn = personOf(chain.membership, member.publicKey) !== null
  return isIn ? { kind: 'joined', chain, box: null } : failed('refused')
}

/** The chain of the document the invite names, whatever a desk says. */
function verified(suite: CryptoSuite, documentId: Uint8Array, rows: readonly StoredLink[]): Chain | WhyNot {
  const [genesis] = rows
  if (genesis === undefined || !equalBytes(genesis.hash, documentId)) return 'other-document'
  const chain = readChain(suite, rows)
  if (!('refusal' in chain)) return chain
  return chain.refusal === 'newer' ? 'version' : 'refused'
}

function failed(why: WhyNot): Joining {
  return { kind: 'failed', why }
}
