/** The names of those who wrote what a log holds beyond some heads, as far as a member of the document vouches for them. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import type { Heads } from '../../shared/log/heads.ts'
import { verifyCertificate } from '../../shared/log/record.ts'
import { readMembership } from '../../shared/membership/membership.ts'
import type { StoredMember } from '../storage/sheaf-file.ts'
import type { RecordLog } from '../log/record-log.ts'

export function authorsSince(
  suite: CryptoSuite,
  members: readonly StoredMember[],
  log: RecordLog,
  before: Heads,
): readonly string[] {
  const membership = readMembership(suite, members)
  if ('refusal' in membership) return []
  // A writer's first record carries its certificate: whoever wrote anew is read from the beginning.
  const unchanged = [...log.heads()].filter(([writer, seq]) => before.get(writer) === seq)
  const names = [...log.chains(new Map(unchanged))].flatMap(([writer, chain]) => {
    const certificate = chain.find((record) => record.body.cert !== undefined)?.body.cert
    if (certificate === undefined || !membership.periods.has(toHex(certificate.member))) return []
    return verifyCertificate(suite, membership.documentId, fromHex(writer), certificate) ? [certificate.name] : []
  })
  return [...new Set(names)].sort()
}
