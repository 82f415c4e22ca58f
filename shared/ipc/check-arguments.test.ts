import { expect, test } from 'vitest'
import { SheafError } from '../errors.ts'
import { CALL_LIMITS, CALL_NAMES, checkCall, checkDrop } from './check-arguments.ts'
import type { CallName } from './contract.ts'

const id = 'ab'.repeat(32)

/** One good argument list for each call; a call added to the contract without one fails the test below. */
const GOOD: Record<CallName, unknown[]> = {
  'app.about': [],
  'settings.get': [],
  'settings.set': [{ theme: 'dark', textSize: 20 }],
  'library.get': [],
  'library.chooseFolder': [],
  'library.new': ['A title'],
  'library.open': ['e1'],
  'library.openFile': [],
  'library.import': [7],
  'library.rename': ['e1', 'A title'],
  'library.resolveCopy': ['e1', 'same'],
  'library.trash': ['e1'],
  'library.restore': ['e1'],
  'library.reveal': ['e1'],
  'document.open': [id],
  'document.append': [id, 0, new Uint8Array([1])],
  'document.close': [id],
  'document.rebuild': [id, '3 insertions'],
  'document.saveAgain': [id],
  'document.locate': [id],
  'document.resolveRollback': [id, 'older'],
  'document.losses': [id, 'md'],
  'document.export': [id, { format: 'pdf', paper: { size: 'a5', margins: 'wide', header: true, footer: false } }, 1],
  'document.revealExport': [],
  'document.print': [id, { size: 'a4', margins: 'normal', header: false, footer: true }, 2],
  'task.cancel': [1],
  'image.add': [id, new Uint8Array([1])],
  'image.copy': [id, id, 'f'.repeat(64)],
  'spelling.get': [],
  'spelling.check': ['en-US', ['word']],
  'spelling.suggest': ['en-US', 'wrod'],
  'spelling.learn': ['Alder'],
  'spelling.forget': ['Alder'],
  'spelling.addDictionary': [],
  'link.open': ['https://example.org/'],
  'window.edit': ['paste'],
  'window.open': [null],
  'window.shows': [id, ''],
  'window.flushed': [],
  'window.start': [],
  'sharing.get': [id],
  'sharing.invite': [id, { role: 'editor', uses: 5, hours: 72, approval: true }],
  'sharing.dropInvite': [id, 'an invite'],
  'sharing.answer': [id, 'a request', true],
  'sharing.setRole': [id, 'a person', 'commenter'],
  'sharing.remove': [id, 'a person'],
  'sharing.removeDevice': [id, id],
  'sharing.verify': [id, 'a person', false],
  'sharing.setWays': [id, { relay: 'https://relay.example', lan: true }],
  'sharing.connect': [id, '192.168.1.7:4455'],
  'sharing.addresses': [],
  'sharing.pairingCode': [],
  'sharing.admit': [id, 'waiting words'],
  'sharing.join': ['sheaf://i#AAAA'],
  'sync.get': [id],
  'presence.say': [id, { anchor: new Uint8Array([1]), head: null, typing: true, idle: false }],
  'recovery.words': [],
  'recovery.restore': ['twelve words', ''],
  'yjs.connect': [id, { url: 'wss://yjs.example', room: 'notes' }],
}

test('SAFE-1: every call accepts the arguments its contract gives', () => {
  for (const name of CALL_NAMES) expect(checkCall(name, GOOD[name])).toEqual({ name, args: GOOD[name] })
  expect([...CALL_NAMES].sort()).toEqual(Object.keys(GOOD).sort())
})

test('SAFE-1: an argument too many or too few is refused', () => {
  for (const name of CALL_NAMES) {
    expect(() => checkCall(name, [...GOOD[name], null])).toThrow(SheafError)
    if (GOOD[name].length > 0) expect(() => checkCall(name, GOOD[name].slice(1))).toThrow(SheafError)
  }
})

test.each([
  ['toString', []],
  ['__proto__', []],
  ['constructor', []],
  ['document.openX', [id]],
  [42, []],
  [null, []],
])('SAFE-1: the unknown name %j is refused', (name, args) => {
  expect(() => checkCall(name, args)).toThrow(expect.objectContaining({ kind: 'unsupported' }))
})

test.each([
  ['document.open', [id.toUpperCase()]],
  ['document.open', [id.slice(1)]],
  ['document.open', [`${id}\n`]],
  ['document.open', ['../../etc/passwd']],
  ['document.append', [id, 2, new Uint8Array([1])]],
  ['document.append', [id, '0', new Uint8Array([1])]],
  ['document.append', [id, 0, new Uint8Array()]],
  ['document.append', [id, 0, [1, 2, 3]]],
  ['document.append', [id, 0, new Uint16Array([1])]],
  ['library.open', ['']],
  ['library.open', ['x'.repeat(CALL_LIMITS.entryId + 1)]],
  ['library.rename', ['e1', 'x'.repeat(CALL_LIMITS.title + 1)]],
  ['library.resolveCopy', ['e1', 'other']],
  ['document.losses', [id, 'exe']],
  ['document.export', [id, { format: 'json', paper: { size: 'a4', margins: 'wide', header: true, footer: true } }, 1]],
  ['document.export', [id, { format: 'pdf', paper: { size: '1in', margins: 'wide', header: true, footer: true } }, 1]],
  ['document.export', [id, { format: 'pdf' }, 1]],
  ['document.print', [id, { size: 'a4', margins: 'wide', header: 1, footer: true }, 1]],
  ['document.print', [id, null, 1]],
  ['task.cancel', [0]],
  ['settings.set', [{ theme: 'dark', admin: true }]],
  ['image.copy', [id, id, '../secret']],
  ['link.open', ['x'.repeat(CALL_LIMITS.href + 1)]],
  ['window.open', [undefined]],
  ['sharing.invite', [id, { role: 'admin', uses: 1, hours: 1, approval: false }]],
  ['sharing.invite', [id, { role: 'editor', uses: 1001, hours: 1, approval: false }]],
  ['sharing.invite', [id, { role: 'editor', uses: 1, hours: 0, approval: false }]],
  ['sharing.invite', [id, { role: 'editor', uses: 1, hours: 1 }]],
  ['sharing.answer', [id, 'a request', 'yes']],
  ['sharing.setRole', [id, '', 'editor']],
  ['sharing.setWays', [id, { relay: 'http://relay.example', lan: true }]],
  ['sharing.setWays', [id, { relay: 'file:///etc/passwd', lan: true }]],
  ['sharing.setWays', [id, { relay: null, lan: 1 }]],
  ['sharing.join', ['x'.repeat(CALL_LIMITS.link + 1)]],
  ['presence.say', [id, { anchor: new Uint8Array(CALL_LIMITS.position + 1), head: null, typing: false }]],
  ['presence.say', [id, { anchor: [1], head: null, typing: false }]],
  ['presence.say', [id, { anchor: null, head: null, typing: false, idle: 'a little' }]],
  ['recovery.restore', ['twelve words', 'a relay']],
  ['yjs.connect', [id, { url: 'wss://yjs.example', room: 7 }]],
  ['yjs.connect', [id, { url: 'wss://yjs.example', room: 'notes', kind: 'other' }]],
])('SAFE-1: %s with a wrong argument is refused (%#)', (name, args) => {
  expect(() => checkCall(name, args)).toThrow(expect.objectContaining({ kind: 'invalid-argument' }))
})

test('SAFE-1: an update above the size limit is refused as too big', () => {
  const update = new Uint8Array(CALL_LIMITS.update + 1)
  expect(() => checkCall('document.append', [id, 0, update])).toThrow(expect.objectContaining({ kind: 'too-big' }))
})

/** A small generator of repeatable random numbers (mulberry32), 0 <= n < 1. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const { process } = globalThis as unknown as { process: { env: Record<string, string | undefined> } }
/** SHEAF_SEED repeats a run. */
const seed = Number(process.env['SHEAF_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

test(`SAFE-2: 10,000 random argument lists per call are accepted or refused with a known kind (seed ${seed})`, () => {
  const random = randomFrom(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const atoms: readonly (() => unknown)[] = [
    () => undefined,
    () => null,
    () => random() < 0.5,
    () => Math.floor(random() * 4) - 1,
    () => random() * 1e12,
    () => Number.NaN,
    () => 10n,
    () => Symbol('s'),
    () => id,
    () => pick(['', 'same', 'md', 'dark', '__proto__', '\ud800', '\u0000', '../..', 'https://example.org']),
    () => 'x'.repeat(Math.floor(random() * 3000)),
    () => new Uint8Array(Math.floor(random() * 100)),
    () => new Map([[1, 2]]),
    () => new Date(Number.NaN),
    () => /x/,
    () => () => 1,
    () => Object.create(null),
  ]
  const value = (depth: number): unknown => {
    const roll = random()
    if (depth < 3 && roll < 0.15) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1))
    if (depth < 3 && roll < 0.3) {
      const keys = ['theme', 'textSize', 'length', 'constructor', 'toString', 'x']
      return Object.fromEntries(keys.filter(() => random() < 0.4).map((key) => [key, value(depth + 1)]))
    }
    return pick(atoms)()
  }
  let accepted = 0
  for (const name of CALL_NAMES) {
    for (let i = 0; i < 10_000; i++) {
      const mutated = GOOD[name].map((good) => (random() < 0.5 ? good : value(0)))
      const args = random() < 0.2 ? value(0) : random() < 0.1 ? [...mutated, value(0)] : mutated
      try {
        checkCall(name, args)
        accepted++
      } catch (error) {
        if (!(error instanceof SheafError)) throw new Error(`seed ${seed}: ${name} threw ${String(error)}`)
      }
    }
  }
  expect(accepted).toBeGreaterThan(0)
  expect(accepted).toBeLessThan(CALL_NAMES.length * 10_000)
})

test('SAFE-1: what is dropped is a task and paths of files that the system knows', () => {
  expect(checkDrop(3, ['/a.md', ''])).toEqual({ task: 3, paths: ['/a.md'] })
  const bad: [unknown, unknown][] = [
    [0, ['/a.md']],
    ['1', ['/a.md']],
    [1, '/a.md'],
    [1, [7]],
    [1, ['x'.repeat(5000)]],
    [1, Array.from({ length: 5001 }, () => '/a.md')],
  ]
  for (const [task, paths] of bad)
    expect(() => checkDrop(task, paths)).toThrow(expect.objectContaining({ kind: 'invalid-argument' }))
})
