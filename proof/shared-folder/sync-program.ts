/**
 * A sync program in miniature: folders of several computers and a server between them, with everything real ones do to
 * files. It replaces by renaming and in place, comes late and in parts, keeps other clocks' times, and makes conflict
 * copies under the names of its kind. It knows nothing of what is in a file.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../seeded-random.ts'

const NAMES: readonly ((stem: string, who: string, n: number) => string)[] = [
  (stem, who, n) => `${stem} (${who}'s conflicted copy 2024-01-05)${n === 0 ? '' : ` (${n})`}`,
  (stem, who, n) => `${stem} (In Konflikt stehende Kopie von ${who} 2024-01-0${(n % 9) + 1})`,
  (stem, _, n) => `${stem}.sync-conflict-20240105-1011${String(n + 10).slice(-2)}-ABCDEFG`,
  (stem, who, n) => `${stem} (conflicted copy ${who} 2024-01-05 10111${n % 10})`,
  (stem, _, n) => `${stem}.Conflict${n === 0 ? '' : n}`,
  (stem, _, n) => (n === 0 ? `${stem} [Conflict]` : `${stem} [Conflict ${n}]`),
]

/** One computer's folder, and what was the same there and on the server when both were last compared. */
interface Computer {
  readonly name: string
  readonly folder: string
  readonly base: Map<string, string>
}

export class SyncProgram {
  readonly conflicts: string[] = []
  private readonly random: Random
  private readonly computers: Computer[]
  private readonly server = new Map<string, Buffer>()
  private readonly history: { file: string; bytes: Buffer }[] = []

  constructor(random: Random, computers: readonly { name: string; folder: string }[]) {
    this.random = random
    this.computers = computers.map((computer) => ({ ...computer, base: new Map() }))
  }

  /** Brings one computer and the server together, or a part of that. Answers whether anything changed. */
  async sync(name: string, wholly = false): Promise<boolean> {
    const computer = this.computers.find((one) => one.name === name)
    if (computer === undefined) throw new Error(`There is no computer ${name}.`)
    const local = read(computer.folder)
    const files = new Set([...local.keys(), ...this.server.keys(), ...computer.base.keys()])
    let changed = false
    for (const file of files) {
      // Some of it comes another time.
      if (!wholly && this.random.below(4) === 0) continue
      changed = (await this.syncFile(computer, file, local.get(file) ?? null)) || changed
    }
    return changed
  }

  /** The server gives everybody a version that was there before: a restored backup. Answers whether there was one. */
  resurrect(): boolean {
    const older = this.history.filter(({ file, bytes }) => this.server.get(file)?.equals(bytes) === false)
    if (older.length === 0) return false
    const { file, bytes } = this.random.pick(older)
    this.server.set(file, bytes)
    return true
  }

  private async syncFile(computer: Computer, file: string, mine: Buffer | null): Promise<boolean> {
    const theirs = this.server.get(file) ?? null
    const base = computer.base.get(file) ?? null
    const [here, there] = [digest(mine), digest(theirs)]
    if (here === there) {
      this.settle(computer, file, here)
      return false
    }
    if (there === base) {
      this.upload(computer, file, mine)
      return true
    }
    const target = path.join(computer.folder, file)
    // What changed here since it was read is looked at the next time.
    if (digest(readOne(target)) !== here) return true
    if (here !== base && mine !== null && theirs !== null) {
      const copy = this.conflictName(computer, file)
      fs.renameSync(target, path.join(computer.folder, copy))
      this.conflicts.push(copy)
      this.upload(computer, copy, mine)
    } else if (here !== base && theirs === null) {
      // Deleted there and changed here: what was changed stays.
      this.upload(computer, file, mine)
      return true
    }
    await this.download(target, theirs)
    this.settle(computer, file, there)
    return true
  }

  private upload(computer: Computer, file: string, bytes: Buffer | null): void {
    if (bytes === null) this.server.delete(file)
    else {
      this.server.set(file, bytes)
      this.history.push({ file, bytes })
    }
    this.settle(computer, file, digest(bytes))
  }

  private settle(computer: Computer, file: string, at: string | null): void {
    if (at === null) computer.base.delete(file)
    else computer.base.set(file, at)
  }

  private async download(target: string, bytes: Buffer | null): Promise<void> {
    if (bytes === null) return fs.rmSync(target, { force: true })
    switch (this.random.below(3)) {
      case 0: {
        // Hidden temporary file, another clock's time, rename.
        const temporary = path.join(path.dirname(target), `.~${path.basename(target)}.part`)
        fs.writeFileSync(temporary, bytes)
        const time = new Date(1_600_000_000_000 + this.random.below(1_000_000_000) * 1000)
        fs.utimesSync(temporary, time, time)
        fs.renameSync(temporary, target)
        return
      }
      case 1:
        // Away first, then there: for a moment there is none.
        fs.rmSync(target, { force: true })
        await pause(this.random.below(30))
        if (!fs.existsSync(target)) fs.writeFileSync(target, bytes)
        return
      default: {
        // A whole file under its name, but piece by piece: whoever looks sees a part.
        fs.rmSync(target, { force: true })
        const handle = fs.openSync(target, 'w')
        for (let at = 0; at < bytes.length; at += 4096) {
          fs.writeSync(handle, bytes, at, Math.min(4096, bytes.length - at))
          if (this.random.below(3) === 0) await pause(1)
        }
        fs.closeSync(handle)
      }
    }
  }

  private conflictName(computer: Computer, file: string): string {
    const { name, ext } = path.parse(file)
    const make = this.random.pick(NAMES)
    for (let n = 0; ; n++) {
      const copy = make(name, computer.name, n) + ext
      if (!this.server.has(copy) && !fs.existsSync(path.join(computer.folder, copy))) return copy
    }
  }
}

function read(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith('.')) continue
    const bytes = readOne(path.join(folder, name))
    if (bytes !== null) files.set(name, bytes)
  }
  return files
}

function readOne(file: string): Buffer | null {
  try {
    return fs.readFileSync(file)
  } catch {
    // Renamed or removed by the program whose file it is.
    return null
  }
}

function digest(bytes: Buffer | null): string | null {
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex')
}
