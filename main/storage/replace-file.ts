/**
 * Replacing a file so that, whatever happens, its name stands for the old content or the new one, never for a part.
 *
 * The new content is made beside the target under a hidden temporary name, synced, and renamed over it.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { errorCode } from './error-code.ts'

const TEMPORARY = /^\..+\.sheaf-[0-9a-f]{12}\.tmp$/

/** A fresh temporary name in the target's folder: hidden, and never taken for a document. */
export function temporaryBeside(target: string): string {
  // Names may have 255 bytes; the decoration needs 25 of them.
  const name = Buffer.from(path.basename(target)).subarray(0, 200).toString('utf8').replaceAll('\uFFFD', '')
  return path.join(path.dirname(target), `.${name}.sheaf-${randomBytes(6).toString('hex')}.tmp`)
}

/** Writes a whole file in place of whatever the name stands for. On failure the old file is untouched and nothing is left behind. */
export async function replaceFile(
  target: string,
  content: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> {
  const temporary = temporaryBeside(target)
  try {
    await fs.writeFile(temporary, content, { flag: 'wx', mode: options.mode ?? 0o666 })
    await renameOver(temporary, target)
  } catch (cause) {
    await fs.rm(temporary, { force: true })
    throw cause
  }
}

/** Syncs a finished temporary file, renames it over the target and syncs the folder. */
export async function renameOver(temporary: string, target: string): Promise<void> {
  await syncFile(temporary)
  await renameSynced(temporary, target)
}

/** The same for a temporary file that is synced already. */
export async function renameSynced(temporary: string, target: string): Promise<void> {
  await renameStubbornly(temporary, target)
  await syncFolder(path.dirname(target))
}

export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name)
}

export async function syncFile(file: string): Promise<void> {
  const handle = await fs.open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes new names in a folder last through a power cut. Windows can't sync folders and keeps the order by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } catch (cause) {
    // Some network and FUSE file systems refuse to sync a folder; the file itself is synced.
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF'].includes(errorCode(cause))) throw cause
  } finally {
    await handle.close()
  }
}

/** On Windows, virus scanners and sync programs hold files for a moment: such refusals are tried again for a minute. */
async function renameStubbornly(from: string, to: string): Promise<void> {
  const patience = process.platform === 'win32' ? 60_000 : 0
  for (let waited = 0, wait = 10; ; waited += wait, wait = Math.min(wait * 2, 2000)) {
    try {
      return await fs.rename(from, to)
    } catch (cause) {
      if (waited >= patience || !['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(cause))) throw cause
      await pause(wait)
    }
  }
}
