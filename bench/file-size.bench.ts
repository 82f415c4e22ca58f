/** What a document takes on the disk with its whole history: beside the bytes of its text. */
import fs from 'node:fs'
import path from 'node:path'
import { Desk } from '../main/documents/open-document.fixture.ts'
import { publishSheafFile } from '../main/storage/publish-sheaf-file.ts'
import type { SheafFileContent } from '../main/storage/sheaf-file.ts'
import type { Bench } from './bench.ts'
import { type Line, ratioLine } from './line.ts'
import { TRACES, type TraceName } from './trace.ts'
import { typedDocument } from './typed-document.ts'

/** Sizes hardly vary from run to run: only keys and signatures do. */
const TOLERANCE = 1.03

/**
 * Bytes of Automerge 3.5.0's `save` of the same text, as one text object, typed in changes of ten keystrokes. Automerge is
 * no dependency; what it saves is the same everywhere.
 */
const AUTOMERGE_SAVES: Record<TraceName, number> = {
  'automerge-paper': 129_269,
  sveltecomponent: 64_145,
  friendsforever_flat: 27_342,
}

export const fileSize: Bench = {
  name: 'file-size',
  async run() {
    const lines: Line[] = []
    for (const name of TRACES) lines.push(...(await sizes(name, 1)))
    return [...lines, ...(await sizes('automerge-paper', 20))]
  },
}

async function sizes(name: TraceName, sessions: number): Promise<Line[]> {
  const { content, textBytes } = typedDocument(name, { sessions })
  const records = recordBytes(content)
  const history = await publishedBytes({ ...content, state: [], previews: {} })
  const file = await publishedBytes(content)
  const once = sessions === 1
  const line = (kind: string, what: string, ours: number, theirs: number, target: number | null): Line =>
    ratioLine(
      {
        name: `${kind}-${name}${once ? '' : `-${sessions}`}`,
        what: `${name}${once ? '' : ` in ${sessions} sessions`}: ${what}`,
        unit: 'bytes',
        against: theirs === textBytes ? 'its text' : 'Automerge’s save',
        tolerance: TOLERANCE,
        ...(target === null ? {} : { target }),
      },
      [{ ours, theirs }],
    )
  const lines = [
    line('records', 'records alone', records, textBytes, null),
    // The other two recordings delete much of what they type: their texts say little of their histories.
    line('history-file', 'file without caches', history, textBytes, once && name === 'automerge-paper' ? 1.5 : null),
    line('file', 'file as published', file, textBytes, null),
  ]
  // Automerge knows no sessions.
  return once ? [...lines, line('automerge', 'file without caches', history, AUTOMERGE_SAVES[name], 1)] : lines
}

function recordBytes({ records }: SheafFileContent): number {
  const fixed = 32 + 8 + 32 + 1 + 1 + 32 + 64
  return records.reduce((bytes, { payload }) => bytes + fixed + payload.length, 0)
}

async function publishedBytes(content: SheafFileContent): Promise<number> {
  const desk = new Desk()
  try {
    const file = path.join(desk.folder, 'document.sheaf')
    await publishSheafFile(file, content)
    return fs.statSync(file).size
  } finally {
    desk.clear()
  }
}
