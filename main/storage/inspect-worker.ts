/** The thread in which files from outside are read: whatever one does to it, the thread can be thrown away. */
import { parentPort } from 'node:worker_threads'
import { type FileSummary, type Inspection, inspectContent, inspectSummary } from './inspect-file.ts'
import type { SheafFileContent } from './sheaf-file.ts'

const LARGE = 64 * 1024

export type InspectRequest =
  | { readonly id: number; readonly task: 'content'; readonly file: string }
  | { readonly id: number; readonly task: 'summary'; readonly file: string }

export interface InspectAnswers {
  content: Inspection<SheafFileContent>
  summary: Inspection<FileSummary>
}

export interface InspectAnswer {
  readonly id: number
  readonly answer: InspectAnswers[InspectRequest['task']]
}

parentPort?.on('message', (request: InspectRequest) => {
  const answer = request.task === 'content' ? inspectContent(request.file) : inspectSummary(request.file)
  const reply: InspectAnswer = { id: request.id, answer }
  parentPort?.postMessage(reply, transferable(answer))
})

/** Large values are handed over rather than copied; for small ones copying is cheaper. */
function transferable(answer: InspectAnswer['answer']): ArrayBuffer[] {
  if (!('value' in answer) || !('records' in answer.value)) return []
  const { records, state, blobs } = answer.value
  return [...records.map((r) => r.payload), ...state.map((s) => s.body), ...blobs.map((b) => b.bytes)]
    .filter((bytes) => bytes.length > LARGE)
    .map((bytes) => bytes.buffer as ArrayBuffer)
}
