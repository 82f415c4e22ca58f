/**
 * A file copied by another process at random moments while it is published over and over: every copy opens, passes
 * SQLite's check and is exactly one of the states that were published, never older than one seen before.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { publishSheafFile } from '../../main/storage/publish-sheaf-file.ts'
import { readSheafFile } from '../../main/storage/read-sheaf-file.ts'
import { sampleContent, sampleRecord } from '../../main/storage/sheaf-file.fixture.ts'
import type { SheafFileContent, StoredRecord } from '../../main/storage/sheaf-file.ts'
import type { ProofContext, ProofResult, Tier } from '../proof.ts'
import { seededRandom } from '../seeded-random.ts'

const PUBLISHES: Record<Tier, number> = { suite: 500, nightly: 2000, release: 10_000 }

/** Copies as a backup or sync program would: reads in pieces, at its own pace, knowing nothing of the writer. */
const COPIER = `
  const fs = require('node:fs')
  const [source, folder] = process.argv.slice(1)
  let n = 0
  const copy = () => {
    let from
    try { from = fs.openSync(source, 'r') } catch { return setImmediate(copy) }
    const to = fs.openSync(folder + '/' + n + '.part', 'w')
    const piece = Buffer.alloc(1 + Math.floor(Math.random() * 60000))
    for (let length; (length = fs.readSync(from, piece)) > 0; ) fs.writeSync(to, piece, 0, length)
    fs.closeSync(from)
    fs.closeSync(to)
    fs.renameSync(folder + '/' + n + '.part', folder + '/' + n + '.sheaf')
    n += 1
    setTimeout(copy, Math.random() * 8)
  }
  copy()
  console.log('copying')`

export async function copyWhilePublishing({ tier, seed, report }: ProofContext, folder: string): Promise<ProofResult> {
  const random = seededRandom(seed)
  const file = path.join(folder, 'Hay.sheaf')
  const copies = path.join(folder, 'copies')
  fs.mkdirSync(copies)
  const copier = spawn(process.execPath, ['-e', COPIER, file, copies], { stdio: ['ignore', 'pipe', 'inherit'] })
  const published: SheafFileContent[] = []
  try {
    await once(copier.stdout, 'data')
    const records: StoredRecord[] = []
    const first = sampleContent({}, 0)
    for (let n = 1; n <= PUBLISHES[tier]; n++) {
      records.push(sampleRecord(n, random.below(random.pick([100, 2000, 60_000]))))
      // Long documents take longer to build and to copy; a document that only grows would make the proof slow.
      if (records.length > 40) records.splice(0, random.below(40))
      const content = { ...first, title: `State ${n}`, records: [...records] }
      published.push(content)
      await publishSheafFile(file, content)
      if (n % 500 === 0) report(`${n} publishes`)
    }
  } finally {
    copier.kill('SIGKILL')
    await once(copier, 'exit')
  }
  return await judgeCopies(copies, published, seed)
}

async function judgeCopies(folder: string, published: readonly SheafFileContent[], seed: number): Promise<ProofResult> {
  const violations: string[] = []
  const copies = fs.readdirSync(folder).filter((name) => name.endsWith('.sheaf'))
  copies.sort((a, b) => Number.parseInt(a) - Number.parseInt(b))
  const states = new Set<number>()
  let latest = 0
  for (const name of copies) {
    try {
      const copy = await readSheafFile(path.join(folder, name))
      const state = Number(copy.title.slice('State '.length))
      const expected = published[state - 1]
      if (expected === undefined || fingerprint(copy) !== fingerprint(expected)) {
        violations.push(`Copy ${name} of seed ${seed} is no state that was published.`)
      } else if (state < latest) violations.push(`Copy ${name} of seed ${seed} is older than the copy before it.`)
      latest = Math.max(latest, state)
      states.add(state)
    } catch (cause) {
      violations.push(`Copy ${name} of seed ${seed} does not open: ${String(cause)}`)
    }
  }
  return {
    checks: copies.length,
    violations,
    figures: { publishes: published.length, copies: copies.length, 'different states seen': states.size },
  }
}

function fingerprint(content: SheafFileContent): string {
  return [
    content.title,
    ...content.records.map(({ recId, payload }) => Buffer.concat([recId, payload]).toString('base64')),
  ].join()
}
