import type { Sitting } from '../../main/history/timeline.ts'
import { argument, type Call, type Command } from './command.ts'
import { count, printable } from './describe-changes.ts'
import { readDocument } from './document-files.ts'
import { isoTime } from './iso-time.ts'
import { historyOf } from './moments.ts'

/** `sheaf history`: who wrote when. */
export const historyCommand: Command = {
  name: 'history',
  usage: 'FILE.sheaf [--json]',
  summary: 'list who wrote when, sitting by sitting',
  help: `
Lists the sittings in which a document was written, parted by pauses of a quarter of an hour. Each begins with the number of the
moment at its end, for “sheaf show --at” and “sheaf diff”.

  --json   one JSON object a line: moment, author, name, began, ended, edits, charactersInserted, charactersDeleted`,
  options: { json: { type: 'boolean' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const history = historyOf(call.ports.suite, await readDocument(argument(call, 0), call.ports))
    const line = call.options['json'] === true ? asJson : describe
    await call.terminal.print(
      history
        .sittings()
        .map((sitting) => `${line(sitting)}\n`)
        .join(''),
    )
    return 0
  },
}

function asJson({ moment, author, began, ended, ...amounts }: Sitting): string {
  const times = { began: isoTime(began), ended: isoTime(ended) }
  return JSON.stringify({ moment, author: author.key, name: author.name, ...times, ...amounts })
}

function describe({ moment, author, ended, edits, charactersInserted, charactersDeleted }: Sitting): string {
  const time = (isoTime(ended) ?? '').replace('T', ' ').padEnd(20)
  const name = printable(author.name ?? `(${author.key.slice(0, 8)})`).padEnd(16)
  return `${String(moment).padStart(7)}  ${time}  ${name}  ${count(edits, 'edit')}, +${charactersInserted} −${charactersDeleted}`
}
