/** The people of a simulated world, with their devices, and the chain that lets them into one document. */
import type { Secrets } from '../../main/identity/installation.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { documentKeys, foundDocument, founderKeys } from '../../shared/log/genesis.ts'
import { beginEpoch } from '../../shared/membership/epoch-chain.ts'
import { type MemberChange, signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { readMembership } from '../../shared/membership/membership.ts'
import type { Role } from '../../shared/membership/role.ts'
import type { Random } from '../seeded-random.ts'

export interface Part {
  readonly name: string
  readonly secrets: Secrets
}

export interface Cast {
  readonly rows: readonly StoredLink[]
  readonly founder: Part
  /** Devices that are in from the beginning, the founder's first. */
  readonly parts: readonly Part[]
  readonly isOnRelay: boolean
}

const NAMES = ['bob', 'carol', 'dave']
const ROLES: readonly Role[] = ['editor', 'editor', 'editor', 'editor', 'owner', 'commenter', 'reader']
export const RELAY_URL = 'wss://relay.example'

export function newPart(suite: CryptoSuite, name: string): Part {
  return { name, secrets: { userRoot: suite.random(32), deviceSeed: suite.random(32) } }
}

/** Another device of the same person. */
export function secondDevice(suite: CryptoSuite, { name, secrets }: Part): Part {
  return { name: `${name}’s other`, secrets: { userRoot: secrets.userRoot, deviceSeed: suite.random(32) } }
}

export function gather(suite: CryptoSuite, random: Random): Cast {
  const founder = newPart(suite, 'alice')
  const salt = suite.random(16)
  const { userRoot, deviceSeed } = founder.secrets
  const genesis = foundDocument(suite, 0, salt, founderKeys(suite, userRoot, deviceSeed, salt))
  const owner = documentKeys(suite, founder.secrets, genesis).member
  const rows: StoredLink[] = [genesis]
  const membership = () => {
    const read = readMembership(suite, rows)
    if ('refusal' in read) throw new Error(`row ${read.row}: ${read.refusal}`)
    return read
  }
  const append = (change: MemberChange, by = owner): void =>
    void rows.push(signMemberOp(suite, genesis.hash, membership(), by, change))
  const epoch = { epoch: 1, key: suite.random(32) }
  append(beginEpoch(suite, membership(), epoch, null))
  const isOnRelay = random.below(2) === 0
  if (isOnRelay) append({ type: 'relay', url: RELAY_URL })
  const parts = [founder]
  for (const name of NAMES.slice(0, 1 + random.below(3))) {
    const part = newPart(suite, name)
    const { root, member } = documentKeys(suite, part.secrets, genesis)
    const key = suite.seal(epoch.key, member.publicKey)
    append({ type: 'add', root: root.publicKey, member: member.publicKey, role: random.pick(ROLES), key })
    parts.push(part)
  }
  // Two devices of a founder who appends rows may fork the chain while they are apart: docs/CAVEATS.md.
  const [, someone = founder] = parts
  if (random.below(3) === 0) {
    const part = secondDevice(suite, isOnRelay && random.below(2) === 0 ? founder : someone)
    const { root, member } = documentKeys(suite, part.secrets, genesis)
    const key = suite.seal(epoch.key, member.publicKey)
    append({ type: 'device-add', root: root.publicKey, member: member.publicKey, key }, root)
    parts.push(part)
  }
  return { rows, founder, parts, isOnRelay }
}
