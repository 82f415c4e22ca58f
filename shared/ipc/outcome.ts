import type { ErrorData, ErrorKind } from '../errors.ts'

/** A failure as it crosses from the main process to a window: never a stack trace, never document text. */
export interface Failure {
  readonly kind: ErrorKind
  /** One sentence for the person: what happened, what is safe, what to do. */
  readonly message: string
  readonly data: ErrorData
  /** What to quote when asking for help; the same string stands in the log beside the cause. */
  readonly reference: string
}

/** What a call answers. Nothing is thrown across the process boundary. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }
