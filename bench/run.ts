/**
 * `npm run bench`: measures Sheaf beside what it is built on and says how far each goal is. `--only NAME` runs the
 * benches whose name begins so; `--update-baseline` keeps what was measured; `--guard` fails when a ratio has become
 * much worse than its baseline.
 */
import { parseArgs } from 'node:util'
import { keepBaseline, readBaseline, worseThan } from './baseline.ts'
import type { Bench } from './bench.ts'
import { coldOpen } from './cold-open.bench.ts'
import { fileSize } from './file-size.bench.ts'
import { keyToPaint } from './key-to-paint.bench.ts'
import { keystroke } from './keystroke.bench.ts'
import type { Line } from './line.ts'
import { machineFacts } from './machine.ts'
import { offlineMerge } from './offline-merge.bench.ts'
import { pause } from './pause.bench.ts'
import { relayFanOut } from './relay-fan-out.bench.ts'
import { peopleMoving } from './people-moving.bench.ts'
import { resultTable } from './result-table.ts'
import { startUp } from './start-up.bench.ts'
import { tellPeers } from './tell-peers.bench.ts'
import { windowKeystroke } from './window-keystroke.bench.ts'

const BENCHES: readonly Bench[] = [
  keystroke,
  coldOpen,
  fileSize,
  offlineMerge,
  tellPeers,
  pause,
  windowKeystroke,
  keyToPaint,
  peopleMoving,
  startUp,
  relayFanOut,
]

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    'update-baseline': { type: 'boolean', default: false },
    guard: { type: 'boolean', default: false },
  },
})
const chosen = BENCHES.filter(({ name }) => name.startsWith(values.only))
if (chosen.length === 0) {
  console.error(`No bench is called ${values.only}. There are: ${BENCHES.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
const machine = machineFacts()
const baseline = readBaseline()
const lines: Line[] = []
for (const bench of chosen) {
  console.log(`${bench.name} …`)
  lines.push(...(await bench.run()))
}
const { processor, cores, memoryGiB, system, node, syncedWrite } = machine
console.log(
  `\n${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, synced write ${syncedWrite} µs\n`,
)
console.log(resultTable(lines, baseline))
if (values['update-baseline']) keepBaseline(machine, lines)
const worse = worseThan(baseline, lines)
for (const { what, middle, name } of worse) {
  console.log(
    `\n${what}: ${middle.toFixed(2)}, where the baseline is ${baseline.lines[name]?.middle.toFixed(2) ?? '–'}.`,
  )
}
process.exitCode = values.guard && worse.length > 0 ? 1 : 0
