/** The settings of this installation: one small JSON file in the data folder. */
import { mkdir, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { SheafError } from '../shared/errors.ts'
import type { Settings } from '../shared/ipc/contract.ts'
import { defaultSettings, isSettingName, isSettingsPatch, isSettingValue } from '../shared/ipc/settings-patch.ts'
import type { Logger } from './ports.ts'
import type { SettingsApi } from './sheaf.ts'
import { replaceFile } from './storage/replace-file.ts'

export const SETTINGS_FILE = 'settings.json'

export interface SettingsOptions {
  /** The data folder. */
  readonly folder: string
  readonly accountName: string
  readonly logger: Logger
  /** Hears the new settings once they are on disk. */
  readonly changed: (settings: Settings) => void
}

/**
 * Reads the settings and answers their API. Never fails because of what the file holds: a file that is no JSON object
 * is set aside under another name, and a single value that can't be is replaced by its ordinary one; the log says so.
 */
export async function openSettings(options: SettingsOptions): Promise<SettingsApi> {
  const file = path.join(options.folder, SETTINGS_FILE)
  const stored = await readStored(file, options.logger)
  let current = { ...defaultSettings(options.accountName), ...known(stored, options.logger) }
  const unknown = Object.fromEntries(Object.entries(stored).filter(([name]) => !isSettingName(name)))
  let last: Promise<unknown> = Promise.resolve()

  async function write(patch: Partial<Settings>): Promise<Settings> {
    const next = { ...current, ...patch }
    try {
      // Settings of a newer version stay in the file, so that going back and forth loses none.
      await mkdir(options.folder, { recursive: true })
      await replaceFile(file, `${JSON.stringify({ ...unknown, ...next }, null, 2)}\n`, { mode: 0o600 })
    } catch (cause) {
      throw new SheafError('disk-error', 'The settings could not be saved, so they stay as they were.', {}, { cause })
    }
    current = next
    options.changed(current)
    return current
  }

  return {
    get: () => current,
    set(patch) {
      if (!isSettingsPatch(patch))
        return Promise.reject(new SheafError('invalid-argument', 'That is not a value this setting can have.'))
      // One after another: two changes at the same time both end up in the file.
      const done = last.then(() => write(patch))
      last = done.catch(() => undefined)
      return done
    },
  }
}

type Stored = Readonly<Record<string, unknown>>

async function readStored(file: string, logger: Logger): Promise<Stored> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') logger.error('settings.unreadable', error)
    return {}
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('Not a JSON object')
    return value as Stored
  } catch (error) {
    logger.error('settings.damaged', error)
    await rename(file, `${file}.damaged`).catch((cause: unknown) => logger.error('settings.not-set-aside', cause))
    return {}
  }
}

function known(stored: Stored, logger: Logger): Partial<Settings> {
  const good = Object.entries(stored).filter(([name, value]) => {
    if (!isSettingName(name)) return false
    const valid = isSettingValue(name, value)
    if (!valid) logger.info('settings.value-replaced', { name })
    return valid
  })
  return Object.fromEntries(good)
}
