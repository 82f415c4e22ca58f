/** Whose writer it is: the certificate its first record carries. */
import { toHex } from '../../shared/ids.ts'
import { decodeBody, RECORD_TYPE, type WriterCertificate } from '../../shared/log/record.ts'
import { coveredRange, runCertificate } from './closed-run.ts'
import type { WriterLog } from './writer-log.ts'

/** The member key (hexadecimal) a writer says it is certified by; null for none. Whether that is true is for judging. */
export function certifiedBy(log: WriterLog): string | null {
  const certificate = certificateOf(log)
  return certificate === null ? null : toHex(certificate.member)
}

/** Not verified; null for none. */
export function certificateOf({ stored }: WriterLog): WriterCertificate | null {
  for (const record of stored) {
    const isRun = record.type === RECORD_TYPE.close
    if (record.seq !== 1 && !(isRun && coveredRange(record).first === 1)) continue
    const cert = isRun ? runCertificate(record) : decodeBody(record.payload).cert
    return cert ?? null
  }
  return null
}
