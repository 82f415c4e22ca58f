/** How long what happens behind typing keeps the main process from answering: beside one frame at 60 Hz. */
import path from 'node:path'
import { Desk, Pane } from '../main/documents/open-document.fixture.ts'
import { publishSheafFile } from '../main/storage/publish-sheaf-file.ts'
import type { Bench } from './bench.ts'
import { type Line, ratioLine } from './line.ts'
import { longestPause } from './longest-pause.ts'
import { placeDocument } from './place-document.ts'
import { quantile } from './quantile.ts'
import { repeat } from './rounds.ts'
import { typedDocument } from './typed-document.ts'

const FRAME = 1000 / 60
/** Seals that a closed run covers, and a little over. */
const SEALS = 520
const KEYS_PER_SEAL = 10

interface Pauses {
  readonly seal: number
  readonly close: number
  readonly publish: number
  readonly finish: number
}

export const pause: Bench = {
  name: 'pause',
  async run() {
    const measured = await repeat(pauses, 5)
    const line = (name: keyof Pauses, what: string): Line =>
      ratioLine(
        { name: `pause-${name}`, what, unit: 'ms', against: 'one frame', target: 1, tolerance: 2.5 },
        measured.map((round) => ({ ours: round[name], theirs: FRAME })),
      )
    return [
      line('seal', 'pause of sealing ten keystrokes, p99'),
      line('close', 'longest pause of closing a run in mid-session'),
      line('publish', 'longest pause of publishing the paper'),
      line('finish', 'longest pause of the last window’s leaving'),
    ]
  },
}

async function pauses(): Promise<Pauses> {
  const desk = new Desk()
  try {
    const { content } = typedDocument('automerge-paper')
    placeDocument(desk, content)
    const document = desk.open(content.documentId)
    document.shape()
    const pane = new Pane(document)
    const seals: number[] = []
    for (let seal = 0; seal < SEALS; seal++) {
      for (let key = 0; key < KEYS_PER_SEAL; key++) void pane.type('a')
      await pane.type(' ')
      seals.push(await longestPause(() => document.seal()))
    }
    const publish = await longestPause(() =>
      publishSheafFile(path.join(desk.folder, 'paper.sheaf'), document.content()),
    )
    const finish = await longestPause(() => document.finish())
    document.close()
    return { seal: quantile(seals, 0.99), close: Math.max(...seals), publish, finish }
  } finally {
    desk.clear()
  }
}
