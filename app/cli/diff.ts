import {
  type ComparedBlock,
  type ComparedRun,
  compareShapes,
  type Comparison,
} from '../../shared/document/compare-shapes.ts'
import { isText } from '../../shared/document/document-shape.ts'
import { nodeText } from '../../shared/document/plain-text.ts'
import { argument, type Call, type Command, optionValue } from './command.ts'
import { count, printable } from './describe-changes.ts'
import { readDocument } from './document-files.ts'
import { historyOf, readMoment } from './moments.ts'

/** `sheaf diff`: what became of a document between two moments. */
export const diffCommand: Command = {
  name: 'diff',
  usage: 'FILE.sheaf [--from MOMENT] [--to MOMENT] [--json]',
  summary: 'compare two moments of a document, word by word',
  help: `
Shows what changed between two moments: a number that “sheaf history” printed, or a time like 2026-01-31T12:00. Without --from it
is the moment before the last sitting, without --to it is now. Words that came are {+so+}, words that went [-so-].
Paragraphs begin with + added, - removed, ~ edited, < moved away, > moved here.

  --from MOMENT   the earlier moment
  --to MOMENT     the later moment
  --json          one JSON object: title, blocks`,
  options: { from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const history = historyOf(call.ports.suite, await readDocument(argument(call, 0), call.ports))
    const [from, to] = [optionValue(call, 'from'), optionValue(call, 'to')]
    const before = from === null ? (history.sittings().at(-2)?.moment ?? 0) : readMoment(history, from)
    const after = to === null ? history.now : readMoment(history, to)
    const comparison = compareShapes(history.shapeAt(before), history.shapeAt(after))
    await call.terminal.print(call.options['json'] === true ? `${JSON.stringify(comparison)}\n` : describe(comparison))
    return 0
  },
}

function describe({ title, blocks }: Comparison): string {
  const lines = title.some(({ change }) => change !== 'same') ? [`~ title: ${words(title)}`] : []
  let same = 0
  const skip = (): void => {
    if (same > 0) lines.push(`  … ${count(same, 'paragraph')} as before`)
    same = 0
  }
  for (const block of blocks) {
    if (block.change === 'same') same += 1
    else {
      skip()
      lines.push(lineOf(block))
    }
  }
  if (lines.length === 0) return 'nothing changed\n'
  skip()
  return `${lines.join('\n')}\n`
}

const SIGNS = { inserted: '+', deleted: '-', edited: '~', 'moved-away': '<', 'moved-here': '>', same: ' ' } as const

function lineOf({ change, block, runs, attributes }: ComparedBlock): string {
  const also = attributes.length === 0 ? '' : ` (${attributes.map(printable).join(', ')})`
  return `${SIGNS[change]} ${change === 'edited' ? words(runs) : printable(nodeText(block))}${also}`
}

function words(runs: readonly ComparedRun[]): string {
  return runs
    .map(({ change, part }) => {
      const text = printable(isText(part) ? part.text : nodeText(part))
      if (change === 'inserted') return `{+${text}+}`
      return change === 'deleted' ? `[-${text}-]` : text
    })
    .join('')
}
