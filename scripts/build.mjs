/** `npm run build`: builds the desktop app and the command line into out/; `-- app` or `-- cli` only one of them. */
import process from 'node:process'
import { buildApp, buildCommandLine } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { Failure, runScript } from './setup/failure.mjs'

const BUILDS = new Map([
  ['app', buildApp],
  ['cli', buildCommandLine],
])

await runScript(async () => {
  const named = process.argv.slice(2)
  await ensureDependencies()
  for (const name of named.length > 0 ? named : BUILDS.keys()) {
    const build = BUILDS.get(name)
    if (!build) throw new Failure(`there is nothing to build called "${name}": choose app or cli.`)
    await build()
  }
})
