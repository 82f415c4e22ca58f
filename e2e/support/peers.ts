/** Others in a document, as the main process tells a window of them; and what a window says of its own person. */
import type { ElectronApplication, Page } from '@playwright/test'

/** An encoded place, as numbers: what goes between processes of a test. */
export type Place = readonly number[] | null

export interface Said {
  readonly documentId: string
  readonly anchor: Place
  readonly head: Place
  readonly typing: boolean
  readonly idle: boolean
}

export interface Peer {
  readonly session: string
  readonly person: string | null
  readonly name: string
  readonly color: number
  readonly anchor: Place
  readonly head: Place
  readonly typing: boolean
  readonly idle: boolean
}

interface Words {
  readonly anchor: Uint8Array | null
  readonly head: Uint8Array | null
  readonly typing: boolean
  readonly idle?: boolean
}

type Handler = (event: { sender: { id: number } }, name: unknown, args: unknown[]) => unknown
type Kept = { saidByWindows?: { window: number; said: Said }[] }

/** Notes from now on what windows say of where their person is; they are answered as always. */
export async function listenToWindows(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ ipcMain }) => {
    const kept = globalThis as unknown as Kept
    kept.saidByWindows = []
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> }
    const answer = handlers.get('sheaf:call')
    if (answer === undefined) throw new Error('The app answers no calls.')
    handlers.set('sheaf:call', (event, name, args) => {
      if (name === 'presence.say') {
        const [documentId, { anchor, head, typing, idle }] = args as [string, Words]
        const place = (bytes: Uint8Array | null) => (bytes === null ? null : [...bytes])
        const said = { documentId, anchor: place(anchor), head: place(head), typing, idle: idle === true }
        kept.saidByWindows?.push({ window: event.sender.id, said })
      }
      return answer(event, name, args)
    })
  })
}

/** Everything that was said since, the last one last. */
export async function saidSoFar(electron: ElectronApplication): Promise<Said[]> {
  const all = await electron.evaluate(() => (globalThis as unknown as Kept).saidByWindows ?? [])
  return all.map(({ said }) => said)
}

/** Where this window's selection is, as it says itself once it rests. */
export async function placeNow(electron: ElectronApplication, page: Page): Promise<Said> {
  await page.waitForTimeout(450)
  const said = (await saidSoFar(electron)).at(-1)
  if (said === undefined) throw new Error('The window has said nothing yet.')
  return said
}

/** Somebody who is where `place` says. */
export function peer(name: string, color: number, place: Partial<Peer> = {}): Peer {
  const session = place.session ?? `session of ${name}`
  return {
    session,
    person: `${name}’s key`,
    name,
    color,
    anchor: null,
    head: null,
    typing: false,
    idle: false,
    ...place,
  }
}

/** Tells every window that these are in the document, and nobody else. */
export async function tellOf(electron: ElectronApplication, documentId: string, peers: readonly Peer[]): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, payload) => {
      const bytes = (place: Place) => (place === null ? null : Uint8Array.from(place))
      const told = payload.peers.map((each) => ({ ...each, anchor: bytes(each.anchor), head: bytes(each.head) }))
      for (const window of BrowserWindow.getAllWindows())
        window.webContents.send('sheaf:event', 'presence.changed', { documentId: payload.documentId, peers: told })
    },
    { documentId, peers },
  )
}
