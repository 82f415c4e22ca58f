/** People who write in one document, each on a computer with a library folder of its own, and the sync program between. */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Person, wordsOf } from '../../main/library/library.fixture.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { SyncProgram } from './sync-program.ts'

const STEPS = 14
const PEOPLE = ['ana', 'bob', 'cai']
/** Rounds of syncing and looking in a row in which nothing may change, for the world to count as settled. */
const QUIET_ROUNDS = 4
const MOST_ROUNDS = 60
const YEAR = 365 * 24 * 60 * 60 * 1000

export class SharedWorld {
  checks = 0
  readonly figures: Record<string, number> = { edits: 0, 'conflict copies': 0, 'backups restored': 0 }
  private readonly random: Random
  private readonly people: Person[]
  private readonly program: SyncProgram
  private readonly restores: boolean
  private readonly words: string[] = []
  private readonly breaches: string[] = []
  private readonly shown = new Set<Person>()
  private readonly running = new Set<Person>()
  private documentId: DocumentId = ''

  constructor(place: string, seed: number, { people, restores }: { people: number; restores: boolean }) {
    this.random = seededRandom(seed)
    this.people = PEOPLE.slice(0, people).map((name) => new Person(place, name))
    for (const person of this.people) person.skew = (this.random.below(21) - 10) * YEAR
    this.program = new SyncProgram(
      this.random,
      this.people.map(({ name, folder }) => ({ name, folder })),
    )
    this.restores = restores
  }

  /** Lives through it all; answers what was broken. */
  async live(): Promise<readonly string[]> {
    for (const person of this.people) await this.start(person)
    const [first, ...others] = this.people as [Person, ...Person[]]
    this.documentId = (await first.write('Hay', this.nextWord(first))).documentId
    await this.program.sync(first.name, true)
    for (const person of others) {
      const file = path.join(person.folder, 'Hay.sheaf')
      // The file gets its name in a later turn of the loop than its first words.
      while (!fs.existsSync(file)) {
        await this.program.sync(first.name, true)
        await this.program.sync(person.name, true)
        await pause(1)
      }
      await person.library.openPath(file)
    }
    for (let step = 0; step < STEPS; step++) await this.step()
    await this.settle()
    // And in quiet: one writes, the others only look on.
    for (const person of this.people) {
      await this.write(person)
      await this.settle()
    }
    if (this.restores && this.program.resurrect()) {
      this.count('backups restored')
      await this.settle()
    }
    await this.judge()
    return this.breaches
  }

  async end(): Promise<void> {
    for (const person of this.people) await person.stop()
  }

  private async step(): Promise<void> {
    const person = this.random.pick(this.people)
    switch (this.random.below(this.restores ? 9 : 8)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return await this.write(person)
      case 4:
      case 5:
      case 6:
        await this.program.sync(person.name)
        return await pause(this.random.below(60))
      case 7:
        return await this.restart(person)
      default:
        if (this.program.resurrect()) this.count('backups restored')
    }
  }

  private async start(person: Person): Promise<void> {
    await person.start()
    this.running.add(person)
  }

  /** Types a word: in the window that shows the document, or in one that is opened for it. */
  private async write(person: Person): Promise<void> {
    if (!this.running.has(person)) await this.start(person)
    if (!this.shown.has(person)) {
      const row = [...person.entries().values()].find(
        (entry) => entry.documentId === this.documentId && entry.problem === null,
      )
      if (row === undefined) return
      try {
        await person.library.open(row.id)
      } catch {
        // Replaced or torn at this moment: opened another time.
        return
      }
      person.show(this.documentId)
      this.shown.add(person)
    }
    const word = this.nextWord(person)
    await person.type(this.documentId, word)
    if (this.random.below(2) === 0) {
      this.shown.delete(person)
      await person.leave(this.documentId)
    }
  }

  private async restart(person: Person): Promise<void> {
    this.shown.delete(person)
    if (this.running.delete(person)) {
      await person.stop()
      if (this.random.below(2) === 0) return
    }
    await this.start(person)
  }

  private async settle(): Promise<void> {
    for (const person of this.people) {
      if (!this.running.has(person)) await this.start(person)
      if (this.shown.delete(person)) await person.leave(this.documentId)
    }
    let quiet = 0
    for (let round = 0; quiet < QUIET_ROUNDS && round < MOST_ROUNDS; round++) {
      const before = this.stamps()
      let changed = false
      for (const person of this.people) {
        changed = (await this.program.sync(person.name, true)) || changed
        changed = (await this.answer(person)) || changed
        // A look that began after all that was synced.
        await person.library.useFolder(person.folder)
      }
      await pause(60)
      quiet = !changed && this.stamps() === before ? quiet + 1 : 0
    }
    this.hold(quiet === QUIET_ROUNDS, 'it never came to rest')
  }

  /** Somebody answers what the window asks when an older file has taken the place of the document's. */
  private async answer(person: Person): Promise<boolean> {
    if (person.fileState(this.documentId) !== 'rolled-back') return false
    // What was synced a moment ago may have replaced the older file already, unseen as yet.
    await person.files.flush(this.documentId)
    if (person.fileState(this.documentId) !== 'rolled-back') return true
    const file = person.library.pathOfDocument(this.documentId) ?? ''
    const older = fs.readFileSync(file)
    await person.files.flush(this.documentId)
    this.hold(fs.readFileSync(file).equals(older), `${person.name}'s older file was written over unasked`)
    await person.files.resolveRollback(this.documentId, 'newest')
    return true
  }

  private async judge(): Promise<void> {
    const texts: string[] = []
    for (const person of this.people) {
      const names = fs.readdirSync(person.folder).filter((name) => !name.startsWith('.'))
      this.hold(names.join() === 'Hay.sheaf', `${person.name} has the files ${names.join(', ')}`)
      const text = person.text(this.documentId)
      texts.push(text)
      for (const word of this.words) {
        const times = text.split('\n').filter((line) => line === word).length
        this.hold(times === 1, `${person.name} has "${word}" ${times} times`)
      }
      const file = person.library.pathOfDocument(this.documentId) ?? ''
      const inFile = await wordsOf(file)
      for (const word of this.words) this.hold(inFile.includes(word), `${person.name}'s file lacks "${word}"`)
      this.hold(person.fileState(this.documentId) === 'ok', `${person.name}'s file is not well`)
      const wrong = person.errors.filter((error) => !error.startsWith('library.absorb-failed'))
      this.hold(wrong.every(isOfTheMoment), `${person.name} heard ${wrong.join(' | ')}`)
    }
    this.hold(new Set(texts).size === 1, 'they do not say the same')
    const before = this.stamps()
    await pause(400)
    for (const person of this.people) await person.library.useFolder(person.folder)
    this.hold(this.stamps() === before, 'somebody writes although all is settled')
    this.count('conflict copies', this.program.conflicts.length)
  }

  private stamps(): string {
    return this.people
      .flatMap(({ folder }) =>
        fs.readdirSync(folder).map((name) => {
          const stats = fs.statSync(path.join(folder, name), { bigint: true, throwIfNoEntry: false })
          return `${folder} ${name} ${stats?.ino} ${stats?.mtimeNs} ${stats?.size}`
        }),
      )
      .sort()
      .join('\n')
  }

  private nextWord(person: Person): string {
    const word = `${person.name} wrote ${this.words.length + 1}.`
    this.words.push(word)
    this.count('edits')
    return word
  }

  private count(what: string, more = 1): void {
    this.figures[what] = (this.figures[what] ?? 0) + more
  }

  private hold(holds: boolean, breach: string): void {
    this.checks += 1
    if (!holds) this.breaches.push(breach)
  }
}

/** A file that is replaced while it is written to is met again: that is heard of, and harms nothing. */
function isOfTheMoment(error: string): boolean {
  return error.startsWith('publish.failed') || error.startsWith('library.look-failed: Error: ENOENT')
}
