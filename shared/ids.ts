/** Names of things, as strings of lower-case hexadecimal digits: they cross IPC, appear in file names and in JSON. */

/** A document's id: 64 hexadecimal digits, the BLAKE2b-256 of its genesis. */
export type DocumentId = string

/** A library row's handle, made by the main process; it says nothing about where the file is. */
export type EntryId = string

/** Stream 0 is the body of a document; stream 1 will hold comments and suggestions. */
export type StreamId = 0 | 1

const DOCUMENT_ID = /^[0-9a-f]{64}$/

export function isDocumentId(value: unknown): value is DocumentId {
  return typeof value === 'string' && DOCUMENT_ID.test(value)
}

/** Every byte's two digits: record ids are turned into text by the thousand. */
const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += DIGITS[byte] ?? ''
  return text
}

/** The bytes a string of hexadecimal digits stands for. The string is one of ours: anything else is a broken invariant. */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex))
    throw new Error('Broken invariant: not a string of hexadecimal digits')
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  return bytes
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
