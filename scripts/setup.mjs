/** `npm run setup`: gets a fresh clone ready without starting anything. */
import { runScript } from './setup/failure.mjs'
import { prepare } from './setup/prepare.mjs'
import { say } from './setup/progress.mjs'

await runScript(async () => {
  const { node, electron } = await prepare()
  say(`ready: Electron at ${electron}, Node at ${node}`)
})
