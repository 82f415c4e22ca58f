/** Finds a path no file has: "Name.sheaf", else "Name 2.sheaf", "Name 3.sheaf"… */
import fs from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from './error-code.ts'
import { isSameName } from './move-file.ts'

/** Whether anything at all has this path, a link that leads nowhere included. */
export async function isUsed(file: string): Promise<boolean> {
  try {
    await fs.lstat(file)
    return true
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(cause))) return false
    throw cause
  }
}

/** `own`: a path that counts as unused, because the file there is the one that is to be named. */
export async function unusedPath(wanted: string, own: string | null = null): Promise<string> {
  const { dir, name, ext } = path.parse(wanted)
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? wanted : path.join(dir, `${name} ${number}${ext}`)
    const isOwn = own !== null && (candidate === own || (await isSameName(own, candidate)))
    if (isOwn || !(await isUsed(candidate))) return candidate
  }
}
