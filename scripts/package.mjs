/**
 * `npm run package`: makes this system's installers in dist/. `-- --dir` makes only the unpacked app (seconds instead
 * of minutes); `-- deb tar.gz` chooses formats; `--built` trusts that out/ is up to date.
 */
import fs from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { builderArguments, formatsHere } from './packaging/builder-arguments.mjs'
import { ARCHIVER_PACKAGES, installPackages } from './setup/apt-packages.mjs'
import { buildApp } from './setup/build.mjs'
import { isFallback } from './setup/electron-package.mjs'
import { Failure, runScript } from './setup/failure.mjs'
import { prepare } from './setup/prepare.mjs'
import { run } from './setup/program.mjs'
import { say, step } from './setup/progress.mjs'
import { commandScript, inProject, root } from './setup/project.mjs'

/** Where Debian's 7zip package puts it. electron-builder otherwise downloads its own, which the stand-in's machine can't. */
const SEVEN_ZIP = '/usr/bin/7zz'

await runScript(async () => {
  const { values, positionals } = readArguments()
  const { node } = await prepare()
  if (!values.built) await buildApp()
  const fallback = isFallback()
  const formats = values.dir ? ['dir'] : positionals.length > 0 ? positionals : formatsHere(fallback)
  if (fallback) say('this package holds the stand-in Electron: it is for testing and must not be given to anyone')
  if (fallback && formats.some((format) => format !== 'dir') && !fs.existsSync(SEVEN_ZIP))
    await installPackages('packing the archive needs 7zip', ARCHIVER_PACKAGES)
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: process.env['CSC_LINK'] ? 'true' : 'false' }
  if (!process.env['ELECTRON_BUILDER_7ZIP_PATH'] && fs.existsSync(SEVEN_ZIP))
    env['ELECTRON_BUILDER_7ZIP_PATH'] = SEVEN_ZIP
  await step(`packaging (${formats.join(', ')})`, values.dir ? '10 s' : '3 minutes', async () => {
    const { code } = await run(node, [commandScript('electron-builder'), ...builderArguments(formats, fallback)], {
      cwd: root,
      env,
    })
    if (code !== 0)
      throw new Failure(
        'packaging failed: mend what electron-builder says above; a format that needs a download needs the network.',
      )
  })
  say(`the result is in ${inProject('dist')}`)
})

function readArguments() {
  try {
    return parseArgs({ options: { dir: { type: 'boolean' }, built: { type: 'boolean' } }, allowPositionals: true })
  } catch (error) {
    throw new Failure(`${String(error)}: "--dir", "--built" and names of formats are understood.`)
  }
}
