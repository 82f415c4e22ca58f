/** What the disk said, as one of Sheaf's error kinds. Errors that are ours already, or nobody's, pass unchanged. */
import { SheafError, type ErrorKind } from '../../shared/errors.ts'

const KINDS: readonly (readonly [prefix: string, kind: ErrorKind, because: string])[] = [
  ['SQLITE_FULL', 'disk-full', 'The disk is full.'],
  ['ENOSPC', 'disk-full', 'The disk is full.'],
  ['EDQUOT', 'disk-full', 'Your disk quota is used up.'],
  ['SQLITE_IOERR', 'disk-error', 'The disk reported an error.'],
  ['EIO', 'disk-error', 'The disk reported an error.'],
  ['SQLITE_CORRUPT', 'damaged', 'The file is damaged.'],
  ['SQLITE_NOTADB', 'damaged', 'The file is damaged.'],
  ['SQLITE_BUSY', 'disk-error', 'Another program is using its file.'],
  ['SQLITE_LOCKED', 'disk-error', 'Another program is using its file.'],
  ['EBUSY', 'disk-error', 'Another program is using the file.'],
  // Our statements are fixed: when SQLite can't make sense of one, the file's header or schema is garbled.
  ['SQLITE_ERROR', 'damaged', 'The file is damaged.'],
  ['SQLITE_CANTOPEN', 'no-permission', 'The file or its folder may not be written to.'],
  ['SQLITE_READONLY', 'no-permission', 'The file may not be written to.'],
  ['SQLITE_PERM', 'no-permission', 'The file may not be written to.'],
  ['EACCES', 'no-permission', 'The file or its folder may not be written to.'],
  ['EPERM', 'no-permission', 'The file or its folder may not be written to.'],
  ['EROFS', 'no-permission', 'The disk may only be read.'],
  ['ENOENT', 'not-found', 'The file is not there.'],
  ['ENOTDIR', 'not-found', 'The folder is not there.'],
]

export function diskError(cause: unknown, what: string): Error {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null
  const match = code === null ? undefined : KINDS.find(([prefix]) => code.startsWith(prefix))
  if (match === undefined) return cause instanceof Error ? cause : new Error(String(cause))
  const [, kind, because] = match
  return new SheafError(kind, `${what} ${because}`, { code: code ?? '' }, { cause })
}
