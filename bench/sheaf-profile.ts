/** A person's folders for the built app, with one document in the library. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type ElectronApplication, _electron as electron } from '@playwright/test'
import { publishSheafFile } from '../main/storage/publish-sheaf-file.ts'
import type { SheafFileContent } from '../main/storage/sheaf-file.ts'
import { Desktop } from './desktop.ts'

const APP = path.resolve(import.meta.dirname, '..')

export class SheafProfile {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-bench-'))
  private readonly file = path.join(this.folder, 'Library', 'Paper.sheaf')
  private readonly display: Readonly<Record<string, string>>

  private constructor(display: Readonly<Record<string, string>>) {
    this.display = display
  }

  static async with(content: SheafFileContent, display: Readonly<Record<string, string>>): Promise<SheafProfile> {
    if (!fs.existsSync(path.join(APP, 'out/app/desktop.js'))) throw new Error('The app is not built: npm run build')
    const profile = new SheafProfile(display)
    fs.mkdirSync(path.dirname(profile.file))
    await publishSheafFile(profile.file, content)
    return profile
  }

  /** Starts the app with the document. */
  start(switches: readonly string[] = []): Promise<Desktop> {
    const env = { ...this.display, SHEAF_LIBRARY: path.dirname(this.file) }
    return Desktop.start(APP, [this.file, `--user-data-dir=${path.join(this.folder, 'profile')}`], env, switches)
  }

  /** The same with the test's hand on its main process, for what only that can tell a window. */
  launch(switches: readonly string[] = []): Promise<ElectronApplication> {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return electron.launch({
      args: [...sandbox, ...switches, APP, this.file, `--user-data-dir=${path.join(this.folder, 'profile')}`],
      env: { ...Object.fromEntries(inherited), ...this.display, SHEAF_LIBRARY: path.dirname(this.file) },
    })
  }

  clear(): void {
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}
