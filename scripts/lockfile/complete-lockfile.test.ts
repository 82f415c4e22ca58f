import fs from 'node:fs'
import { expect, test } from 'vitest'
import { completeLockfile, missingEntries } from './complete-lockfile.mjs'

const lockfile = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/linter': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: {
        '@linter/binding-linux-x64-musl': '2.0.0',
        '@linter/darwin-arm64': '2.0.0',
        fsevents: '~2.3.3',
      },
    },
    'node_modules/@linter/darwin-arm64': { version: '2.0.0' },
  },
}

test('an optional package without an entry gets one that says which system it is for', () => {
  expect(missingEntries(lockfile)).toEqual([
    {
      place: 'node_modules/@linter/binding-linux-x64-musl',
      entry: { version: '2.0.0', cpu: ['x64'], libc: ['musl'], os: ['linux'], dev: true, optional: true },
    },
  ])
})

test('a completed lockfile lacks nothing and is in order', () => {
  const complete = completeLockfile(lockfile)
  expect(missingEntries(complete)).toEqual([])
  expect(Object.keys(complete.packages)).toEqual([
    '',
    'node_modules/@linter/binding-linux-x64-musl',
    'node_modules/@linter/darwin-arm64',
    'node_modules/linter',
  ])
})

test('HOUSE-5: the project’s lockfile has an entry for every package of every system', () => {
  const text = fs.readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')
  expect(missingEntries(JSON.parse(text))).toEqual([])
})
