/** Who wrote: the person behind each writer, as far as a member of the document vouches for it. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { verifyCertificate } from '../../shared/log/record.ts'
import { type Membership, personOf } from '../../shared/membership/membership.ts'
import { certificateOf } from '../log/writer-certificate.ts'
import type { WriterLog } from '../log/writer-log.ts'

export interface Author {
  /** Root key of the person, or what is known instead: a member's device, or a writer nobody vouches for. Hexadecimal. */
  readonly key: string
  /** As the person was called when writing; null for one nobody vouches for. */
  readonly name: string | null
}

/** By writer, hexadecimal. */
export function authorsOf(
  suite: CryptoSuite,
  membership: Membership,
  logs: ReadonlyMap<string, WriterLog>,
): ReadonlyMap<string, Author> {
  return new Map([...logs].map(([writer, log]) => [writer, authorOf(suite, membership, writer, log)]))
}

function authorOf(suite: CryptoSuite, membership: Membership, writer: string, log: WriterLog): Author {
  const certificate = certificateOf(log)
  const member = certificate === null ? null : toHex(certificate.member)
  if (certificate === null || member === null || !membership.periods.has(member)) return { key: writer, name: null }
  if (!verifyCertificate(suite, membership.documentId, fromHex(writer), certificate)) return { key: writer, name: null }
  return { key: personOf(membership, certificate.member) ?? member, name: certificate.name }
}
