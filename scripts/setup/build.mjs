import { Failure } from './failure.mjs'
import { toolNode } from './node-runtime.mjs'
import { run } from './program.mjs'
import { step } from './progress.mjs'
import { commandScript, root } from './project.mjs'

/** Builds the desktop app (out/app, out/preload, out/renderer). @returns {Promise<void>} */
export async function buildApp() {
  await build('building the app', [commandScript('electron-vite'), 'build', '--logLevel', 'warn'])
}

/** Builds the command line (out/cli). @returns {Promise<void>} */
export async function buildCommandLine() {
  await build('building the command line', [
    commandScript('vite'),
    'build',
    '--config',
    'cli.vite.config.ts',
    '--logLevel',
    'warn',
  ])
}

/** @param {string} what @param {string[]} args */
async function build(what, args) {
  await step(what, '3 s', async () => {
    const { code } = await run(toolNode(), args, { cwd: root })
    if (code !== 0) throw new Failure(`${what} failed: mend what the lines above name.`)
  })
}
