/**
 * The log of an installation: one JSON object a line, in a few files of bounded size. It never holds document text,
 * titles, links, keys or paths; what an error says about itself may hold all of those, so only its name, code and the
 * places in our own code are written.
 */
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { SheafError } from '../shared/errors.ts'
import type { Clock, Logger } from './ports.ts'

type Facts = Readonly<Record<string, string | number | boolean>>

export interface RotatingLogOptions {
  readonly folder: string
  readonly clock: Clock
  /** Size in bytes at which a file is closed and the next begun. */
  readonly fileSize?: number
  /** How many closed files are kept. */
  readonly filesKept?: number
}

/** Opens the log `sheaf.log` in a folder, made if missing. A log that can't be written never stops anything else. */
export function openRotatingLog(options: RotatingLogOptions): Logger {
  const { folder, clock, fileSize = 2 ** 20, filesKept = 3 } = options
  const file = path.join(folder, 'sheaf.log')
  let broken = false

  function rotate(): void {
    for (let i = filesKept; i >= 1; i--) {
      const older = i === 1 ? file : `${file}.${i - 1}`
      if (existsSync(older)) renameSync(older, `${file}.${i}`)
    }
  }

  function write(line: Readonly<Record<string, unknown>>): void {
    try {
      mkdirSync(folder, { recursive: true })
      if (existsSync(file) && statSync(file).size >= fileSize) rotate()
      appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
      broken = false
    } catch (error) {
      // Nowhere to write it but here; once is enough.
      if (!broken)
        process.stderr.write(`The log can't be written: ${(error as NodeJS.ErrnoException).code ?? 'error'}\n`)
      broken = true
    }
  }

  const time = (): string => new Date(clock.now()).toISOString()
  return {
    info: (event, facts) => write({ time: time(), event, ...facts }),
    error: (event, cause, facts) => write({ time: time(), event, ...facts, cause: describeCause(cause) }),
  }
}

/** What may be said about an error: its name, kind or code, where in our code it arose, and the same of its cause. */
export function describeCause(cause: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(cause instanceof Error)) return { name: typeof cause }
  const facts: Record<string, unknown> = { name: cause.name }
  if (cause instanceof SheafError) {
    facts['kind'] = cause.kind
    facts['data'] = cause.data satisfies Facts
  }
  const { code, syscall } = cause as NodeJS.ErrnoException
  if (typeof code === 'string') facts['code'] = code
  if (typeof syscall === 'string') facts['syscall'] = syscall
  if (cause.message.startsWith('Broken invariant: ')) facts['invariant'] = cause.message.slice(0, 200)
  facts['at'] = placesOf(cause)
  if (cause.cause !== undefined && depth < 3) facts['cause'] = describeCause(cause.cause, depth + 1)
  return facts
}

/** The stack without its message and without folders: "append (desktop.js:120:7)". */
function placesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return lines.slice(0, 8).map((line) =>
    line
      .trim()
      .slice(3)
      .replace(/[^\s(]*[/\\]/g, ''),
  )
}
