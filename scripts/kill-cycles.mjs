/**
 * `npm run e2e:kill`: ends the whole app a thousand times at random moments (SHEAF_KILL_CYCLES says how often,
 * SHEAF_SEED repeats a run) and looks each time for everything that was called saved. Takes about two hours.
 */
import process from 'node:process'
import { buildApp } from './setup/build.mjs'
import { openDisplay } from './setup/display.mjs'
import { runScript } from './setup/failure.mjs'
import { prepare } from './setup/prepare.mjs'
import { run } from './setup/program.mjs'
import { commandScript, root } from './setup/project.mjs'

await runScript(async () => {
  const { node } = await prepare()
  await buildApp()
  const display = await openDisplay()
  try {
    const env = { SHEAF_KILL_CYCLES: '1000', ...process.env, ...display.env }
    const args = [commandScript('@playwright/test', 'playwright'), 'test', '--project=app', '--global-timeout=0']
    const { code } = await run(node, [...args, 'e2e/keep.e2e.ts'], { cwd: root, env })
    return code ?? 1
  } finally {
    display.close()
  }
})
