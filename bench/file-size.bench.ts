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

export const fileSize: Bench = {
  name: 'file-size',
  async run() {
    const lines: Line[] = []
    for (const name of TRACES) lines.push(...(await sizes(name, 1, 1.5)))
    return [...lines, ...(await sizes('automerge-paper', 20, null))]
  },
}

async function sizes(name: TraceName, sessions: number, target: number | null): Promise<Line[]> {
  const { content, textBytes } = typedDocument(name, { sessions })
  const what = sessions === 1 ? name : `${name} in ${sessions} sessions`
  const line = (kind: string, title: string, ours: number, aim: number | null): Line =>
    ratioLine(
      {
        name: `${kind}-${name}${sessions === 1 ? '' : `-${sessions}`}`,
        what: `${what}: ${title}`,
        unit: 'bytes',
        against: 'its text',
        tolerance: TOLERANCE,
        ...(aim === null ? {} : { target: aim }),
      },
      [{ ours, theirs: textBytes }],
    )
  return [
    line('records', 'records alone', recordBytes(content), null),
    line('history-file', 'file without caches', await publishedBytes({ ...content, state: [], previews: {} }), target),
    line('file', 'file as published', await publishedBytes(content), null),
  ]
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
