/** The text of a file's schema, compared with the list of tables before any other statement is run. */
import { Refused } from './file-problem.ts'
import { TABLES } from './sheaf-file.ts'

const KNOWN = new Map<unknown, string>(Object.entries(TABLES))
/** A table with plain columns and keys, and nothing that computes: no default, check, generated column, reference. */
const PLAIN_TABLE =
  /^CREATE TABLE ([a-z_]{1,64}) \(\s*(?:(?:[a-z_]{1,64} (?:INTEGER|TEXT|BLOB|REAL|ANY)(?: PRIMARY KEY)?(?: NOT NULL)?|PRIMARY KEY \([a-z_, ]{1,500}\))(?:,\s*|\s*(?=\))))+\)(?: STRICT)?$/
const MOST_ENTRIES = 200

/**
 * Throws `Refused` unless the schema holds exactly this format's tables, or also plain tables of a newer format.
 * Answers whether there are such tables; the caller refuses them when the file does not say that it is newer.
 */
export function checkSchema(entries: Iterable<unknown>): boolean {
  const found = new Set<unknown>()
  const tables = new Set<unknown>()
  const automatic: { name: string; table: unknown }[] = []
  let extra = false
  let count = 0
  for (const entry of entries) {
    const [type, name, table, sql] = entry as unknown[]
    if (++count > MOST_ENTRIES || typeof name !== 'string') throw new Refused('hostile')
    // The index SQLite makes for a primary key has no text of its own.
    if (type === 'index' && sql === null) {
      automatic.push({ name, table })
      continue
    }
    if (type !== 'table' || name !== table || tables.has(name)) throw new Refused('hostile')
    tables.add(name)
    const known = KNOWN.get(name)
    if (known !== undefined) {
      if (sql !== known) throw new Refused('hostile')
      found.add(name)
    } else {
      if (
        typeof sql !== 'string' ||
        sql.length > 4000 ||
        PLAIN_TABLE.exec(sql)?.[1] !== name ||
        name.startsWith('sqlite_')
      ) {
        throw new Refused('hostile')
      }
      extra = true
    }
  }
  for (const { name, table } of automatic) {
    if (!tables.has(table) || name !== `sqlite_autoindex_${String(table)}_1`) throw new Refused('hostile')
  }
  if (found.size !== KNOWN.size) throw new Refused('damaged')
  return extra
}
