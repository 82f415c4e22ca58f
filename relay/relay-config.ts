/** How a relay is run: what the command line and its configuration file say, checked before anything is begun. */
import { SheafError } from '../shared/errors.ts'
import { RELAY_LIMITS, type RelayLimits } from './relay-limits.ts'

export interface RelayConfig {
  readonly host: string
  readonly port: number
  /** The folder with the mailbox. */
  readonly data: string
  /** Files in PEM; null for both behind a proxy that encrypts. */
  readonly cert: string | null
  readonly key: string | null
  /** Whether a proxy of ours says where callers are. */
  readonly behindProxy: boolean
  /** Names, with port where it is not the usual one, by which apps reach it; any when there are none. */
  readonly names: readonly string[]
  readonly limits: Partial<RelayLimits>
}

const RELAY_PORT = 4460

type Given = { readonly [Name in keyof RelayConfig]?: unknown }

const KNOWN = ['host', 'port', 'data', 'cert', 'key', 'behindProxy', 'names', 'limits']

/** The configuration as a file has it, in JSON; what the command line says comes first. */
export function readRelayConfig(text: string | null, said: Given): RelayConfig {
  const file = text === null ? {} : parse(text)
  for (const name of Object.keys(file)) if (!KNOWN.includes(name)) throw wrong(`there is no setting “${name}”`)
  const given = {
    ...file,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  } as Given
  const port = number('port', given.port) ?? RELAY_PORT
  if (port > 65_535) throw wrong('the port must be a number from 0 to 65535')
  const data = word('data', given.data)
  if (data === null) throw wrong('the folder for the mailbox must be given (--data)')
  const [cert, key] = [word('cert', given.cert), word('key', given.key)]
  if ((cert === null) !== (key === null)) throw wrong('a certificate and its key must be given together')
  const names = given.names ?? []
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw wrong('names must be a list of names')
  return {
    host: word('host', given.host) ?? '127.0.0.1',
    port,
    data,
    cert,
    key,
    behindProxy: given.behindProxy === true,
    names: names.map((name: string) => name.toLowerCase()),
    limits: limits(given.limits ?? {}),
  }
}

function parse(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw wrong('it is no JSON', cause)
  }
  if (!isRecord(value)) throw wrong('it must be an object')
  return value
}

function limits(value: unknown): Partial<RelayLimits> {
  if (!isRecord(value)) throw wrong('limits must be an object')
  return Object.fromEntries(
    Object.entries(value).map(([name, limit]) => {
      if (!Object.hasOwn(RELAY_LIMITS, name)) throw wrong(`there is no limit “${name}”`)
      const checked = number(name, limit)
      if (checked === null) throw wrong(`the limit “${name}” must be a number`)
      return [name, checked]
    }),
  )
}

function number(name: string, value: unknown): number | null {
  if (value === undefined) return null
  const read = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof read === 'number' && Number.isSafeInteger(read) && read >= 0) return read
  throw wrong(`“${name}” must be a whole number`)
}

function word(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' && value !== '') return value
  throw wrong(`“${name}” must be a word`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(what: string, cause?: unknown): SheafError {
  return new SheafError('invalid-argument', `The relay’s configuration is not right: ${what}.`, {}, { cause })
}
