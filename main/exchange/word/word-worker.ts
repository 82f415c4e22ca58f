/** The thread in which Word files are read and written: whatever a file does to it, the thread can be thrown away. */
import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentShape } from '../../../shared/document/document-shape.ts'
import { Refused, type Refusal } from './package/refused.ts'
import { readWord, type WordReading } from './read-word.ts'
import type { WordPicture } from './word-form.ts'
import { writeWord } from './write-word.ts'

export interface WordTasks {
  readonly read: { readonly bytes: Uint8Array }
  readonly write: { readonly shape: DocumentShape; readonly pictures: ReadonlyMap<string, WordPicture> }
}

export interface WordResults {
  readonly read: WordReading
  readonly write: { readonly bytes: Uint8Array<ArrayBuffer>; readonly losses: readonly string[] }
}

export type WordTask = keyof WordTasks
export type WordRequest = { readonly [T in WordTask]: { readonly task: T } & WordTasks[T] }[WordTask]
export type WordAnswer = { readonly value: WordResults[WordTask] } | { readonly refused: Refusal }

async function answer(request: WordRequest): Promise<WordAnswer> {
  try {
    if (request.task === 'read') return { value: readWord(request.bytes) }
    return { value: await writeWord(request.shape, (name) => request.pictures.get(name) ?? null) }
  } catch (cause) {
    if (cause instanceof Refused) return { refused: cause.reason }
    throw cause
  }
}

parentPort?.postMessage(await answer(workerData as WordRequest))
