import type { MergeReport } from '../../main/documents/detached-document.ts'
import type { SheafFileContent } from '../../main/storage/sheaf-file.ts'
import { argument, type Call, type Command } from './command.ts'
import { count, describeChanges, entryCount } from './describe-changes.ts'
import { changeDocument, naming, readContent } from './document-files.ts'

/** `sheaf merge`: what other copies of a document have, into one of them. */
export const mergeCommand: Command = {
  name: 'merge',
  usage: 'INTO.sheaf OTHER.sheaf…',
  summary: 'bring what other copies of a document have into one of them',
  help: `
Takes every entry of the other copies in. The order does not matter, and merging again adds nothing; the other copies
stay as they are. Prints what came in. When one copy is damaged or another document, nothing is written.`,
  options: {},
  least: 2,
  most: Number.POSITIVE_INFINITY,
  async run(call: Call) {
    const [into, ...others] = [argument(call, 0), ...call.args.slice(1)]
    // Read before the file is locked: whoever holds a lock never waits for another.
    const contents: { other: string; content: SheafFileContent }[] = []
    for (const other of others) contents.push({ other, content: await readContent(other) })
    const lines: string[] = []
    await changeDocument(into, call, async (document) => {
      let isNew = false
      for (const { other, content } of contents) {
        const report = await naming(other, async () => document.merge(content))
        isNew ||= report.records + report.members + report.pictures > 0
        lines.push(`${other}: ${describe(report)}`)
      }
      return isNew
    })
    await call.terminal.print(`${lines.join('\n')}\n`)
    return 0
  },
}

function describe({ records, writers, members, pictures, before, after }: MergeReport): string {
  const news = [
    records > 0 ? `${entryCount(records)} of ${count(writers, 'writer')}` : '',
    members > 0 ? `${count(members, 'change')} of who may write` : '',
    pictures > 0 ? count(pictures, 'picture') : '',
  ].filter((phrase) => phrase !== '')
  return news.length === 0 ? 'nothing new' : `${news.join(', ')}; ${describeChanges(before, after)}`
}
