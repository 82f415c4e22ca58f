import { type Entry, listEntries } from '../../main/log/list-entries.ts'
import { inTimeOrder } from '../../main/log/time-order.ts'
import { argument, type Call, type Command } from './command.ts'
import { readDocument } from './document-files.ts'
import { isoTime } from './iso-time.ts'

/** `sheaf log`: a document's entries. */
export const logCommand: Command = {
  name: 'log',
  usage: 'FILE.sheaf [--json]',
  summary: 'list the entries of a document: who, when, how much',
  help: `
Lists every entry of a document, the earlier first, causes before effects.

  --json   one JSON object a line: writer, seq, recId, type, time, stream, bytes, charactersInserted, charactersDeleted`,
  options: { json: { type: 'boolean' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const document = await readDocument(argument(call, 0), call.ports)
    const entries = listEntries(inTimeOrder(document.recordLog.chains()))
    const line = call.options['json'] === true ? asJson : describe
    await call.terminal.print(entries.map((entry) => `${line(entry)}\n`).join(''))
    return 0
  },
}

function asJson(entry: Entry): string {
  return JSON.stringify({ ...entry, time: isoTime(entry.time) })
}

function describe(entry: Entry): string {
  const time = (isoTime(entry.time) ?? '').replace('T', ' ').padEnd(20)
  const name = `${entry.writer.slice(0, 8)} ${String(entry.seq).padStart(5)}`
  return `${time}  ${name}  ${String(entry.type).padEnd(6)}  +${entry.charactersInserted} −${entry.charactersDeleted}`
}
