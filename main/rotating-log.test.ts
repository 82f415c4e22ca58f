import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SheafError } from '../shared/errors.ts'
import { openRotatingLog } from './rotating-log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sheaf-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const clock = { now: () => Date.UTC(2026, 0, 2) }
const text = (): string => readFileSync(path.join(folder, 'sheaf.log'), 'utf8')

test('a fact is one line of JSON with its time', () => {
  openRotatingLog({ folder, clock }).info('library.opened', { entries: 3 })
  expect(JSON.parse(text())).toEqual({ time: '2026-01-02T00:00:00.000Z', event: 'library.opened', entries: 3 })
})

test('SAFE-4: an error is logged with its code and place, never with its message or a path', async () => {
  const logger = openRotatingLog({ folder, clock })
  const secret = path.join(folder, 'my-secret-novel', 'chapter.sheaf')
  const cause = await readFile(secret).catch((error: unknown) => error)
  logger.error('file.unread', new SheafError('disk-error', 'The words of a user', { size: 3 }, { cause }))
  expect(JSON.parse(text())).toMatchObject({
    event: 'file.unread',
    cause: { kind: 'disk-error', data: { size: 3 }, cause: { code: 'ENOENT', syscall: 'open' } },
  })
  expect(text()).toContain('rotating-log.test.ts')
  for (const word of ['my-secret-novel', 'chapter', 'words of a user', folder]) expect(text()).not.toContain(word)
})

test('something thrown that is no error is logged by its type', () => {
  openRotatingLog({ folder, clock }).error('odd', 'a user wrote this')
  expect(JSON.parse(text())).toMatchObject({ cause: { name: 'string' } })
})

test('files are bounded in size and number', () => {
  const logger = openRotatingLog({ folder, clock, fileSize: 200, filesKept: 2 })
  for (let i = 0; i < 50; i++) logger.info('event', { i })
  expect(readdirSync(folder).sort()).toEqual(['sheaf.log', 'sheaf.log.1', 'sheaf.log.2'])
  expect(JSON.parse(text().trim().split('\n').at(-1) ?? '')).toMatchObject({ i: 49 })
})

test('a log that can not be written stops nothing and complains once', () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    writeFileSync(path.join(folder, 'blocked'), '')
    const logger = openRotatingLog({ folder: path.join(folder, 'blocked', 'logs'), clock })
    logger.info('one')
    logger.info('two')
    expect(stderr).toHaveBeenCalledTimes(1)
  } finally {
    stderr.mockRestore()
  }
})
