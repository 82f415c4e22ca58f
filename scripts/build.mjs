/** `npm run build`: builds the desktop app and the command line into out/. */
import { buildApp, buildCommandLine } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { runScript } from './setup/failure.mjs'

await runScript(async () => {
  await ensureDependencies()
  await buildApp()
  await buildCommandLine()
})
