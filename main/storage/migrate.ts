/** Brings a private store to the newest form, one migration a transaction; `user_version` counts those done. */
import { SheafError } from '../../shared/errors.ts'
import { logAndDrafts } from './migrations/0001-log-and-drafts.ts'
import { epochKeys } from './migrations/0002-epoch-keys.ts'
import { mirrors } from './migrations/0003-mirrors.ts'
import type { Db } from './open-database.ts'

/** In order, for ever: a released migration is never changed. */
const MIGRATIONS: readonly string[] = [logAndDrafts, epochKeys, mirrors]

/** Throws `too-new` for a store that a newer Sheaf has written; it is left as it is. */
export function migrate(db: Db): void {
  const done = Number(db.pragma('user_version', { simple: true }))
  if (done > MIGRATIONS.length) {
    throw new SheafError(
      'too-new',
      'This document was last opened by a newer Sheaf on this computer; please update Sheaf.',
    )
  }
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < done) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
}
