/**
 * Rounds of a bench: both sides run in each, one right after the other, and take turns in going first. So whatever else
 * the machine does meets both alike, and only their ratio is believed.
 */
export interface Round<Ours, Theirs = Ours> {
  readonly ours: Ours
  readonly theirs: Theirs
}

type Side<T> = () => T | Promise<T>

/** Rounds measured unless a bench says otherwise. */
export const ROUNDS = 9

/** Runs one round that is thrown away, then the ones that count. */
export async function rounds<Ours, Theirs = Ours>(
  ours: Side<Ours>,
  theirs: Side<Theirs>,
  count = ROUNDS,
): Promise<Round<Ours, Theirs>[]> {
  const measured: Round<Ours, Theirs>[] = []
  for (let round = -1; round < count; round++) {
    const result = round % 2 === 0 ? await oursFirst(ours, theirs) : await theirsFirst(ours, theirs)
    if (round >= 0) measured.push(result)
  }
  return measured
}

async function oursFirst<Ours, Theirs>(ours: Side<Ours>, theirs: Side<Theirs>): Promise<Round<Ours, Theirs>> {
  const first = await clean(ours)
  return { ours: first, theirs: await clean(theirs) }
}

async function theirsFirst<Ours, Theirs>(ours: Side<Ours>, theirs: Side<Theirs>): Promise<Round<Ours, Theirs>> {
  const first = await clean(theirs)
  return { ours: await clean(ours), theirs: first }
}

/** Runs one side without the garbage of the other. */
async function clean<T>(side: Side<T>): Promise<T> {
  globalThis.gc?.()
  return side()
}

/** As many runs of a single side, for a figure that has nothing to stand beside. */
export async function repeat<T>(side: Side<T>, count = ROUNDS): Promise<T[]> {
  const measured: T[] = []
  for (let round = -1; round < count; round++) {
    const value = await clean(side)
    if (round >= 0) measured.push(value)
  }
  return measured
}

/** Milliseconds that some work took. */
export async function time(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
