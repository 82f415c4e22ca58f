/** Why a relay could not be reached, from what the system and the other end said. */
import os from 'node:os'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'

const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_)/
const NOBODY_THERE = ['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']

export function whyUnreachable(cause: unknown): WhyNot {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  if (CERTIFICATE.test(code)) return 'certificate'
  // Something answered, and not with what a relay says.
  if (code === 'EPROTO' || code.startsWith('HPE_') || code.startsWith('ERR_SSL')) return 'not-a-relay'
  if (NOBODY_THERE.includes(code) && !isOnAnyNetwork()) return 'offline'
  return 'relay-unreachable'
}

/** From an answer that does not open a WebSocket. */
export function whyNotOpened(status: number): WhyNot {
  return status === 429 || status === 503 ? 'busy' : 'not-a-relay'
}

function isOnAnyNetwork(): boolean {
  return Object.values(os.networkInterfaces()).some(
    (addresses) => addresses?.some(({ internal }) => !internal) ?? false,
  )
}
