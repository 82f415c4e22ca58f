/** Moves a file without ever replacing another one, also from one disk to another. */
import { constants } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import { errorCode } from './error-code.ts'
import { equalStamps, stampFile } from './file-stamp.ts'
import { syncFile, syncFolder } from './replace-file.ts'

/** Throws `already-exists` when the new path is taken. The move lasts through a power cut once it resolves. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    if (await isSameName(from, to)) await fs.rename(from, to)
    else await moveToFreeName(from, to)
  } catch (cause) {
    if (errorCode(cause) !== 'EEXIST') throw cause
    throw new SheafError('already-exists', 'There is a file of that name already.', {}, { cause })
  }
  await syncFolder(path.dirname(to))
  if (path.dirname(from) !== path.dirname(to)) await syncFolder(path.dirname(from))
}

async function moveToFreeName(from: string, to: string): Promise<void> {
  try {
    // A second name and then no first one: the only move that fails when the new name is taken.
    await fs.link(from, to)
    await fs.unlink(from)
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'EXDEV') return await moveAcross(from, to)
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN'].includes(code)) throw cause
    // File systems without links (exFAT, some network drives): an empty file holds the name until the rename.
    await fs.writeFile(to, '', { flag: 'wx' })
    await fs.rename(from, to).catch(async (reason: unknown) => {
      await fs.rm(to)
      throw reason
    })
  }
}

async function moveAcross(from: string, to: string): Promise<void> {
  for (;;) {
    const before = await stampFile(from)
    await fs.copyFile(from, to, constants.COPYFILE_EXCL)
    await syncFile(to)
    if (equalStamps(before, await stampFile(from))) return await fs.unlink(from)
    await fs.rm(to)
  }
}

/** Two spellings of one name, on a file system that takes "hay" and "Hay" for the same. */
export async function isSameName(from: string, to: string): Promise<boolean> {
  if (from === to || from.normalize('NFC').toLowerCase() !== to.normalize('NFC').toLowerCase()) return false
  return equalStamps(await stampFile(from), await stampFile(to))
}
