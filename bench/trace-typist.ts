/**
 * Somebody at a keyboard: types a recorded session into a Yjs body of the flat schema, as the editor would write it.
 *
 * A line is a block with one text in it. Enter splits a block, deleting a line break joins two; at the edge of a block
 * the text that stands there stays where it is, and an empty block comes or goes.
 */
import * as Y from 'yjs'
import type { Patch } from './trace.ts'

interface Line {
  readonly block: Y.XmlElement
  readonly text: Y.XmlText
  length: number
}

export class TraceTypist {
  private readonly body: Y.XmlFragment
  /** Where in the body this typist's own lines begin. */
  private readonly first: number
  private readonly lines: Line[]
  /** The line typed in last, and the position it begins at: the next edit is seldom far. */
  private near = { index: 0, start: 0 }

  /** Begins with one empty block, put in at `first`. */
  constructor(body: Y.XmlFragment, first = 0) {
    this.body = body
    this.first = first
    const line = newLine('')
    body.insert(first, [line.block])
    this.lines = [line]
  }

  /** What stands in this typist's lines. */
  text(): string {
    return this.lines.map((line) => line.text.toString()).join('\n')
  }

  /** Makes the edits of one keystroke, as one Yjs transaction. */
  type(patches: readonly Patch[]): void {
    Y.transact(this.body.doc ?? fail('a typist writes into a document'), () => {
      for (const [position, deleted, inserted] of patches) {
        if (deleted > 0) this.delete(position, deleted)
        if (inserted.length > 0) this.insert(position, inserted)
      }
    })
  }

  private insert(position: number, inserted: string): void {
    const { line, index, offset } = this.locate(position)
    const typed = inserted.split('\n')
    const last = typed.pop() ?? ''
    if (typed.length === 0) return insertText(line, offset, last)
    if (offset === 0) {
      // At the start of a block new blocks go before it.
      this.insertLines(index, typed)
      return insertText(line, 0, last)
    }
    const tail = line.text.toString().slice(offset)
    deleteText(line, offset, tail.length)
    insertText(line, offset, typed.shift() ?? '')
    this.insertLines(index + 1, [...typed, last + tail])
  }

  private delete(position: number, count: number): void {
    for (let left = count; left > 0; ) {
      const { line, index, offset } = this.locate(position)
      const here = Math.min(left, line.length - offset)
      deleteText(line, offset, here)
      left -= here
      if (left === 0) return
      left -= 1
      if (line.length === 0) this.removeLine(index)
      else {
        const next = this.removeLine(index + 1)
        insertText(line, line.length, next)
      }
    }
  }

  private insertLines(index: number, texts: readonly string[]): void {
    const lines = texts.map(newLine)
    this.body.insert(
      this.first + index,
      lines.map((line) => line.block),
    )
    this.lines.splice(index, 0, ...lines)
  }

  /** Answers what stood in the line. */
  private removeLine(index: number): string {
    const [line] = this.lines.splice(index, 1)
    if (line === undefined) return fail('a line break that is deleted stands between two lines')
    const text = line.text.toString()
    this.body.delete(this.first + index, 1)
    return text
  }

  private locate(position: number): { line: Line; index: number; offset: number } {
    let { index, start } = this.near
    while (position < start) {
      index -= 1
      start -= this.line(index).length + 1
    }
    for (let { length } = this.line(index); position > start + length; { length } = this.line(index)) {
      start += length + 1
      index += 1
    }
    this.near = { index, start }
    return { line: this.line(index), index, offset: position - start }
  }

  private line(index: number): Line {
    return this.lines[index] ?? fail('an edit lies within the text')
  }
}

function newLine(content: string): Line {
  const block = new Y.XmlElement('block')
  const text = new Y.XmlText()
  if (content.length > 0) text.insert(0, content)
  block.insert(0, [text])
  return { block, text, length: content.length }
}

function insertText(line: Line, offset: number, text: string): void {
  if (text.length === 0) return
  line.text.insert(offset, text)
  line.length += text.length
}

function deleteText(line: Line, offset: number, count: number): void {
  if (count === 0) return
  line.text.delete(offset, count)
  line.length -= count
}

function fail(what: string): never {
  throw new Error(`Broken invariant: ${what}`)
}
