/** How a document is doing on the local network, and why it finds nobody: the most telling of the reasons that hold. */
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import type { TransportStatus } from '../transport.ts'
import type { Candidate } from './lan-dialler.ts'
import type { Outcome } from './lan-peer.ts'

export interface LanFacts {
  /** How the document stands with each app we are connected to, and whether somebody typed its address. */
  readonly peers: readonly { readonly outcome: Outcome; readonly isTyped: boolean }[]
  readonly candidates: readonly Candidate[]
  /** Whether this computer has a network at all. */
  readonly hasNetwork: boolean
  /** Whether it has been looked for long enough to say that nobody is near. */
  readonly isDue: boolean
}

export function statusOf(facts: LanFacts): TransportStatus {
  const { peers, isDue } = facts
  if (peers.some(({ outcome }) => outcome === 'linked')) return { state: 'connected', problem: null }
  const problem = problemOf(facts) ?? (isDue ? (facts.hasNetwork ? 'nobody-near' : 'offline') : null)
  return { state: problem === null ? 'looking' : 'problem', problem }
}

function problemOf({ peers, candidates, hasNetwork }: LanFacts): WhyNot | null {
  if (peers.some(({ outcome }) => outcome === 'revoked')) return 'revoked'
  // We have the document's key, and are not among those who may have it as far as the other side knows.
  if (peers.some(({ outcome }) => outcome === 'not-a-member')) return 'key'
  const endings = candidates.map(({ ending }) => ending)
  if (endings.includes('version')) return 'version'
  const typed = candidates.filter(({ source }) => source === 'typed').map(({ ending }) => ending)
  if (typed.includes('key')) return 'key'
  if (typed.includes('busy')) return 'busy'
  // Whoever is found by itself need not have the document; who was typed should.
  if (peers.some(({ outcome, isTyped }) => isTyped && outcome === 'not-in-common')) return 'unknown-document'
  if (!hasNetwork) return null
  // Where somebody was another day, nobody may be at home.
  const expected = candidates.filter(({ source }) => source !== 'remembered').map(({ ending }) => ending)
  if (expected.some((ending) => ending === 'silent' || ending === 'no-way' || ending === 'late')) return 'firewall'
  if (typed.some((ending) => ending === 'nothing-there' || ending === 'no-such-name' || ending === 'garbled'))
    return 'nobody-near'
  return null
}
