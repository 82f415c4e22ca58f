import { expect, test } from 'vitest'
import { builderArguments, formatsHere } from './builder-arguments.mjs'

test('with the real Electron every format of the configuration is made, from the configuration alone', () => {
  expect(builderArguments(formatsHere(false), false, 'darwin')).toEqual(['--mac', '--publish=never'])
  expect(builderArguments(['nsis'], false, 'win32')).toEqual(['--win', 'nsis', '--publish=never'])
})

test('with the stand-in its folder, version and addon are named, and no format that needs a download', () => {
  const args = builderArguments(formatsHere(true), true, 'linux')
  expect(args.slice(0, 3)).toEqual(['--linux', 'dir', 'tar.gz'])
  expect(args).toContain('-c.electronVersion=33.2.1')
  expect(args).toContain('--config=electron-builder.fallback.yml')
})
