/** Whose writers are whose, as their certificates say: names of people, and how far each has written. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { type WriterCertificate, verifyCertificate } from '../../shared/log/record.ts'
import type { Cut } from '../../shared/membership/member-op.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { certificateOf } from '../log/writer-certificate.ts'
import type { WriterLog } from '../log/writer-log.ts'

/** Member key (hexadecimal) -> the name its latest writer gave. */
export function deviceNames(suite: CryptoSuite, document: OpenDocument): ReadonlyMap<string, string> {
  const certificates = trueCertificates(suite, document)
  return new Map([...certificates].map(([, { member, name }]) => [toHex(member), name]))
}

/** How far all writers of a person have written, as far as is known here. */
export function cutOf(suite: CryptoSuite, document: OpenDocument, { people }: Membership, root: string): Cut {
  return cutOfDevices(suite, document, people.get(root)?.devices ?? new Set())
}

/** The same of some devices, by their member keys (hexadecimal). */
export function cutOfDevices(suite: CryptoSuite, document: OpenDocument, devices: ReadonlySet<string>): Cut {
  const heads = document.heads()
  return [...trueCertificates(suite, document)].flatMap(([writer, { member }]) => {
    const seq = heads.get(writer)
    return devices.has(toHex(member)) && seq !== undefined ? [[fromHex(writer), seq] as const] : []
  })
}

/** A log never changes, and there are many: each is looked at once. */
const verified = new WeakMap<WriterLog, WriterCertificate | null>()

function trueCertificates(suite: CryptoSuite, document: OpenDocument): [string, WriterCertificate][] {
  const id = fromHex(document.documentId)
  return [...document.logs()].flatMap(([writer, log]) => {
    let certificate = verified.get(log)
    if (certificate === undefined) {
      const said = certificateOf(log)
      certificate = said !== null && verifyCertificate(suite, id, fromHex(writer), said) ? said : null
      verified.set(log, certificate)
    }
    return certificate === null ? [] : [[writer, certificate] as [string, WriterCertificate]]
  })
}
