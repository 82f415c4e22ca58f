import { shapeToText } from '../../shared/document/plain-text.ts'
import type { DetachedDocument } from '../../main/documents/detached-document.ts'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { argument, type Call, type Command, optionValue } from './command.ts'
import { readDocument } from './document-files.ts'
import { historyOf, readMoment } from './moments.ts'

/** `sheaf show`: the words of a document. */
export const showCommand: Command = {
  name: 'show',
  usage: 'FILE.sheaf [--at MOMENT]',
  summary: 'print a document as plain text',
  help: `
Prints the title and the text of a document.

  --at MOMENT   as it was then: a number that “sheaf history” printed, or a time like 2026-01-31T12:00`,
  options: { at: { type: 'string' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const document = await readDocument(argument(call, 0), call.ports)
    const at = optionValue(call, 'at')
    await call.terminal.print(shapeToText(at === null ? document.shape() : shapeAt(call, document, at)))
    return 0
  },
}

function shapeAt({ ports }: Call, document: DetachedDocument, at: string): DocumentShape {
  const history = historyOf(ports.suite, document)
  return history.shapeAt(readMoment(history, at))
}
