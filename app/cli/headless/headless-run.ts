/** One run of a headless replica on the command line: which document and way, what is printed, and how it ends. */
import { lstat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Happening } from '../../../main/headless/happening.ts'
import { HeadlessReplica } from '../../../main/headless/headless-replica.ts'
import { openFileKeyVault } from '../../../main/identity/file-key-vault.ts'
import type { Hubs } from '../../../main/network/hubs.ts'
import { openHubs } from '../../../main/network/open-hubs.ts'
import type { Logger } from '../../../main/ports.ts'
import { realTarget } from '../../../main/storage/path-lock.ts'
import { SheafError } from '../../../shared/errors.ts'
import type { DocumentId } from '../../../shared/ids.ts'
import { isRelayUrl } from '../../../shared/membership/relay-url.ts'
import { type Call, optionValue, UsageError } from '../command.ts'
import { describeHappening } from './describe-happening.ts'
import type { HeadlessStore } from './headless-store.ts'
import { WHY_NOT_SENTENCES } from './why-not-sentences.ts'

/** Milliseconds between two looks, and how long nothing may come from those who say that they hold more. */
const LOOK_EVERY = 250
const PATIENCE = 30_000

/** Options that `sync` and `join` share. */
export const HEADLESS_OPTIONS: ParseArgsOptionsConfig = {
  relay: { type: 'string' },
  lan: { type: 'boolean' },
  listen: { type: 'string' },
  store: { type: 'string' },
  json: { type: 'boolean' },
}

export const HEADLESS_HELP = `
  --relay URL     another address of the document's relay · eine andere Adresse des Relais
  --lan           look for others on the local network too · auch im lokalen Netz suchen
  --listen PORT   with --lan: the port others come in by, any free one unless said · Port im lokalen Netz
  --store FOLDER  where keys and the private store are kept · Ordner für Schlüssel und den eigenen Speicher
  --json          one line of JSON a fact · jede Zeile als JSON`

export interface HeadlessRun {
  readonly replica: HeadlessReplica
  /** Fires when the program was told to end. */
  readonly ending: AbortSignal
}

/**
 * Opens the document's replica, alone in its folder, and has `work` done with it; what was received is on the disk when it
 * resolves, however `work` ended.
 */
export async function runHeadless(
  call: Call,
  place: {
    readonly store: HeadlessStore
    readonly documentId: DocumentId
    readonly file: string
    readonly lan: boolean
  },
  work: (run: HeadlessRun) => Promise<void>,
): Promise<void> {
  const { store, documentId, file, lan } = place
  const folder = await store.folderOf(documentId)
  const said = new Lines(call)
  await alone(call, folder, async () => {
    const ending = new AbortController()
    const end = (): void => ending.abort()
    process.on('SIGTERM', end).on('SIGINT', end)
    try {
      const replica = await HeadlessReplica.open({
        ports: {
          clock: call.ports.clock,
          vault: await openFileKeyVault(folder),
          logger: loggerOf(call),
          folders: { data: folder },
          accountName: os.hostname(),
          appVersion: call.ports.appVersion,
          hubs: hubsOf(call),
        },
        documentId,
        file,
        lan,
        name: optionValue(call, 'name'),
        lock: call.lock,
        happened: (happening) => said.tell(happening),
      })
      try {
        await work({ replica, ending: ending.signal })
      } finally {
        await replica.close()
      }
      said.tell({ event: 'ended' })
    } finally {
      process.off('SIGTERM', end).off('SIGINT', end)
      await said.written
    }
  })
}

/** Looks until all is here that others hold, or for ever; until it is told to end. Throws when it can't be had. */
export async function keepInStep({ replica, ending }: HeadlessRun, once: boolean): Promise<void> {
  let [progress, since] = ['', performance.now()]
  while (!ending.aborted) {
    const standing = await replica.look()
    if (once && standing === 'in-step') return
    if (once && typeof standing === 'object') throw unreached(WHY_NOT_SENTENCES[standing.why])
    if (replica.progress !== progress) [progress, since] = [replica.progress, performance.now()]
    if (once && performance.now() - since > PATIENCE)
      throw unreached('Nothing comes any more, and it is not sure that all is here.')
    await rest(LOOK_EVERY, ending)
  }
  if (once) throw new SheafError('cancelled', 'It was told to end before all was here.')
}

/** Waits so long, or until the program is told to end. */
export async function rest(milliseconds: number, ending: AbortSignal): Promise<void> {
  try {
    await pause(milliseconds, undefined, { signal: ending })
  } catch (cause) {
    if (!ending.aborted) throw cause
  }
}

/** The file's own path, absolute, whatever links lead there. */
export async function fileOf(argument: string): Promise<string> {
  const file = path.resolve(argument)
  try {
    return await realTarget(file)
  } catch (cause) {
    throw new SheafError('not-found', `${path.dirname(file)}: There is no such folder.`, { file }, { cause })
  }
}

export async function isThere(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  )
}

function unreached(message: string): SheafError {
  return new SheafError('unreachable', message)
}

/** Two programs with the same keys and the same store would write two histories under one name. */
async function alone(call: Call, folder: string, task: () => Promise<void>): Promise<void> {
  let isHeld = false
  try {
    await call.lock.hold(
      folder,
      () => {
        isHeld = true
        return task()
      },
      0,
    )
  } catch (cause) {
    if (isHeld || !(cause instanceof SheafError) || cause.kind !== 'no-permission') throw cause
    throw new SheafError('no-permission', 'Another “sheaf sync” keeps this document in step already.', {}, { cause })
  }
}

function hubsOf(call: Call): (parts: Parameters<typeof openHubs>[0]) => Hubs {
  const [url, port] = [optionValue(call, 'relay'), portOf(call)]
  if (url !== null && !isRelayUrl(url))
    throw new UsageError('--relay takes the address of a relay, such as https://relay.example.org')
  return (parts) => {
    const hubs = openHubs({ ...parts, ...(port === null ? {} : { port }) })
    return url === null ? hubs : { ...hubs, relay: () => hubs.relay(url) }
  }
}

function portOf(call: Call): number | null {
  const said = optionValue(call, 'listen')
  if (said === null) return null
  const port = Number(said)
  if (!/^\d{1,5}$/.test(said) || port < 1 || port > 65_535)
    throw new UsageError(`--listen: “${said}” is no port; a port is a number from 1 to 65535`)
  return port
}

function loggerOf({ terminal }: Call): Logger {
  return {
    info: () => undefined,
    error: (event, cause) =>
      terminal.remark(`sheaf: ${event}: ${cause instanceof Error ? cause.message : String(cause)}`),
  }
}

/** What is printed, one line after another. */
class Lines {
  written: Promise<void> = Promise.resolve()
  private readonly call: Call

  constructor(call: Call) {
    this.call = call
  }

  tell(happening: Happening): void {
    const { options, ports, terminal } = this.call
    const at = new Date(ports.clock.now()).toISOString()
    const line = options['json'] === true ? JSON.stringify({ at, ...happening }) : describeHappening(happening)
    this.written = this.written.then(() => terminal.print(`${line}\n`))
  }
}
