/**
 * What was typed survives a sudden end of the whole app at any moment: while typing, while starting, while quitting.
 * SHEAF_KILL_CYCLES sets how often (20 unless told), SHEAF_SEED repeats a run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { appArgs, appEnv, appFolder, expect, killTree, type Profile, startApp, test } from './support/app.ts'
import { body, newDocument, title } from './support/page.ts'
import { makeRandom, type Random } from './support/random.ts'

const CYCLES = Number(process.env['SHEAF_KILL_CYCLES'] ?? 20)
/** A document this long is followed by a fresh one, so that long runs don't measure long documents. */
const LONGEST = 6000
/** Milliseconds of typing that a sudden end may take. */
const ALLOWED = 1000

/** What a person knows about a document while they type: all they typed, how much of it was called saved, and when. */
class Typed {
  text = ''
  saved = 0
  #times: { readonly length: number; readonly time: number }[] = []

  begin(words: string): void {
    this.text += words
  }

  /** The words begun last have all been typed by now. */
  end(): void {
    this.#times.push({ length: this.text.length, time: Date.now() })
  }

  /** How much had been typed a second before `time`. */
  lengthBefore(time: number): number {
    return this.#times.findLast((each) => each.time <= time - ALLOWED)?.length ?? 0
  }

  /** Goes on from what was found. */
  settle(text: string): void {
    this.text = text
    this.saved = text.length
    this.#times = [{ length: text.length, time: 0 }]
  }
}

/** The text on the page, if the window calls all of it saved: looked at once two frames were drawn since. */
async function savedText(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const text = document.querySelector('[aria-label="Document body"]')?.textContent ?? null
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const status = document.querySelector<HTMLElement>('[role="status"][aria-label="Document state"]')
    return status?.dataset['save'] === 'saved' ? text : null
  })
}

/** How far the end of a cycle has come: from its begin on the page may go at any moment. */
interface End {
  begun: boolean
  over: boolean
}

/** Types until the moment has come, noting now and then what the window calls saved. */
async function typeUntil(page: Page, typed: Typed, random: Random, end: End): Promise<void> {
  try {
    await body(page).click()
    await page.keyboard.press('ControlOrMeta+End')
    for (let n = 0; !end.over; n++) {
      const words = `k${typed.text.length} `
      typed.begin(words)
      await page.keyboard.type(words)
      typed.end()
      if (n % 40 === 39) await page.keyboard.press('Enter')
      if (random.next() < 0.2) typed.saved = Math.max(typed.saved, (await savedText(page))?.length ?? 0)
    }
  } catch (error) {
    // The app was ended in the middle of a word, which is the point; anything else is an error.
    if (!end.begun) throw error
  }
}

/** Ends the app at a random moment of starting: before, while and after its window comes up. */
async function killWhileStarting(profile: Profile, random: Random): Promise<void> {
  const program = createRequire(import.meta.url)('electron') as string
  const child: ChildProcess = spawn(program, appArgs(profile), {
    cwd: appFolder,
    env: appEnv(profile),
    stdio: 'ignore',
    detached: true,
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  await pause(random.below(1800))
  killTree(child)
  await gone
}

const random = makeRandom()

test(`KEEP-67: a sudden end at any moment takes nothing that was called saved, and at most a second of typing (${CYCLES} times)`, async ({
  profile,
}) => {
  test.setTimeout(60_000 + CYCLES * 20_000)
  console.log(`seed ${random.seed}`)
  const typed = new Typed()
  let fresh = true
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    if (random.next() < 0.25) await killWhileStarting(profile, random)
    const app = await startApp(profile)
    const { page } = app
    if (fresh) {
      await newDocument(page).click()
      await title(page).fill(`Cycle ${cycle}`)
      await expect.poll(() => savedText(page)).toBe('')
      typed.settle('')
      fresh = false
    } else {
      await expect(body(page)).toBeVisible()
      await expect.poll(async () => typed.text.startsWith((await body(page).textContent()) ?? '-')).toBe(true)
    }
    const end: End = { begun: false, over: false }
    const killAt = random.below(3000)
    const typing = typeUntil(page, typed, random, end)
    await Promise.race([pause(killAt), typing])
    end.begun = true
    const quitting = random.next() < 0.2
    if (quitting) {
      app.electron.evaluate(({ app: shell }) => shell.quit()).catch(() => undefined)
      await pause(random.below(300))
    }
    end.over = true
    const killedAt = Date.now()
    await app.kill()
    await typing

    const again = await startApp(profile)
    const least = Math.max(typed.saved, typed.lengthBefore(killedAt))
    const where = `seed ${random.seed}, cycle ${cycle}, ended after ${killAt} ms${quitting ? ' while quitting' : ''}`
    await expect(body(again.page), where).toBeVisible()
    // The page comes up with the whole document at once.
    await expect.poll(async () => (await savedText(again.page)) !== null, where).toBe(true)
    const found = (await body(again.page).textContent()) ?? ''
    expect(typed.text.slice(0, found.length), `${where}: what is there is the beginning of what was typed`).toBe(found)
    expect(found.length, `${where}: ${typed.text.length} typed, ${typed.saved} called saved`).toBeGreaterThanOrEqual(
      least,
    )
    typed.settle(found)
    fresh = found.length > LONGEST
    if (random.next() < 0.5) await again.quit()
    else await again.kill()
  }
})
