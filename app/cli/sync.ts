import { argument, type Call, type Command, optionValue, UsageError } from './command.ts'
import { naming } from './document-files.ts'
import { fileOf, HEADLESS_HELP, HEADLESS_OPTIONS, keepInStep, runHeadless } from './headless/headless-run.ts'
import { HeadlessStore } from './headless/headless-store.ts'

/** `sheaf sync`: a shared document kept in step in its file, without a window. */
export const syncCommand: Command = {
  name: 'sync',
  usage: 'FILE [--once] [--relay URL] [--lan] [--listen PORT] [--store FOLDER] [--json]',
  summary: 'keep a shared document in step in its file, without a window',
  help: `
Takes part in a document that “sheaf join” came into: what others write is fetched and published into FILE, and whoever
lacks something gets it from here. Runs until it is told to end (Ctrl-C, SIGTERM); a FILE that is gone is written again.
Hält ein geteiltes Dokument in seiner Datei auf dem Stand der anderen, bis es beendet wird (Strg-C, SIGTERM).

  --once          end as soon as all is here that others hold · enden, sobald alles hier ist${HEADLESS_HELP}`,
  options: { ...HEADLESS_OPTIONS, once: { type: 'boolean' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const lan = call.options['lan'] === true
    if (!lan && optionValue(call, 'listen') !== null) throw new UsageError('--listen goes with --lan')
    const store = new HeadlessStore(optionValue(call, 'store'))
    const file = await fileOf(argument(call, 0))
    await naming(file, async () => {
      const documentId = await store.documentOf(file)
      await runHeadless(call, { store, documentId, file, lan }, async (run) => {
        await run.replica.begin()
        await keepInStep(run, call.options['once'] === true)
      })
    })
    return 0
  },
}
