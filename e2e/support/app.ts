/** The built app as a person has it: a profile of their own, started, killed and started again. */
import type { ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, type ElectronApplication, _electron as electron, type Page } from '@playwright/test'
import { keepAnswers } from './kept-answers.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const PICTURES = path.join(ROOT, 'out', 'screenshots')
/** Milliseconds an app may take to save and quit before a test ends it. */
const QUIT_LIMIT = 10_000

/** One person's folders: what a restart finds again. */
export interface Profile {
  readonly folder: string
  readonly userData: string
  readonly library: string
}

export interface StartOptions {
  /** Files or switches on the command line. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Stands in for Electron's program. */
  readonly program?: string
}

export interface RunningApp {
  readonly electron: ElectronApplication
  /** The first window. */
  readonly page: Page
  /** Ends the process and all its children at once, as a power cut would. */
  kill(): Promise<void>
  /** Quits as a person does; resolves when the process is gone, and at once when it is gone already. */
  quit(): Promise<void>
}

/** Makes a person's folders; the caller removes `folder`. */
export async function makeProfile(): Promise<Profile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sheaf-e2e-'))
  const profile = { folder, userData: path.join(folder, 'profile'), library: path.join(folder, 'Library') }
  await mkdir(profile.library)
  return profile
}

/** Switches for a superuser (a container), whose processes can't be sandboxed. */
export const sandboxArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export function appArgs(profile: Profile, args: readonly string[] = []): string[] {
  return [...sandboxArgs, '.', `--user-data-dir=${profile.userData}`, ...args]
}

export function appEnv(profile: Profile, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(inherited), SHEAF_LIBRARY: profile.library, ...env }
}

export const appFolder = ROOT

export async function startApp(profile: Profile, options: StartOptions = {}): Promise<RunningApp> {
  const app = keepAnswers(
    await electron.launch({
      cwd: ROOT,
      args: appArgs(profile, options.args),
      env: appEnv(profile, options.env),
      ...(options.program !== undefined && { executablePath: options.program }),
    }),
  )
  const child = app.process()
  let running = true
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      running = false
      resolve()
    }),
  )
  const kill = async () => {
    killTree(child)
    await gone
  }
  const quit = async () => {
    if (!running) return
    const late = setTimeout(() => child.kill('SIGKILL'), QUIT_LIMIT)
    // Quitting tears down the very connection that asks for it.
    await app.evaluate(({ app: shell }) => shell.quit()).catch(() => undefined)
    await gone
    clearTimeout(late)
  }
  return { electron: app, page: await app.firstWindow(), kill, quit }
}

/** Ends a process and all it started. They share its process group where there are such groups. */
export function killTree(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) {
    child.kill('SIGKILL')
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It leads no group, or is gone already.
    child.kill('SIGKILL')
  }
}

/** A picture to be looked at by a person, in out/screenshots. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true })
  // A page that is putting megabytes into place draws late.
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), timeout: 120_000 })
}

interface Fixtures {
  readonly profile: Profile
  /** Starts the app on the test's profile; whatever still runs at the end is quit. */
  readonly start: (options?: StartOptions) => Promise<RunningApp>
}

export const test = base.extend<Fixtures>({
  profile: async ({}, use) => {
    const profile = await makeProfile()
    await use(profile)
    await rm(profile.folder, { recursive: true, force: true, maxRetries: 5 })
  },
  start: async ({ profile }, use) => {
    const running: RunningApp[] = []
    await use(async (options) => {
      const app = await startApp(profile, options)
      running.push(app)
      return app
    })
    for (const app of running) await app.quit()
  },
})

export { expect } from '@playwright/test'
