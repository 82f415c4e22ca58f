/** What a subcommand of `sheaf` is, and what it is given. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { DetachedPorts } from '../../main/documents/detached-document.ts'
import type { PathLock } from '../../main/storage/path-lock.ts'

/** 0 done, 1 a problem was found or something could not be done, 2 the command was used wrongly. */
export type ExitCode = 0 | 1 | 2

export interface Command {
  readonly name: string
  /** The arguments, as shown after `sheaf NAME`. */
  readonly usage: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Lines for its own help: what it does, and its options. */
  readonly help: string
  readonly options: ParseArgsOptionsConfig
  /** How many arguments it takes. */
  readonly least: number
  readonly most: number
  run(call: Call): Promise<ExitCode>
}

/** One use of a command. */
export interface Call {
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly terminal: Terminal
  readonly ports: DetachedPorts
  readonly lock: PathLock
}

export interface Terminal {
  /** Writes to standard output: what the command was asked for, and nothing else. */
  print(text: string): Promise<void>
  /** A line for the person, on standard error. */
  remark(line: string): void
  /** All of standard input. */
  input(): Promise<Uint8Array>
}

/** The command was used wrongly; the message says how it is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** An argument that must be there: the number of arguments was checked before. */
export function argument(call: Call, index: number): string {
  const value = call.args[index]
  if (value === undefined) throw new Error('Broken invariant: a command asks for an argument it does not take')
  return value
}

/** The value of an option that takes one, or null. */
export function optionValue(call: Call, name: string): string | null {
  const value = call.options[name]
  return typeof value === 'string' ? value : null
}
