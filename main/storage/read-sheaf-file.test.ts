import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ErrorKind } from '../../shared/errors.ts'
import { Inspector } from './inspector.ts'
import { publishSheafFile } from './publish-sheaf-file.ts'
import { readSheafFile, readSheafSummaries, readSheafSummary } from './read-sheaf-file.ts'
import { sampleContent, sampleRecord, temporaryFolder, writeForged } from './sheaf-file.fixture.ts'
import { FORMAT, META_KEYS, TABLES } from './sheaf-file.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'Hay.sheaf')
})
afterEach(() => folder.remove())

/** What reading answered, as one word, after checking that the file was not touched. */
async function reading(): Promise<ErrorKind | 'content'> {
  const digest = () => createHash('sha256').update(fs.readFileSync(file)).digest('hex')
  const before = [digest(), fs.statSync(file).mtimeMs, fs.readdirSync(folder.path).join()]
  const kind = await readSheafFile(file, { intakeFolder: intake() }).then(
    () => 'content' as const,
    (cause: { kind: ErrorKind }) => cause.kind,
  )
  expect([digest(), fs.statSync(file).mtimeMs, fs.readdirSync(folder.path).join()]).toEqual(before)
  expect(fs.readdirSync(intake())).toEqual([])
  return kind
}

function intake(): string {
  const place = `${folder.path}-intake`
  fs.mkdirSync(place, { recursive: true })
  return place
}
afterEach(() => fs.rmSync(`${folder.path}-intake`, { recursive: true, force: true }))

function forge(change: (db: Database.Database) => void, tables?: string[]): void {
  writeForged(file, change, tables)
}

function patch(change: (bytes: Buffer) => Buffer | void): void {
  const bytes = fs.readFileSync(file)
  fs.writeFileSync(file, change(bytes) ?? bytes)
}

const setMeta = (key: string, value: string) => (db: Database.Database) =>
  db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value)

test('a forged file with nothing wrong in it is read: the refusals below have other causes', async () => {
  forge(() => {})
  expect(await reading()).toBe('content')
})

describe('SAFE-51: a file whose schema is not exactly the listed tables is refused before it can do anything', () => {
  test.each<[string, (db: Database.Database) => void]>([
    ['a trigger', (db) => db.exec('CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM records; END')],
    ['a trigger on delete', (db) => db.exec('CREATE TRIGGER t BEFORE DELETE ON records BEGIN SELECT 1; END')],
    ['a view', (db) => db.exec('CREATE VIEW v AS SELECT * FROM meta')],
    [
      'an endless view',
      (db) =>
        db.exec('CREATE VIEW v AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x FROM r'),
    ],
    [
      'a view in the place of a table',
      (db) =>
        db.exec(
          'DROP TABLE records; CREATE VIEW records AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x AS writer FROM r',
        ),
    ],
    ['a virtual table', (db) => db.exec('CREATE VIRTUAL TABLE f USING fts5(x)')],
    [
      'a virtual table in the place of a table',
      (db) => db.exec('DROP TABLE preview; CREATE VIRTUAL TABLE preview USING fts5(kind, body)'),
    ],
    [
      'a generated column',
      (db) =>
        db.exec(
          'DROP TABLE preview; CREATE TABLE preview (kind TEXT PRIMARY KEY, body TEXT NOT NULL AS (hex(kind))) STRICT',
        ),
    ],
    [
      'a default that computes',
      (db) =>
        db.exec(
          'DROP TABLE preview; CREATE TABLE preview (kind TEXT PRIMARY KEY, body TEXT NOT NULL DEFAULT (hex(1))) STRICT',
        ),
    ],
    ['an index', (db) => db.exec('CREATE INDEX i ON records (seq)')],
    ['an index over an expression', (db) => db.exec('CREATE INDEX i ON records (hex(payload))')],
    ['a table more, at the same format', (db) => db.exec('CREATE TABLE more (a INTEGER PRIMARY KEY) STRICT')],
    [
      'a table without STRICT',
      (db) => db.exec('DROP TABLE meta; CREATE TABLE meta (k TEXT PRIMARY KEY, v TEXT NOT NULL)'),
    ],
    ['statistics', (db) => db.exec('ANALYZE')],
    [
      'a newer format with a trigger',
      (db) => {
        setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
        db.exec('CREATE TRIGGER t AFTER INSERT ON meta BEGIN SELECT 1; END')
      },
    ],
    [
      'a newer format with a view',
      (db) => {
        setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
        db.exec('CREATE VIEW v AS SELECT 1')
      },
    ],
    [
      'a newer format with a virtual table',
      (db) => {
        setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
        db.exec('CREATE VIRTUAL TABLE f USING fts5(x)')
      },
    ],
    [
      'a newer format with a generated column',
      (db) => {
        setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
        db.exec('CREATE TABLE more (a INTEGER PRIMARY KEY, b TEXT AS (hex(a))) STRICT')
      },
    ],
    [
      'a newer format with a check',
      (db) => {
        setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
        db.exec('CREATE TABLE more (a INTEGER PRIMARY KEY CHECK (a > 1)) STRICT')
      },
    ],
    [
      'a newer format with an index',
      (db) => {
        setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
        db.exec('CREATE INDEX i ON records (seq)')
      },
    ],
    [
      'a newer format with another table changed',
      (db) => {
        setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
        db.exec('ALTER TABLE blobs ADD COLUMN extra TEXT')
      },
    ],
    [
      'a schema edited by hand',
      (db) => {
        db.pragma('writable_schema = ON')
        db.exec("UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'meta'")
      },
    ],
  ])('%s', async (_, change) => {
    forge(change)
    expect(await reading()).toBe('hostile')
  })
})

test('FILE-3: a file of a newer format to write may have more plain tables; it comes back saying so', async () => {
  forge((db) => {
    setMeta(META_KEYS.formatWrite, `${FORMAT + 1}`)(db)
    db.exec('CREATE TABLE more (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c BLOB) STRICT')
    db.exec('CREATE TABLE yet_more (a BLOB NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)) STRICT')
  })
  expect((await readSheafFile(file)).formatWrite).toBe(FORMAT + 1)
})

describe('FILE-4: a file that needs a newer Sheaf to read is refused as such', () => {
  test('by its header', async () => {
    forge((db) => db.pragma(`user_version = ${FORMAT + 1}`))
    expect(await reading()).toBe('too-new')
  })
  test('by its facts', async () => {
    forge(setMeta(META_KEYS.formatRead, `${FORMAT + 1}`))
    expect(await reading()).toBe('too-new')
  })
})

describe('SAFE-52: a file with wrong values is refused, whatever its schema says', () => {
  const record = sampleRecord(1)
  const insert = (change: Record<string, unknown>) => (db: Database.Database) => {
    const row = {
      writer: record.writer,
      seq: 1,
      rec: record.recId,
      type: 1,
      stream: 0,
      prev: record.prev,
      sig: record.sig,
      payload: record.payload,
      ...change,
    }
    db.prepare('INSERT INTO records VALUES (:writer, :seq, :rec, :type, :stream, :prev, :sig, :payload)').run(row)
  }
  test.each<[string, ErrorKind | 'content', (db: Database.Database) => void]>([
    ['a record as it should be', 'content', insert({})],
    ['a short writer', 'damaged', insert({ writer: new Uint8Array(31) })],
    ['a long record id', 'damaged', insert({ rec: new Uint8Array(33) })],
    ['no signature', 'damaged', insert({ sig: new Uint8Array(0) })],
    ['a negative number', 'damaged', insert({ seq: -1 })],
    ['a number that begins at 0', 'damaged', insert({ seq: 0 })],
    ['a number beyond exactness', 'damaged', insert({ seq: 2n ** 60n })],
    [
      'a blob that is too big',
      'too-big',
      (db) => db.prepare("INSERT INTO blobs VALUES (?, 'x', zeroblob(?))").run(record.recId, 21 * 2 ** 20),
    ],
    ['a fact that is too big', 'too-big', setMeta(META_KEYS.title, 'x'.repeat(70_000))],
    [
      'too many facts',
      'too-big',
      (db) =>
        db.exec(
          "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r LIMIT 1001) INSERT INTO meta SELECT 'k' || x, 'v' FROM r",
        ),
    ],
    ['no document id', 'damaged', (db) => db.exec(`DELETE FROM meta WHERE k = '${META_KEYS.documentId}'`)],
    ['a document id that is none', 'damaged', setMeta(META_KEYS.documentId, '../../etc/passwd')],
    ['a format that is no number', 'damaged', setMeta(META_KEYS.formatWrite, '1e9')],
    ['a time that is no number', 'damaged', setMeta(META_KEYS.changedAt, 'yesterday')],
    [
      'a state of an unknown stream, which is only a cache',
      'content',
      (db) => db.exec("INSERT INTO state VALUES (7, x'00', x'00')"),
    ],
  ])('%s', async (_, expected, change) => {
    forge(change)
    expect(await reading()).toBe(expected)
  })

  test('text where bytes belong', async () => {
    forge((db) => {
      insert({ sig: new TextEncoder().encode('s'.repeat(64)) })(db)
      db.pragma('writable_schema = ON')
    })
    // The record's serial type says "blob of 64 bytes" (140); one more makes it "text of 64 bytes".
    patch((bytes) => {
      const at = bytes.indexOf(Buffer.from('s'.repeat(64)))
      const header = bytes.subarray(at - 32 * 3 - 64, at)
      const serial = header.indexOf(Buffer.from([0x81, 0x0c]))
      expect(serial).toBeGreaterThanOrEqual(0)
      header.writeUInt8(0x0d, serial + 1)
    })
    expect(await reading()).toBe('damaged')
  })
})

describe('FILE-5: what is not a Sheaf document is refused by its first bytes', () => {
  const header = (at: number, value: number, kind: ErrorKind): [number, number, ErrorKind] => [at, value, kind]
  test.each([
    header(0, 0x00, 'not-a-sheaf-file'),
    header(68, 0x00, 'not-a-sheaf-file'),
    header(18, 2, 'hostile'),
    header(19, 2, 'hostile'),
    header(59, 2, 'hostile'),
    header(16, 0xff, 'damaged'),
    header(28, 0x7f, 'damaged'),
    header(31, 0x01, 'damaged'),
  ])('byte %i as %i is %s', async (at, value, kind) => {
    await publishSheafFile(file, sampleContent())
    patch((bytes) => void bytes.writeUInt8(value, at))
    expect(await reading()).toBe(kind)
  })

  test('a text file, an empty one, a beginning', async () => {
    fs.writeFileSync(file, 'Dear diary, this is not a database at all. '.repeat(10))
    expect(await reading()).toBe('not-a-sheaf-file')
    fs.writeFileSync(file, '')
    expect(await reading()).toBe('damaged')
    fs.writeFileSync(file, 'SQLite format 3\0')
    expect(await reading()).toBe('damaged')
  })

  test('a folder, a device, a pipe, and links to them', async () => {
    await expect(readSheafFile(folder.path)).rejects.toMatchObject({ kind: 'not-a-sheaf-file' })
    await expect(readSheafFile('/dev/zero')).rejects.toMatchObject({ kind: 'not-a-sheaf-file' })
    fs.symlinkSync('/dev/zero', file)
    await expect(readSheafFile(file)).rejects.toMatchObject({ kind: 'not-a-sheaf-file' })
    const pipe = path.join(folder.path, 'pipe.sheaf')
    execFileSync('mkfifo', [pipe])
    await expect(readSheafFile(pipe)).rejects.toMatchObject({ kind: 'not-a-sheaf-file' })
  })

  test('a file that is not there, and a link to itself', async () => {
    await expect(readSheafFile(file)).rejects.toMatchObject({ kind: 'not-found' })
    fs.symlinkSync(file, file)
    await expect(readSheafFile(file)).rejects.toMatchObject({ kind: 'not-a-sheaf-file' })
  })

  test('a file longer than the cap, without reading it', async () => {
    await publishSheafFile(file, sampleContent())
    fs.truncateSync(file, 2 ** 31 + 4096)
    await expect(readSheafFile(file)).rejects.toMatchObject({ kind: 'too-big' })
  })
})

test('a link to an ordinary file is read', async () => {
  await publishSheafFile(file, sampleContent({ title: 'Linked' }))
  const link = path.join(folder.path, 'link.sheaf')
  fs.symlinkSync(file, link)
  expect((await readSheafFile(link)).title).toBe('Linked')
})

test('a missing table is damage', async () => {
  forge(
    () => {},
    Object.values(TABLES).filter((sql) => sql !== TABLES.blobs),
  )
  expect(await reading()).toBe('damaged')
})

test('summaries of many files come in order, with the problem of each refused one', async () => {
  const other = path.join(folder.path, 'Other.sheaf')
  await publishSheafFile(file, sampleContent({ title: 'Hay', words: 12, firstWords: 'Sun and' }))
  fs.writeFileSync(other, 'no')
  const summaries = await readSheafSummaries([other, file, path.join(folder.path, 'none.sheaf')])
  expect(summaries).toMatchObject([
    { problem: 'not-a-sheaf-file' },
    { problem: null, title: 'Hay', words: 12, firstWords: 'Sun and' },
    { problem: 'not-found' },
  ])
})

test('a summary trusts a hostile schema no more than reading does', async () => {
  forge((db) =>
    db.exec(
      'DROP TABLE meta; CREATE VIEW meta AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x AS k, x AS v FROM r',
    ),
  )
  expect(await readSheafSummary(file)).toEqual({ problem: 'hostile' })
})

test('SAFE-53: a file that keeps the reader busy is given up, and the next one is read', async () => {
  await publishSheafFile(file, sampleContent())
  const stuck = new URL(
    `data:text/javascript,${encodeURIComponent("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); })")}`,
  )
  await expect(readSheafFile(file, { inspector: new Inspector(100, stuck) })).rejects.toMatchObject({ kind: 'hostile' })
  const dying = new URL(
    `data:text/javascript,${encodeURIComponent("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1))")}`,
  )
  const inspector = new Inspector(5000, dying)
  await expect(readSheafFile(file, { inspector })).rejects.toMatchObject({ kind: 'damaged' })
  await expect(readSheafFile(file, { inspector })).rejects.toMatchObject({ kind: 'damaged' })
  expect((await readSheafFile(file)).title).toBe('A sheaf of hay')
})
