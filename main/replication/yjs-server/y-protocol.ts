/** The messages that all plain Yjs servers share (y-protocols): questions, answers, updates and people. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Heard } from './yjs-wire.ts'

export const MESSAGE = { sync: 0, people: 1, auth: 2, askForPeople: 3 } as const
const SYNC = { ask: 0, answer: 1, tell: 2 } as const

export type Writing = (encoder: encoding.Encoder) => void

export function message(...parts: readonly Writing[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const write of parts) write(encoder)
  return encoding.toUint8Array(encoder)
}

export function number(value: number): Writing {
  return (encoder) => encoding.writeVarUint(encoder, value)
}

export function text(value: string): Writing {
  return (encoder) => encoding.writeVarString(encoder, value)
}

function bytes(value: Uint8Array): Writing {
  return (encoder) => encoding.writeVarUint8Array(encoder, value)
}

/** What everybody says alike, after whatever a kind of server puts before it. */
export function sayings(before: readonly Writing[]) {
  const sync = (kind: number) => (value: Uint8Array) =>
    message(...before, number(MESSAGE.sync), number(kind), bytes(value))
  return {
    ask: sync(SYNC.ask),
    answer: sync(SYNC.answer),
    tell: sync(SYNC.tell),
    showPeople: (awareness: Uint8Array) => message(...before, number(MESSAGE.people), bytes(awareness)),
  }
}

/** Reads one message; lib0's own errors at the end of its input become `RangeError`. */
export function reading(data: Uint8Array, read: (decoder: decoding.Decoder) => Heard): Heard {
  try {
    return read(decoding.createDecoder(data))
  } catch (cause) {
    throw new RangeError('The server sent a message that is cut off or garbled.', { cause })
  }
}

export function readSync(decoder: decoding.Decoder): Heard {
  const kind = decoding.readVarUint(decoder)
  const content = decoding.readVarUint8Array(decoder)
  switch (kind) {
    case SYNC.ask:
      return { kind: 'asked', vector: content }
    case SYNC.answer:
      return { kind: 'answered', update: content }
    case SYNC.tell:
      return { kind: 'told', update: content }
    default:
      throw new RangeError('The server sent a message of no known kind.')
  }
}

export function readPeople(decoder: decoding.Decoder): Heard {
  return { kind: 'people', awareness: decoding.readVarUint8Array(decoder) }
}
