import type { AuthoredText } from '../../main/history/attribution.ts'
import { argument, type Call, type Command, optionValue } from './command.ts'
import { printable } from './describe-changes.ts'
import { readDocument } from './document-files.ts'
import { historyOf, readMoment } from './moments.ts'

/** `sheaf blame`: whose words stand in a document. */
export const blameCommand: Command = {
  name: 'blame',
  usage: 'FILE.sheaf [--at MOMENT] [--json]',
  summary: 'say who wrote which words',
  help: `
Prints the words of a document, those of each author on lines of their own, behind the name. An empty line parts paragraphs.

  --at MOMENT   as it was then: a number that “sheaf history” printed, or a time
  --json        one JSON array a paragraph, of objects: author, name, text`,
  options: { at: { type: 'string' }, json: { type: 'boolean' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const history = historyOf(call.ports.suite, await readDocument(argument(call, 0), call.ports))
    const at = optionValue(call, 'at')
    const paragraphs = history.wordsAt(at === null ? history.now : readMoment(history, at))
    const isJson = call.options['json'] === true
    const lines = paragraphs.map((runs) => (isJson ? asJson(runs) : describe(runs)))
    await call.terminal.print(lines.map((line) => `${line}\n`).join(isJson ? '' : '\n'))
    return 0
  },
}

function asJson(runs: readonly AuthoredText[]): string {
  return JSON.stringify(runs.map(({ author, text }) => ({ author: author.key, name: author.name, text })))
}

function describe(runs: readonly AuthoredText[]): string {
  return runs
    .map(
      ({ author, text }) =>
        `${printable(author.name ?? `(${author.key.slice(0, 8)})`).padEnd(16)}  ${printable(text.trimEnd())}`,
    )
    .join('\n')
}
