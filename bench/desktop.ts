/**
 * A real Electron, started as a person starts it and looked at from outside over the DevTools protocol, so that nothing
 * is loaded into it that its users don't have.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from '@playwright/test'

const require = createRequire(import.meta.url)
/** The binary that the package gives. */
const electron = require('electron') as unknown as string
/** Milliseconds within which a program must show a page. */
const START_LIMIT = 60_000

export class Desktop {
  readonly page: Page
  /** Milliseconds since 1970 when the process was started. */
  readonly startedAt: number
  private readonly child: ChildProcess
  private readonly browser: Browser

  private constructor(child: ChildProcess, browser: Browser, page: Page, startedAt: number) {
    this.child = child
    this.browser = browser
    this.page = page
    this.startedAt = startedAt
  }

  /** Starts `folder` as an app; `switches` are Chromium's. Resolves when it has a page, however far that is. */
  static async start(
    folder: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    switches: readonly string[] = [],
  ): Promise<Desktop> {
    // A superuser's processes can't be sandboxed.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const startedAt = Date.now()
    const child = spawn(electron, [...sandbox, '--remote-debugging-port=0', ...switches, folder, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    try {
      const browser = await chromium.connectOverCDP(await devToolsAddress(child))
      const [context] = browser.contexts()
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page', { timeout: START_LIMIT }))
      if (page === undefined) throw new Error('Electron shows no page.')
      return new Desktop(child, browser, page, startedAt)
    } catch (cause) {
      child.kill('SIGKILL')
      throw cause
    }
  }

  /** Asks the program to quit and waits until it is gone. */
  async quit(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGTERM')
    const late = setTimeout(() => this.child.kill('SIGKILL'), START_LIMIT)
    await gone
    clearTimeout(late)
    await this.browser.close()
  }
}

/** Chromium says it on its error output. */
function devToolsAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error(`Electron did not start:\n${said}`)), START_LIMIT)
    child.once('exit', () => reject(new Error(`Electron ended:\n${said}`)))
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString()
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (address === undefined) return
      clearTimeout(late)
      resolve(address)
    })
  })
}
