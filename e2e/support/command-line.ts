/** The `sheaf` command as a person types it in the checkout. */
import { execFile } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/sheaf.mjs')

/** Runs one command to its end. Answers what it printed; rejects when it fails. */
export async function sheaf(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...args])
  return stdout
}

/** A document file's whole content, unknown parts included. */
export async function contentOf(file: string): Promise<{ title: string; content: unknown[] }> {
  return JSON.parse(await sheaf('export', file, '-', '--format', 'json'))
}
