/** The code a system or SQLite error carries, such as `ENOENT` or `SQLITE_FULL`; '' for anything else. */
export function errorCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}
