/** Why a Word file is not read. */
import { type ErrorKind, SheafError } from '../../../../shared/errors.ts'

export const REFUSALS = {
  damaged: 'This Word file is damaged and can’t be read.',
  hostile: 'This Word file is built to do harm and was not read.',
  'too-big': 'This Word file is larger than Sheaf can import.',
  locked:
    'This Word file is locked with a password, or is of the old kind (.doc). Save it as .docx without a password.',
  'no-word-file': 'This is not a Word file (.docx).',
} as const

export type Refusal = keyof typeof REFUSALS

const KINDS: Readonly<Record<Refusal, ErrorKind>> = {
  damaged: 'damaged',
  hostile: 'hostile',
  'too-big': 'too-big',
  locked: 'unsupported',
  'no-word-file': 'unsupported',
}

/** Thrown while a file is read; crosses the thread as its reason. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: Refusal

  constructor(reason: Refusal) {
    super(reason)
    this.reason = reason
  }
}

export function refusal(reason: Refusal, options?: ErrorOptions): SheafError {
  return new SheafError(KINDS[reason], REFUSALS[reason], {}, options)
}
