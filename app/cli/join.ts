import { SheafError } from '../../shared/errors.ts'
import { toHex } from '../../shared/ids.ts'
import { decodeInvite } from '../../shared/sharing/invite-link.ts'
import { argument, type Call, type Command, optionValue } from './command.ts'
import { checkSheafName, naming } from './document-files.ts'
import {
  fileOf,
  HEADLESS_HELP,
  HEADLESS_OPTIONS,
  type HeadlessRun,
  isThere,
  keepInStep,
  rest,
  runHeadless,
} from './headless/headless-run.ts'
import { HeadlessStore } from './headless/headless-store.ts'
import { WHY_NOT_SENTENCES } from './headless/why-not-sentences.ts'

/** How often it is asked whether an owner has answered, in milliseconds. */
const ASK_EVERY = 3000

/** `sheaf join`: this place becomes a member of a document, by an invite's link. */
export const joinCommand: Command = {
  name: 'join',
  usage: 'LINK FILE [--name NAME] [--relay URL] [--lan] [--listen PORT] [--store FOLDER] [--json]',
  summary: 'take an invite to a document, and have it in a file that “sheaf sync” keeps in step',
  help: `
Takes the invite and writes the document into FILE. An invite to read is enough for a copy. Where an owner has to answer,
it waits for that. The keys are kept in a folder only you may read, and never in FILE.
Nimmt eine Einladung an und schreibt das Dokument in FILE. Eine Einladung zum Lesen genügt für eine Kopie.

  --name NAME     what others call this place, the computer's name unless said · Name für die anderen${HEADLESS_HELP}`,
  options: { ...HEADLESS_OPTIONS, name: { type: 'string' } },
  least: 2,
  most: 2,
  async run(call: Call) {
    const link = argument(call, 0)
    const invite = decodeInvite(link)
    checkSheafName(argument(call, 1))
    const store = new HeadlessStore(optionValue(call, 'store'))
    const file = await fileOf(argument(call, 1))
    const documentId = toHex(invite.documentId)
    await naming(file, async () => {
      if ((await isThere(file)) && (await store.documentOf(file)) !== documentId)
        throw new SheafError('already-exists', 'Another document is there already and was not touched.')
      const lan = call.options['lan'] === true || invite.relay === null
      await runHeadless(call, { store, documentId, file, lan }, async (run) => {
        if (!(await comeIn(run, link, call))) return
        await run.replica.begin()
        await fetchAll(run, call)
      })
    })
    return 0
  },
}

/** False when it was told to end before an owner had answered. */
async function comeIn({ replica, ending }: HeadlessRun, link: string, { terminal }: Call): Promise<boolean> {
  let hasAsked = false
  while (!ending.aborted) {
    const joined = await replica.join(link)
    if (joined.kind === 'joined') return true
    if (joined.kind === 'failed')
      throw new SheafError('no-permission', WHY_NOT_SENTENCES[joined.why], { why: joined.why })
    if (!hasAsked) terminal.remark('Asked to be let in; an owner of the document has to answer.')
    hasAsked = true
    await rest(ASK_EVERY, ending)
  }
  return false
}

/** It is in, whatever comes of this: what is not here yet comes with `sheaf sync`. */
async function fetchAll(run: HeadlessRun, { terminal }: Call): Promise<void> {
  try {
    await keepInStep(run, true)
  } catch (cause) {
    if (!(cause instanceof SheafError) || !['unreachable', 'cancelled'].includes(cause.kind)) throw cause
    terminal.remark(`Joined, but not all is here yet; “sheaf sync” fetches the rest. ${cause.message}`)
  }
}
