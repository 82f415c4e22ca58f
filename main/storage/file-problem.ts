/** Why a `.sheaf` file was refused, and the sentence a person reads. */
import { type ErrorKind, SheafError } from '../../shared/errors.ts'

export type FileProblem = Extract<
  ErrorKind,
  'not-found' | 'no-permission' | 'disk-error' | 'not-a-sheaf-file' | 'damaged' | 'hostile' | 'too-new' | 'too-big'
>

const SENTENCES: Record<FileProblem, string> = {
  'not-found': 'The file is not there any more.',
  'no-permission': 'You may not read this file.',
  'disk-error': 'This file can’t be read just now: another program holds it, or its disk or network does not answer.',
  'not-a-sheaf-file': 'This is not a Sheaf document; nothing was changed.',
  damaged: 'This file is damaged, so it was not opened; nothing was changed.',
  hostile: 'This file holds something Sheaf never writes, so it was not opened; nothing was changed.',
  'too-new': 'This document was made with a newer Sheaf; please update Sheaf to open it.',
  'too-big': 'This file is larger than Sheaf can open; nothing was changed.',
}

export function fileProblem(problem: FileProblem, options?: ErrorOptions): SheafError {
  return new SheafError(problem, SENTENCES[problem], {}, options)
}

/** Whether it says something of the moment and nothing of the file: looking again may find it well, unchanged. */
export function isPassing(problem: FileProblem): boolean {
  return problem === 'disk-error' || problem === 'no-permission' || problem === 'not-found'
}

/** Thrown while a file is looked at, to leave at once. */
export class Refused extends Error {
  readonly problem: FileProblem

  constructor(problem: FileProblem) {
    super(problem)
    this.problem = problem
  }
}
