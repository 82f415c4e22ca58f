/** Runs a scripted session with the recorder preloaded, and gives what it did to its folder. Linux with a C compiler. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Durability } from '../../main/storage/open-database.ts'
import { SESSION_PROCESS } from '../durability/session-scripts.ts'
import { seededRandom } from '../seeded-random.ts'
import { DiskImage } from './disk-image.ts'
import { type DiskEntry, readJournal } from './disk-journal.ts'

const SHIM = fileURLToPath(new URL('./shim.c', import.meta.url))

/** Compiles the recorder; answers its path, or one sentence why there is none. */
export function buildRecorder(folder: string): { readonly library: string } | { readonly missing: string } {
  if (process.platform !== 'linux') return { missing: 'power loss is recorded on Linux only' }
  const library = path.join(folder, 'recorder.so')
  const compiler = process.env['CC'] ?? 'cc'
  const args = ['-shared', '-fPIC', '-O1', '-o', library, SHIM, '-ldl', '-lpthread']
  const { error, status, stderr } = spawnSync(compiler, args, { encoding: 'utf8' })
  if (error !== undefined) return { missing: `there is no C compiler (${compiler})` }
  if (status !== 0) throw new Error(`The recorder does not compile: ${stderr}`)
  return { library }
}

export interface Recording {
  readonly entries: readonly DiskEntry[]
  /** One sentence for each sign that the recorder missed something: then nothing follows from the recording. */
  readonly doubts: readonly string[]
}

export function recordSession(
  library: string,
  folder: string,
  session: { readonly script: string; readonly seed: number; readonly durability: Durability },
): Recording {
  const disk = path.join(fs.realpathSync(folder), 'disk')
  const [notes, journal] = [path.join(folder, 'notes'), path.join(folder, 'journal')]
  for (const old of [disk, notes, journal]) fs.rmSync(old, { recursive: true, force: true })
  fs.mkdirSync(disk)
  const { script, seed, durability } = session
  const options = { folder: disk, script, seed, durability, notes }
  const args = [SESSION_PROCESS, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`])]
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: {
      ...process.env,
      LD_PRELOAD: library,
      SHEAF_POWER_FOLDER: disk,
      SHEAF_POWER_NOTES: notes,
      SHEAF_POWER_JOURNAL: journal,
      NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
      // Its requests would pass by the functions that are recorded.
      UV_USE_IO_URING: '0',
    },
  })
  if (status !== 0) throw new Error(`The session "${script}" failed: ${stderr}`)
  const entries = readJournal(fs.readFileSync(journal))
  return { entries, doubts: findDoubts(entries, disk, path.join(folder, 'replayed')) }
}

/** The recorder's own test: doing everything in the journal again must give the very folder the session left. */
function findDoubts(entries: readonly DiskEntry[], disk: string, replayed: string): string[] {
  const unknown = entries.flatMap((entry) => (entry.kind === 'unknown' ? [entry.call] : []))
  if (unknown.length > 0) return [`The recorder met calls it can't write down: ${[...new Set(unknown)].join(', ')}.`]
  const image = new DiskImage()
  for (const entry of entries) image.apply(entry)
  fs.rmSync(replayed, { recursive: true, force: true })
  fs.mkdirSync(replayed)
  image.writeTo(replayed, 'kept', seededRandom(0))
  const names = (folder: string): string[] =>
    fs
      .readdirSync(folder)
      .filter((name) => !name.endsWith('-shm'))
      .sort()
  const [left, again] = [names(disk), names(replayed)]
  if (left.join() !== again.join())
    return [`The session left ${left.join(', ')}; its journal gives ${again.join(', ')}.`]
  return left
    .filter((name) => !fs.readFileSync(path.join(disk, name)).equals(fs.readFileSync(path.join(replayed, name))))
    .map((name) => `${name} is not what the journal gives.`)
}
