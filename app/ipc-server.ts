/**
 * The main process's end of the call channel: who asks, what they ask, and with which arguments are checked before
 * anything happens; whatever happens then, the window gets an outcome and nothing is ever thrown across.
 */
import { randomBytes } from 'node:crypto'
import type { Logger } from '../main/ports.ts'
import { SheafError } from '../shared/errors.ts'
import { checkCall, checkDrop, isCallName } from '../shared/ipc/check-arguments.ts'
import type { CallName, ImportReport, SheafCalls } from '../shared/ipc/contract.ts'
import type { Failure, Outcome } from '../shared/ipc/outcome.ts'
import { strings } from './wording/strings.ts'
import { worded } from './wording/wording.ts'

type Answer<N extends CallName> = ReturnType<SheafCalls[N]> | Promise<ReturnType<SheafCalls[N]>>

/** What each call does, for a window of type W. */
export type CallHandlers<W> = {
  readonly [N in CallName]: (window: W, ...args: Parameters<SheafCalls[N]>) => Answer<N>
}

/** Answers one request. `window` is the trusted window that sent it, or null when the sender is not one. Never rejects. */
export async function answerCall<W>(
  handlers: CallHandlers<W>,
  logger: Logger,
  window: W | null,
  name: unknown,
  args: unknown,
): Promise<Outcome<unknown>> {
  try {
    if (window === null) throw new SheafError('no-permission', 'Only a window of Sheaf may ask for that.')
    const call = checkCall(name, args)
    const handler = handlers[call.name] as (window: W, ...args: readonly unknown[]) => unknown
    return { ok: true, value: await handler(window, ...call.args) }
  } catch (error) {
    return { ok: false, error: failureOf(error, isCallName(name) ? name : 'unknown', logger) }
  }
}

/** Answers a drop of files, as `answerCall` does. */
export async function answerDrop<W>(
  bring: (window: W, task: number, paths: readonly string[]) => Promise<ImportReport>,
  logger: Logger,
  window: W | null,
  task: unknown,
  paths: unknown,
): Promise<Outcome<ImportReport>> {
  try {
    if (window === null) throw new SheafError('no-permission', 'Only a window of Sheaf may ask for that.')
    const drop = checkDrop(task, paths)
    return { ok: true, value: await bring(window, drop.task, drop.paths) }
  } catch (error) {
    return { ok: false, error: failureOf(error, 'file.import', logger) }
  }
}

/** What the shell itself does for a person, from the menu or the system. */
export type ShellAction = 'menu.new' | 'menu.open' | 'menu.import' | 'file.open' | 'file.import'

/** An error as a window may see it. The reference also stands in the log, beside what the window does not see. */
export function failureOf(error: unknown, doing: CallName | ShellAction | 'unknown', logger: Logger): Failure {
  const reference = randomBytes(4).toString('hex')
  logger.error('call.failed', error, { call: doing, reference })
  if (error instanceof SheafError)
    return { kind: error.kind, message: worded(error.message), data: plainFacts(error.data), reference }
  return { kind: 'internal', message: strings.problems.internal, data: {}, reference }
}

/** Only values that survive the way to a window. */
function plainFacts(data: SheafError['data']): SheafError['data'] {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
  )
}
