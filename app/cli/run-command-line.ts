/** Finds the command, checks how it is used, runs it, and turns every failure into one sentence and an exit code. */
import { parseArgs } from 'node:util'
import { SheafError } from '../../shared/errors.ts'
import { diskError } from '../../main/storage/disk-error.ts'
import { applyCommand } from './apply.ts'
import { blameCommand } from './blame.ts'
import { type Call, type Command, type ExitCode, UsageError } from './command.ts'
import { diffCommand } from './diff.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { historyCommand } from './history.ts'
import { importCommand } from './import.ts'
import { joinCommand } from './join.ts'
import { logCommand } from './log.ts'
import { mergeCommand } from './merge.ts'
import { newCommand } from './new.ts'
import { relayCommand } from './relay.ts'
import { showCommand } from './show.ts'
import { syncCommand } from './sync.ts'
import { verifyCommand } from './verify.ts'

const COMMANDS: readonly Command[] = [
  newCommand,
  importCommand,
  exportCommand,
  applyCommand,
  showCommand,
  mergeCommand,
  verifyCommand,
  historyCommand,
  diffCommand,
  blameCommand,
  logCommand,
  doctorCommand,
  joinCommand,
  syncCommand,
  relayCommand,
]

export interface Surroundings extends Pick<Call, 'terminal' | 'ports' | 'lock'> {
  /** Show stack traces. */
  readonly debug: boolean
}

/** Never throws: what went wrong was said on standard error. */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { terminal, debug } = surroundings
  try {
    return await dispatch(argv, surroundings)
  } catch (cause) {
    const failure = cause instanceof Error ? diskError(cause, 'It could not be done.') : cause
    terminal.remark(`sheaf: ${sentence(failure)}`)
    if (debug && cause instanceof Error) terminal.remark(`${cause.stack ?? cause.message}${because(cause)}`)
    return failure instanceof UsageError ? 2 : 1
  }
}

async function dispatch(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { terminal, ports } = surroundings
  const [name, ...rest] = argv
  if (name === undefined) {
    terminal.remark(overview())
    return 2
  }
  if (name === '--version' || name === '-v') {
    await terminal.print(`sheaf ${ports.appVersion}\n`)
    return 0
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' ? rest[0] : undefined
    await terminal.print(about === undefined ? `${overview()}\n` : help(find(about)))
    return 0
  }
  const command = find(name)
  const { values, positionals } = parse(command, rest)
  if (values['help'] === true) {
    await terminal.print(help(command))
    return 0
  }
  if (positionals.length < command.least || positionals.length > command.most) {
    throw new UsageError(`usage: sheaf ${command.name} ${command.usage}`)
  }
  return await command.run({ ...surroundings, args: positionals, options: values })
}

function find(name: string): Command {
  const command = COMMANDS.find((one) => one.name === name)
  if (command === undefined) throw new UsageError(`there is no command “${name}”; “sheaf --help” lists them.`)
  return command
}

function parse(command: Command, args: readonly string[]): { values: Call['options']; positionals: string[] } {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: values as Call['options'], positionals }
  } catch (cause) {
    // parseArgs says in its first sentence what was wrong.
    const words = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : ''
    throw new UsageError(`${words.replace(/\.$/, '')}; usage: sheaf ${command.name} ${command.usage}`, { cause })
  }
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length))
  return [
    'usage: sheaf COMMAND …',
    '',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    '“sheaf COMMAND --help” says more about one. Exit codes: 0 done, 1 a problem was found, 2 used wrongly.',
  ].join('\n')
}

function help(command: Command): string {
  return `usage: sheaf ${command.name} ${command.usage}\n\n${command.help.trim()}\n`
}

function sentence(failure: unknown): string {
  if (failure instanceof SheafError || failure instanceof UsageError) return failure.message
  return `something unexpected happened (${failure instanceof Error ? failure.message : String(failure)}).`
}

function because(failure: Error): string {
  return failure.cause instanceof Error ? `\nbecause ${failure.cause.stack ?? failure.cause.message}` : ''
}
