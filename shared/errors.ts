/**
 * Every way a request to Sheaf can fail, as a closed list.
 *
 * A kind tells code what to do; the message is one sentence a writer understands.
 */
export const ERROR_KINDS = [
  'not-found',
  'not-a-sheaf-file',
  'damaged',
  'hostile',
  'too-new',
  'too-big',
  'read-only',
  'already-exists',
  'no-permission',
  'disk-full',
  'disk-error',
  'invalid-argument',
  'invalid-update',
  'unsupported',
  'closed',
  'cancelled',
  'unreachable',
  'internal',
] as const

export type ErrorKind = (typeof ERROR_KINDS)[number]

/** Facts that go with an error: plain values only, so that they survive structured cloning. Never document text. */
export type ErrorData = Readonly<Record<string, string | number | boolean>>

/** An expected failure: something a user or another program did, or a disk refused. Broken invariants throw plain `Error`. */
export class SheafError extends Error {
  override readonly name = 'SheafError'
  readonly kind: ErrorKind
  readonly data: ErrorData

  constructor(kind: ErrorKind, message: string, data: ErrorData = {}, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.data = data
  }
}

/** Throws when an invariant of our own code is broken; the sentence says which. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${sentence}`)
}

/** The compile-time proof that a switch handled every case; at run time it throws. */
export function unreachable(value: never): never {
  throw new Error(`Broken invariant: unexpected value ${JSON.stringify(value)}`)
}
