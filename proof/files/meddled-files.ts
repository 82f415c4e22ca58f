/**
 * A document that is written to while another process copies its file, renames it, replaces it by older copies, deletes it
 * and lays copies beside it: every copy it made opens and is a state the document was in, and no word is lost or doubled.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Person, wordsOf } from '../../main/library/library.fixture.ts'
import type { ProofContext, ProofResult, Tier } from '../proof.ts'

const PUBLISHES: Record<Tier, number> = { suite: 50, nightly: 2000, release: 10_000 }

/** Knows nothing of what it copies. A copy counts once it is whole: it is made under another name. */
const MEDDLER = `
  const fs = require('node:fs')
  const path = require('node:path')
  const [file, folder, seed] = process.argv.slice(1)
  let state = Number(seed) >>> 0
  const random = (limit) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state % limit }
  let n = 0
  let beside = 0
  const attempt = (act) => { try { act() } catch {} }
  const old = () => path.join(folder, random(Math.max(1, n)) + '.sheaf')
  const acts = [
    () => {
      fs.copyFileSync(file, folder + '/part')
      fs.renameSync(folder + '/part', folder + '/' + n + '.sheaf')
      n += 1
    },
    () => { fs.renameSync(file, file + '.away'); setTimeout(() => attempt(() => fs.existsSync(file) ? fs.rmSync(file + '.away') : fs.renameSync(file + '.away', file)), random(20)) },
    () => { fs.copyFileSync(old(), file + '.new'); fs.renameSync(file + '.new', file) },
    () => fs.copyFileSync(old(), file),
    () => fs.rmSync(file),
    () => fs.copyFileSync(old(), file.replace('.sheaf', ' (conflicted copy 2024-01-05 ' + beside++ + ').sheaf')),
  ]
  const weights = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 5]
  const act = () => { attempt(acts[weights[random(weights.length)]]); setTimeout(act, random(40)) }
  act()
  process.stdin.on('end', () => process.exit(0)).resume()
  console.log('meddling')`

export async function meddleWhilePublishing(
  { tier, seed, report }: ProofContext,
  folder: string,
): Promise<ProofResult> {
  const violations: string[] = []
  const copies = path.join(folder, 'copies')
  fs.mkdirSync(copies)
  const person = await new Person(folder, 'ana').start()
  const { documentId, file } = await person.write('Hay', 'word 1')
  const meddler = spawn(process.execPath, ['-e', MEDDLER, file, copies, `${seed}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let asked = 0
  const answer = async (): Promise<void> => {
    const state = person.fileState(documentId)
    if (state === 'ok') return
    asked += 1
    if (state === 'rolled-back') await person.files.resolveRollback(documentId, 'newest')
    else await person.files.saveAgain(documentId).catch(() => undefined)
  }
  try {
    await once(meddler.stdout, 'data')
    person.show(documentId)
    for (let n = 2; n <= PUBLISHES[tier]; n++) {
      await person.type(documentId, `word ${n}`)
      await person.files.flush(documentId)
      await answer()
      if (n % 500 === 0) report(`${n} publishes among meddling`)
    }
  } finally {
    // Between two of its acts: a copy torn by its end would be nobody's fault.
    meddler.stdin.end()
    await once(meddler, 'exit')
  }
  fs.rmSync(`${file}.away`, { force: true })
  await person.leave(documentId)
  const expected = Array.from({ length: PUBLISHES[tier] }, (_, index) => `word ${index + 1}`)
  let names: string[] = []
  for (let round = 0; round < 100; round++) {
    await person.library.useFolder(person.folder)
    await answer()
    await person.files.flush(documentId)
    names = fs.readdirSync(person.folder).filter((name) => name.endsWith('.sheaf') && !name.startsWith('.'))
    if (names.length === 1 && person.fileState(documentId) === 'ok') break
    await pause(50)
  }
  const hold = (holds: boolean, breach: string): void => {
    if (!holds) violations.push(`Seed ${seed}: ${breach}`)
  }
  hold(
    names.length === 1,
    `copies were left in the library: ${names.join(', ')} (${person.errors.slice(-3).join(' | ')})`,
  )
  hold(person.text(documentId) === expected.join('\n'), 'the document does not hold every word once')
  const place = person.library.pathOfDocument(documentId) ?? ''
  hold(isSame(wordsIn(await wordsOf(place)), expected), 'the file does not hold every word once')
  await person.stop()
  const made = fs.readdirSync(copies).filter((name) => name.endsWith('.sheaf'))
  for (const name of made) {
    try {
      const words = wordsIn(await wordsOf(path.join(copies, name)))
      hold(isSame(words, expected.slice(0, words.length)), `copy ${name} is no state the document was in`)
    } catch (cause) {
      hold(false, `copy ${name} does not open: ${String(cause)}`)
    }
  }
  return {
    checks: made.length + 3,
    violations,
    figures: { 'copies among meddling': made.length, 'questions answered': asked },
  }
}

function wordsIn(text: string): string[] {
  return text.match(/word \d+/gu) ?? []
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.join() === b.join()
}
