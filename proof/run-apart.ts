/** Running a proof in a program of its own, which is ended with all it started when it takes longer than its tier allows. */
import { fork } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Proof, ProofContext, ProofResult, Tier } from './proof.ts'

/** What the program says. */
export type ProofNews = { readonly line: string } | { readonly result: ProofResult } | { readonly error: string }

const PROGRAM = fileURLToPath(new URL('./proof-process.ts', import.meta.url))
const MINUTE = 60_000
const LIMITS: Record<Tier, number> = { suite: 20 * MINUTE, nightly: 24 * 60 * MINUTE, release: 7 * 24 * 60 * MINUTE }

/** The same proof, run apart. `program` and `limit`, in milliseconds, are others only in tests. */
export function apart({ name }: Pick<Proof, 'name'>, program = PROGRAM, limit?: number): Proof {
  return { name, run: (context) => runApart(name, context, program, limit ?? LIMITS[context.tier]) }
}

async function runApart(name: string, context: ProofContext, program: string, limit: number): Promise<ProofResult> {
  const { tier, seed, report } = context
  // A group of its own, so that nothing it started outlives it.
  const child = fork(program, [name, tier, String(seed)], { detached: true })
  let last = 'nothing'
  let overdue: NodeJS.Timeout | undefined
  try {
    return await new Promise<ProofResult>((resolve, reject) => {
      overdue = setTimeout(
        () => reject(new Error(`not ended after ${limit / MINUTE} minutes; the last it said was: ${last}`)),
        limit,
      )
      child.on('message', (news: ProofNews) => {
        if ('result' in news) resolve(news.result)
        else if ('error' in news) reject(new Error(news.error))
        else report((last = news.line))
      })
      child.once('error', reject)
      child.once('exit', (code, signal) => reject(new Error(`its program ended with ${signal ?? `code ${code}`}`)))
    })
  } finally {
    clearTimeout(overdue)
    endGroup(child.pid)
  }
}

function endGroup(group: number | undefined): void {
  try {
    if (group !== undefined) process.kill(-group, 'SIGKILL')
  } catch (cause) {
    // All of it has ended already.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause
  }
}
