/**
 * What watches a running app while hostile words go into it: whether any of them ran, was refused by the page's policy on the
 * way to running, or made anything ask for an address that is not the app's own.
 */
import type { ElectronApplication, Page } from '@playwright/test'
import { type Sentinel, startSentinel } from './sentinel.ts'

export interface Witness {
  /** The web server that all hostile addresses lead to. */
  readonly sentinel: Sentinel
  /** What happened that must not, in words; the same in one piece is said once. */
  seen(): Promise<string[]>
  close(): Promise<void>
}

interface Watched {
  asked?: string[]
}

/** Watches the windows that are there and those that come. `canary` is the function hostile programs call. */
export async function watch(electron: ElectronApplication): Promise<Witness> {
  const sentinel = await startSentinel()
  const seen = new Set<string>()
  const context = electron.context()
  await context.exposeFunction('canary', (what: unknown) => void seen.add(`ran: ${String(what)}`))
  await context.exposeFunction('refusedByPolicy', (what: unknown) => void seen.add(`refused: ${String(what)}`))
  const listen = () => {
    const { refusedByPolicy } = window as unknown as { refusedByPolicy(what: string): void }
    document.addEventListener('securitypolicyviolation', ({ target, effectiveDirective, blockedURI, sample }) => {
      // A paste is taken apart in a document without a window. It applies nothing, but asks the policy about these first, and
      // what it asks is said of our document and not of an element in it.
      const isElsewhere = ['base-uri', 'style-src-elem', 'media-src'].includes(effectiveDirective)
      if (target !== document || !isElsewhere) refusedByPolicy(`${effectiveDirective} ${blockedURI} ${sample}`)
    })
  }
  await context.addInitScript(listen)
  const follow = (page: Page) => {
    page.on('request', (request) => {
      if (!isOurs(request.url())) seen.add(`asked for ${request.url()}`)
    })
    page.on('dialog', (dialog) => {
      seen.add(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('pageerror', (error) => void seen.add(`error: ${error.message}`))
    page.on('framenavigated', (frame) => {
      if (!isOurs(frame.url())) seen.add(`went to ${frame.url()}`)
    })
  }
  for (const page of context.pages()) {
    follow(page)
    await page.evaluate(listen)
  }
  context.on('page', follow)
  await electron.evaluate(({ session }) => {
    const world = globalThis as Watched
    const asked: string[] = []
    world.asked = asked
    const note = ({ url }: { url: string }) => {
      if (!/^(?:app|devtools|blob:app):\/\//.test(url)) asked.push(url)
    }
    // The app itself has the listener that comes first, and refuses there: what it refused ends in an error.
    session.defaultSession.webRequest.onSendHeaders(note)
    session.defaultSession.webRequest.onErrorOccurred(note)
  })
  return {
    sentinel,
    async seen() {
      const asked = await electron.evaluate(() => (globalThis as Watched).asked ?? [])
      return [
        ...seen,
        ...asked.map((url) => `left the process: ${url}`),
        ...sentinel.visits.map((url) => `came: ${url}`),
      ]
    },
    close: () => sentinel.close(),
  }
}

function isOurs(url: string): boolean {
  return /^(?:app:\/\/sheaf\/|blob:app:\/\/sheaf\/|devtools:\/\/|data:image\/|about:blank$)/.test(url) || url === ''
}
