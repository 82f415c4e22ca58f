import { expect, test } from 'vitest'
import type { Logger } from '../main/ports.ts'
import { SheafError } from '../shared/errors.ts'
import { CALL_NAMES } from '../shared/ipc/check-arguments.ts'
import { answerCall, answerDrop, type CallHandlers } from './ipc-server.ts'

const id = 'ab'.repeat(32)

interface Line {
  readonly event: string
  readonly facts: Readonly<Record<string, unknown>> | undefined
}

function setUp(handlers: Partial<CallHandlers<string>>) {
  const log: Line[] = []
  const logger: Logger = {
    info: (event, facts) => log.push({ event, facts }),
    error: (event, _cause, facts) => log.push({ event, facts }),
  }
  const call = (name: unknown, args: unknown, window: string | null = 'alice') =>
    answerCall(handlers as CallHandlers<string>, logger, window, name, args)
  return { log, call }
}

test('a call is answered with what its handler says, sooner or later', async () => {
  const { call } = setUp({
    'document.saveAgain': () => undefined,
    'library.open': async (window, entryId) => `${window} ${entryId}`,
  })
  expect(await call('library.open', ['e1'])).toEqual({ ok: true, value: 'alice e1' })
  expect(await call('document.saveAgain', [id])).toEqual({ ok: true, value: undefined })
})

test('SAFE-7: a sender that is no window of ours reaches no handler', async () => {
  let reached = false
  const { call } = setUp({
    'window.flushed': () => {
      reached = true
    },
  })
  expect(await call('window.flushed', [], null)).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
  expect(reached).toBe(false)
})

test('SAFE-7: files dropped by a sender that is no window of ours are not brought in', async () => {
  const brought: string[] = []
  const bring = async (window: string, task: number, paths: readonly string[]) => {
    brought.push(`${window} ${task} ${paths.join()}`)
    return { documents: [], opened: [], leftOut: [], failures: [], cancelled: false }
  }
  const logger = { info: () => undefined, error: () => undefined }
  expect(await answerDrop(bring, logger, null, 1, ['/a.md'])).toMatchObject({ error: { kind: 'no-permission' } })
  expect(await answerDrop(bring, logger, 'alice', 1, '/a.md')).toMatchObject({ error: { kind: 'invalid-argument' } })
  expect(brought).toEqual([])
  expect(await answerDrop(bring, logger, 'alice', 1, ['/a.md'])).toMatchObject({ ok: true })
  expect(brought).toEqual(['alice 1 /a.md'])
})

test('an expected failure keeps its kind, sentence and facts', async () => {
  const { call } = setUp({
    'document.open': () => Promise.reject(new SheafError('too-new', 'Made by a newer Sheaf.', { format: 2 })),
  })
  expect(await call('document.open', [id])).toMatchObject({
    ok: false,
    error: { kind: 'too-new', message: 'Made by a newer Sheaf.', data: { format: 2 } },
  })
})

test('SAFE-8: an unexpected error shows a reference that also stands in the log, and nothing of itself', async () => {
  const { call, log } = setUp({
    'document.open': () => {
      throw new Error('at /home/alice/secret.sheaf')
    },
  })
  const outcome = await call('document.open', [id])
  if (outcome.ok) throw new Error('It must fail')
  expect(outcome.error.kind).toBe('internal')
  expect(JSON.stringify(outcome)).not.toContain('secret')
  expect(log).toEqual([{ event: 'call.failed', facts: { call: 'document.open', reference: outcome.error.reference } }])
  expect(outcome.error.reference).toMatch(/^[0-9a-f]{8}$/)
})

test('SAFE-4: a name the page made up does not stand in the log', async () => {
  const { call, log } = setUp({})
  await call('a word of the user', [])
  expect(log.map((line) => line.facts?.['call'])).toEqual(['unknown'])
})

test('something thrown that is no error is an internal failure too', async () => {
  const { call } = setUp({ 'settings.get': () => Promise.reject('odd') })
  expect(await call('settings.get', [])).toMatchObject({ ok: false, error: { kind: 'internal' } })
})

test('SAFE-2: garbage as name and arguments is answered, never thrown', async () => {
  const { call } = setUp({})
  const garbage: unknown[] = [undefined, null, 0, '', 'x'.repeat(100_000), [], {}, [id], Symbol('s'), () => 1, 1n]
  for (const name of [...garbage, ...CALL_NAMES])
    for (const args of garbage) expect(await call(name, args)).toMatchObject({ ok: false })
})
