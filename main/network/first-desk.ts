/**
 * Finding somebody who takes an invite: all desks are asked at once, the first that knows of it is taken, and when none
 * does the most telling reason is given, within ten seconds.
 */
import { WHY_NOT, type WhyNot } from '../../shared/sharing/why-not.ts'

/** Milliseconds. */
export const PATIENCE = 9500

/** Reasons that say more come first: what an invite is worth, then what is between here and there. */
const TELLING: readonly WhyNot[] = [
  'revoked',
  'used-up',
  'expired',
  'no-such-invite',
  'version',
  'key',
  'other-document',
  'clock',
  'certificate',
  'not-a-relay',
  'busy',
  'refused',
  'unknown-document',
  'firewall',
  'relay-unreachable',
  'offline',
  'nobody-near',
]

/** `ask` answers what a desk has, or why not. It is not asked for more once the patience is over. */
export async function firstDesk<D, T extends object>(
  desks: readonly D[],
  ask: (desk: D) => Promise<T | WhyNot>,
  patience = PATIENCE,
): Promise<{ readonly desk: D; readonly found: T } | WhyNot> {
  const reasons: WhyNot[] = []
  const found = await new Promise<{ readonly desk: D; readonly found: T } | null>((resolve, reject) => {
    const late = setTimeout(() => resolve(null), patience)
    const settle = (answer: { readonly desk: D; readonly found: T } | null): void => {
      clearTimeout(late)
      resolve(answer)
    }
    if (desks.length === 0) settle(null)
    for (const desk of desks) {
      ask(desk).then(
        (answer) => {
          if (!isWhyNot(answer)) settle({ desk, found: answer })
          else if (reasons.push(answer) === desks.length) settle(null)
        },
        (cause: unknown) => {
          clearTimeout(late)
          reject(cause instanceof Error ? cause : new Error('A desk threw what is no error', { cause }))
        },
      )
    }
  })
  return found ?? mostTelling(reasons)
}

function mostTelling(reasons: readonly WhyNot[]): WhyNot {
  return TELLING.find((reason) => reasons.includes(reason)) ?? 'nobody-near'
}

function isWhyNot(value: unknown): value is WhyNot {
  return WHY_NOT.includes(value as WhyNot)
}
