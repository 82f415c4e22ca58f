/** What sessions do: scripts for the power-loss proof, endless chance for the one that kills. */
import { fileURLToPath } from 'node:url'
import type { Random } from '../seeded-random.ts'
import type { Step } from './session.ts'

/** The program that does them. */
export const SESSION_PROCESS = fileURLToPath(new URL('./session-process.ts', import.meta.url))

const type = (times: number, filler = 0): Step => ({ do: 'type', times, filler })

function repeat(times: number, ...steps: readonly Step[]): Step[] {
  return Array.from({ length: times }, () => steps).flat()
}

/** Sessions of different shapes; each leaves the document open, as a power cut would. */
export const SCRIPTS: Readonly<Record<string, readonly Step[]>> = {
  typing: [...repeat(25, type(1)), ...repeat(5, type(4), { do: 'erase', times: 2 })],
  sealing: repeat(8, type(2), { do: 'erase', times: 1 }, { do: 'seal' }, { do: 'seal' }),
  'closing runs': repeat(5, type(1), { do: 'seal' }, type(3), { do: 'seal' }, { do: 'finish' }),
  reopening: repeat(4, type(2), { do: 'seal' }, type(1), { do: 'reopen' }),
  'two windows': [type(2), { do: 'window' }, ...repeat(6, type(2), { do: 'seal' }, { do: 'window' })],
  merging: repeat(5, type(2), { do: 'merge' }, type(1)),
  publishing: repeat(6, type(2), { do: 'publish' }, type(1), { do: 'erase', times: 1 }),
  // A long text, kept anew at the end of each run, fills the write-ahead log until SQLite moves it into the database.
  checkpoints: [type(1, 300_000), ...repeat(20, type(1), { do: 'seal' }, { do: 'finish' }), type(3)],
  everything: repeat(
    2,
    type(3),
    { do: 'seal' },
    { do: 'publish' },
    type(1),
    { do: 'merge' },
    { do: 'window' },
    type(2, 3000),
    { do: 'finish' },
    { do: 'erase', times: 2 },
    { do: 'publish' },
    { do: 'reopen' },
  ),
}

/** Mostly typing, and now and then everything else. */
export function randomStep(random: Random): Step {
  const chance = random.below(100)
  if (chance < 70)
    return type(1 + random.below(random.pick([1, 1, 6])), random.below(random.pick([1, 1, 1, 200, 4000])))
  if (chance < 82) return { do: 'erase', times: 1 + random.below(2) }
  if (chance < 91) return { do: 'seal' }
  return random.pick<Step>([{ do: 'finish' }, { do: 'window' }, { do: 'merge' }, { do: 'publish' }, { do: 'reopen' }])
}
