import { expect, test } from 'vitest'
import { defaultSettings, isSettingsPatch } from './settings-patch.ts'

test('the settings of a fresh installation are a valid patch themselves', () => {
  expect(isSettingsPatch(defaultSettings('Alice'))).toBe(true)
})

test('a very long account name is cut to what a display name may be', () => {
  expect(isSettingsPatch(defaultSettings('a'.repeat(5000)))).toBe(true)
})

test.each([
  [{}],
  [{ theme: 'dark' }],
  [{ textSize: 14 }],
  [{ language: 'de', density: 'compact', measure: 'wide', spacing: 'open', libraryOrder: 'title' }],
  [{ textSize: 26, libraryWidth: 480 }],
  [{ libraryShown: false, displayName: '' }],
  [{ lan: false, relay: 'wss://relay.example/path' }],
  [{ relay: 'ws://127.0.0.1:4000' }],
  [{ relay: '' }],
])('%j is a patch', (patch) => {
  expect(isSettingsPatch(patch)).toBe(true)
})

test.each([
  [null],
  ['dark'],
  [[]],
  [{ theme: 'blue' }],
  [{ language: 'fr' }],
  [{ measure: 70 }],
  [{ spacing: '' }],
  [{ density: null }],
  [{ libraryOrder: 'size' }],
  [{ textSize: 13 }],
  [{ textSize: 18.5 }],
  [{ textSize: '18' }],
  [{ textSize: Number.NaN }],
  [{ libraryWidth: 10_000 }],
  [{ displayName: 'a'.repeat(101) }],
  [{ relay: 'ws://relay.example' }],
  [{ relay: `https://relay.example/${'a'.repeat(500)}` }],
  [{ relay: 'relay' }],
  [{ lan: 1 }],
  [{ unknown: 1 }],
  [{ theme: undefined }],
  [JSON.parse('{"__proto__": {"theme": "dark"}}')],
  [{ toString: 'x' }],
])('%j is not a patch', (patch) => {
  expect(isSettingsPatch(patch)).toBe(false)
})
