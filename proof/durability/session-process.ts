/**
 * The process that the durability proofs kill: `--script NAME` does one script and ends, without it the process goes on
 * until somebody ends it. Notes go to `--notes FILE`, or to the standard output.
 */
import fs from 'node:fs'
import { parseArgs } from 'node:util'
import { writeWhole } from '../write-whole.ts'
import { seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { Session, type SessionParts } from './session.ts'
import { randomStep, SCRIPTS } from './session-scripts.ts'

const STANDARD_OUTPUT = 1

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    document: { type: 'string' },
    seed: { type: 'string', default: '0' },
    first: { type: 'string', default: '1' },
    script: { type: 'string' },
    durability: { type: 'string', default: 'full' },
    notes: { type: 'string' },
  },
})
if (values.folder === undefined) throw new Error('A session needs --folder.')

const seed = Number(values.seed)
const notes = values.notes === undefined ? STANDARD_OUTPUT : fs.openSync(values.notes, 'a')
const parts: SessionParts = {
  folder: values.folder,
  suite: seededSuite(seed),
  durability: values.durability === 'normal' ? 'normal' : 'full',
  firstToken: Number(values.first),
  // Synchronous: a note that was written is read, however the process ends.
  note: (line) => writeWhole(notes, `${line}\n`),
}

parts.note('begun')
const session = new Session(parts, values.document ?? Session.found(parts))
if (values.script === undefined) {
  const random = seededRandom(seed)
  for (;;) await session.do(randomStep(random))
}
const script = SCRIPTS[values.script]
if (script === undefined) throw new Error(`There is no script "${values.script}".`)
for (const step of script) await session.do(step)
parts.note('done')
// As a power cut finds it: nothing is closed.
process.exit(0)
