/**
 * The run-time check of every request a window makes: the renderer shows content that came from elsewhere, so it is the
 * less trusted side. A request that passes has exactly the types `SheafCalls` gives, within the sizes below.
 */
import { SheafError } from '../errors.ts'
import { blobHash } from '../document/flow-node-specs.ts'
import { OFFERED_FORMATS } from '../exchange/formats.ts'
import { type Paper, PAPER_MARGINS, PAPER_SIZES } from '../exchange/paper.ts'
import { isDocumentId } from '../ids.ts'
import { ROLES } from '../membership/role.ts'
import { isRelayUrl } from '../membership/relay-url.ts'
import { type CallName, CLIPBOARD_EDITS, type ExportChoice, type SheafCalls } from './contract.ts'
import { isSettingsPatch } from './settings-patch.ts'
import type { InviteWish, LiveWords, Ways, YjsRoom } from './together.ts'

/** Largest values a window may send: bytes of an update, UTF-16 units of text. */
export const CALL_LIMITS = {
  update: 32 * 2 ** 20,
  title: 1000,
  entryId: 200,
  detail: 500,
  href: 2000,
  language: 35,
  word: 100,
  words: 5000,
  path: 4096,
  dropped: 5000,
  /** Names of people, invites, requests and waiting words. */
  id: 200,
  link: 2000,
  address: 200,
  recoveryWords: 500,
  uses: 1000,
  /** A year. */
  hours: 8784,
  /** Bytes of a place in the text. */
  position: 300,
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

const language = textUpTo(CALL_LIMITS.language)

/** No line break: a word is a line of the person's dictionary. */
function word(value: unknown): value is string {
  return typeof value === 'string' && value.length <= CALL_LIMITS.word && /^\P{Cc}+$/u.test(value)
}

function words(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= CALL_LIMITS.words && value.every(word)
}

function entryId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= CALL_LIMITS.entryId
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function wholeUpTo(most: number): Check<number> {
  return (value): value is number => Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= most
}

/** The name of something the main process named. */
const name = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= CALL_LIMITS.id
const role = oneOf(...ROLES)
const uses = wholeUpTo(CALL_LIMITS.uses)
const hours = wholeUpTo(CALL_LIMITS.hours)
const room = textUpTo(CALL_LIMITS.id)
/** Where it leads is for whoever goes there to check. */
const address = textUpTo(CALL_LIMITS.href)

function update(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= CALL_LIMITS.update
}

function imageName(value: unknown): value is string {
  return blobHash(value) !== null
}

function task(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}

const offeredFormat = oneOf(...OFFERED_FORMATS)
const paperSize = oneOf(...PAPER_SIZES)
const paperMargins = oneOf(...PAPER_MARGINS)

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function paper(value: unknown): value is Paper {
  const { size, margins, header, footer } = fields(value)
  return paperSize(size) && paperMargins(margins) && typeof header === 'boolean' && typeof footer === 'boolean'
}

function exportChoice(value: unknown): value is ExportChoice {
  const choice = fields(value)
  return offeredFormat(choice['format']) && paper(choice['paper'])
}

function inviteWish(value: unknown): value is InviteWish {
  const wish = fields(value)
  return role(wish['role']) && uses(wish['uses']) && hours(wish['hours']) && isBoolean(wish['approval'])
}

function ways(value: unknown): value is Ways {
  const { relay, lan } = fields(value)
  return (relay === null || isRelayUrl(relay)) && isBoolean(lan)
}

const position = orNull(
  (value: unknown): value is Uint8Array => update(value) && value.byteLength <= CALL_LIMITS.position,
)

function liveWords(value: unknown): value is LiveWords {
  const { anchor, head, typing, idle = false } = fields(value)
  return position(anchor) && position(head) && isBoolean(typing) && isBoolean(idle)
}

function yjsRoom(value: unknown): value is YjsRoom {
  const { url, room: named, kind, token } = fields(value)
  const isKind = kind === undefined || kind === 'y-websocket' || kind === 'hocuspocus'
  return address(url) && room(named) && isKind && (token === undefined || room(token))
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
  'library.import': [task],
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
  'document.losses': [documentId, offeredFormat],
  'document.export': [documentId, exportChoice, task],
  'document.revealExport': [],
  'document.print': [documentId, paper, task],
  'task.cancel': [task],
  'image.add': [documentId, update],
  'image.copy': [documentId, documentId, imageName],
  'spelling.get': [],
  'spelling.check': [language, words],
  'spelling.suggest': [language, word],
  'spelling.learn': [word],
  'spelling.forget': [word],
  'spelling.addDictionary': [],
  'link.open': [href],
  'window.edit': [oneOf(...CLIPBOARD_EDITS)],
  'window.open': [orNull(documentId)],
  'window.shows': [orNull(documentId), title],
  'window.flushed': [],
  'window.start': [],
  'sharing.get': [documentId],
  'sharing.invite': [documentId, inviteWish],
  'sharing.dropInvite': [documentId, name],
  'sharing.answer': [documentId, name, isBoolean],
  'sharing.setRole': [documentId, name, role],
  'sharing.remove': [documentId, name],
  'sharing.removeDevice': [documentId, documentId],
  'sharing.verify': [documentId, name, isBoolean],
  'sharing.setWays': [documentId, ways],
  'sharing.connect': [documentId, textUpTo(CALL_LIMITS.address)],
  'sharing.addresses': [],
  'sharing.pairingCode': [],
  'sharing.admit': [documentId, name],
  'sharing.join': [textUpTo(CALL_LIMITS.link)],
  'sync.get': [documentId],
  'presence.say': [documentId, liveWords],
  'recovery.words': [],
  'recovery.restore': [
    textUpTo(CALL_LIMITS.recoveryWords),
    (value): value is string => value === '' || isRelayUrl(value),
  ],
  'yjs.connect': [documentId, orNull(yjsRoom)],
}

/** Paths of dropped files, as the preload script sends them, and the task they belong to. Throws 'invalid-argument'. */
export function checkDrop(number: unknown, paths: unknown): { task: number; paths: readonly string[] } {
  const path = textUpTo(CALL_LIMITS.path)
  if (!task(number) || !Array.isArray(paths) || paths.length > CALL_LIMITS.dropped || !paths.every(path))
    throw new SheafError('invalid-argument', 'An argument of the request is not what it must be.')
  // What a page made itself has no path.
  return { task: number, paths: paths.filter((each) => each !== '') }
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
