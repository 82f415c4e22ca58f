/** Address of a relay: encrypted on the way, or on this computer. */
const MAX_URL = 500
const AWAY = /^(https|wss):\/\/[a-z0-9.-]+(:\d{1,5})?(\/[\w.~/-]*)?$/i
const HERE = /^ws:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(\/[\w.~/-]*)?$/i

export function isRelayUrl(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_URL && (AWAY.test(value) || HERE.test(value))
}
