/**
 * The run-time check of every request a window makes: the renderer shows content that came from elsewhere, so it is the
 * less trusted side. A request that passes has exactly the types `SheafCalls` gives, within the sizes below.
 */
import { SheafError } from '../errors.ts'
import { blobHash } from '../document/flow-node-specs.ts'
import { isDocumentId } from '../ids.ts'
import type { CallName, SheafCalls } from './contract.ts'
import { isSettingsPatch } from './settings-patch.ts'

/** Largest values a window may send: bytes of an update, UTF-16 units of text. */
export const CALL_LIMITS = {
  update: 32 * 2 ** 20,
  title: 1000,
  entryId: 200,
  detail: 500,
  href: 2000,
} as const

/** A request whose name and arguments were checked. */
export type CheckedCall = { [N in CallName]: { readonly name: N; readonly args: Parameters<SheafCalls[N]> } }[CallName]

type Check<T> = (value: unknown) => value is T
type Checks<T extends readonly unknown[]> = { readonly [I in keyof T]: Check<T[I]> }

function textUpTo(length: number): Check<string> {
  return (value): value is string => typeof value === 'string' && value.length <= length
}

function oneOf<const T extends string | number>(...allowed: T[]): Check<T> {
  return (value): value is T => allowed.some((each) => each === value)
}

function orNull<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value)
}

const documentId: Check<string> = isDocumentId
const title = textUpTo(CALL_LIMITS.title)
const href = textUpTo(CALL_LIMITS.href)
const detail = textUpTo(CALL_LIMITS.detail)

function entryId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= CALL_LIMITS.entryId
}

function update(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= CALL_LIMITS.update
}

function imageName(value: unknown): value is string {
  return blobHash(value) !== null
}

const ARGUMENTS: { readonly [N in CallName]: Checks<Parameters<SheafCalls[N]>> } = {
  'app.about': [],
  'settings.get': [],
  'settings.set': [isSettingsPatch],
  'library.get': [],
  'library.chooseFolder': [],
  'library.new': [title],
  'library.open': [entryId],
  'library.openFile': [],
  'library.import': [],
  'library.rename': [entryId, title],
  'library.resolveCopy': [entryId, oneOf('separate', 'same')],
  'library.trash': [entryId],
  'library.restore': [entryId],
  'library.reveal': [entryId],
  'document.open': [documentId],
  'document.append': [documentId, oneOf(0, 1), update],
  'document.close': [documentId],
  'document.rebuild': [documentId, detail],
  'document.saveAgain': [documentId],
  'document.locate': [documentId],
  'document.resolveRollback': [documentId, oneOf('newest', 'older')],
  'document.export': [documentId, oneOf('md', 'html', 'txt', 'json')],
  'image.add': [documentId, update],
  'image.copy': [documentId, documentId, imageName],
  'link.open': [href],
  'window.open': [orNull(documentId)],
  'window.shows': [orNull(documentId), title],
  'window.flushed': [],
  'window.start': [],
}

/** Every call there is, at run time. */
export const CALL_NAMES = Object.keys(ARGUMENTS) as readonly CallName[]

export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(ARGUMENTS, name)
}

/**
 * Checks a request. Throws a `SheafError` of kind 'unsupported' for a name there is not, 'too-big' for an update above
 * the limit, and 'invalid-argument' for any other argument that is not what the contract says. The messages never hold
 * the arguments.
 */
export function checkCall(name: unknown, args: unknown): CheckedCall {
  if (!isCallName(name)) throw new SheafError('unsupported', 'This version of Sheaf does not know that request.')
  const checks: readonly Check<unknown>[] = ARGUMENTS[name]
  if (!Array.isArray(args) || args.length !== checks.length)
    throw new SheafError('invalid-argument', 'The request does not have the right number of arguments.', { name })
  for (const [index, check] of checks.entries()) {
    const value: unknown = args[index]
    const passed: boolean = check(value)
    if (passed) continue
    if (value instanceof Uint8Array && value.byteLength > CALL_LIMITS.update)
      throw new SheafError('too-big', 'This change is too big to be saved in one piece.', { name, index })
    throw new SheafError('invalid-argument', 'An argument of the request is not what it must be.', { name, index })
  }
  // Each argument was checked by the list that stands under this very name.
  return { name, args } as CheckedCall
}
