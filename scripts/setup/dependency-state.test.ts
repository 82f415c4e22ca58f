import { expect, test } from 'vitest'
import { outdatedPackages } from './dependency-state.mjs'

const yjs = { version: '13.6.33', integrity: 'sha512-a' }
const macNode = { version: '24.0.0', integrity: 'sha512-b', optional: true }
const lock = { packages: { '': { version: '0.1.0' }, 'node_modules/yjs': yjs, 'node_modules/node-mac': macNode } }

test('an installation that holds every locked package fits', () => {
  expect(outdatedPackages(lock, { packages: { 'node_modules/yjs': yjs, 'node_modules/node-mac': macNode } })).toEqual(
    [],
  )
})

test('without an installation every needed package is outdated', () => {
  expect(outdatedPackages(lock, null)).toEqual(['node_modules/yjs'])
})

test('an optional package of another system may be missing', () => {
  expect(outdatedPackages(lock, { packages: { 'node_modules/yjs': yjs } })).toEqual([])
})

test('an optional package in another version is outdated', () => {
  const installed = {
    packages: { 'node_modules/yjs': yjs, 'node_modules/node-mac': { ...macNode, version: '23.0.0' } },
  }
  expect(outdatedPackages(lock, installed)).toEqual(['node_modules/node-mac'])
})

test('the same version with other contents is outdated', () => {
  expect(outdatedPackages(lock, { packages: { 'node_modules/yjs': { ...yjs, integrity: 'sha512-c' } } })).toEqual([
    'node_modules/yjs',
  ])
})

test('contents the lockfile says nothing of may be any', () => {
  const wanted = { packages: { 'node_modules/yjs': { version: '13.6.33' } } }
  expect(outdatedPackages(wanted, { packages: { 'node_modules/yjs': yjs } })).toEqual([])
})
