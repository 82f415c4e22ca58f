/**
 * Takes a `.sheaf` file in from outside. The file itself is only ever read, byte by byte, into a private folder; all
 * looking happens there. It comes back complete and of the right types, or refused with a reason; whether its records
 * are what their writers signed is for the log to say.
 */
import { constants } from 'node:fs'
import fs, { type FileHandle } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import { errorCode } from './error-code.ts'
import { checkHeader, HEADER_BYTES } from './file-header.ts'
import { fileProblem, type FileProblem, Refused } from './file-problem.ts'
import { equalStamps, type FileStamp, stampOf } from './file-stamp.ts'
import type { FileSummary } from './inspect-file.ts'
import { Inspector } from './inspector.ts'
import type { SheafFileContent } from './sheaf-file.ts'

/** How often a file that changes while it is copied is copied anew. */
const ATTEMPTS = 5
const CHUNK = 2 ** 20

export interface ReadOptions {
  /** Where the private copy is made, in a folder of its own; the system's temporary folder unless told otherwise. */
  readonly intakeFolder?: string
  readonly inspector?: Inspector
}

/** A file's content, and the stamp it had when it was read. */
export interface ReadFile {
  readonly content: SheafFileContent
  readonly stamp: FileStamp
}

export type SummaryOrProblem = (FileSummary & { readonly problem: null }) | { readonly problem: FileProblem }

const sharedInspector = new Inspector()

/** Throws `SheafError` of the kinds of `FileProblem`. A file whose `formatWrite` is newer than ours must not be written. */
export async function readSheafFile(file: string, options: ReadOptions = {}): Promise<SheafFileContent> {
  return (await readStampedSheafFile(file, options)).content
}

/** As `readSheafFile`, with the stamp by which a later change can be told. */
export async function readStampedSheafFile(file: string, options: ReadOptions = {}): Promise<ReadFile> {
  return await withIntake(options, async (intake) => {
    const copy = path.join(intake, 'copy.sheaf')
    const stamp = await copyIn(file, copy)
    return { content: await (options.inspector ?? sharedInspector).inspect('content', copy), stamp }
  })
}

/** What a list shows of each file, in the order given; refused ones come with their problem. */
export async function readSheafSummaries(
  files: readonly string[],
  options: ReadOptions = {},
): Promise<SummaryOrProblem[]> {
  return await withIntake(options, async (intake) => {
    const summaries: SummaryOrProblem[] = []
    for (const file of files) {
      const copy = path.join(intake, 'copy.sheaf')
      try {
        await copyIn(file, copy)
        summaries.push({ ...(await (options.inspector ?? sharedInspector).inspect('summary', copy)), problem: null })
      } catch (cause) {
        summaries.push({ problem: problemOf(cause) })
      } finally {
        await fs.rm(copy, { force: true })
      }
    }
    return summaries
  })
}

export async function readSheafSummary(file: string, options: ReadOptions = {}): Promise<SummaryOrProblem> {
  const [summary] = await readSheafSummaries([file], options)
  return summary ?? { problem: 'not-found' }
}

function problemOf(cause: unknown): FileProblem {
  if (cause instanceof SheafError) {
    switch (cause.kind) {
      case 'not-found':
      case 'no-permission':
      case 'disk-error':
      case 'not-a-sheaf-file':
      case 'damaged':
      case 'hostile':
      case 'too-new':
      case 'too-big':
        return cause.kind
      default:
    }
  }
  throw cause
}

async function withIntake<T>(options: ReadOptions, task: (folder: string) => Promise<T>): Promise<T> {
  const parent = options.intakeFolder ?? os.tmpdir()
  await fs.mkdir(parent, { recursive: true })
  // Made for this reading alone and open to nobody else: what is checked is what is read.
  const folder = await fs.mkdtemp(path.join(parent, 'sheaf-intake-'))
  try {
    return await task(folder)
  } finally {
    await fs.rm(folder, { recursive: true, force: true })
  }
}

/** Copies the bytes of a file that does not change meanwhile; answers the stamp of exactly those bytes. */
async function copyIn(file: string, copy: string): Promise<FileStamp> {
  for (let attempt = 1; ; attempt++) {
    const source = await openRegular(file)
    try {
      const before = await source.stat({ bigint: true })
      const length = Number(before.size)
      const header = new Uint8Array(HEADER_BYTES)
      const { bytesRead } = await source.read(header, 0, HEADER_BYTES, 0)
      checkHeader(header.subarray(0, bytesRead), length)
      await copyBytes(source, copy, length)
      const stamp = stampOf(before)
      if (equalStamps(stamp, stampOf(await source.stat({ bigint: true })))) return stamp
      if (attempt === ATTEMPTS) throw fileProblem('damaged')
    } catch (cause) {
      if (cause instanceof Refused) throw fileProblem(cause.problem)
      throw unreadable(cause, copy)
    } finally {
      await source.close()
    }
  }
}

/** Opens a file for reading if it is an ordinary one, or a link to one: reading a pipe or device could hang or harm. */
async function openRegular(file: string): Promise<FileHandle> {
  try {
    if (!(await fs.stat(file)).isFile()) throw fileProblem('not-a-sheaf-file')
    // Windows has no such flags. Elsewhere, a pipe put there in between must not make the open wait for its writer.
    const handle = await fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
    throw fileProblem('not-a-sheaf-file')
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') throw fileProblem('not-found', { cause })
    if (code === 'EACCES' || code === 'EPERM') throw fileProblem('no-permission', { cause })
    if (code === 'ELOOP' || code === 'ENXIO') throw fileProblem('not-a-sheaf-file', { cause })
    throw unreadable(cause, null)
  }
}

/**
 * Whatever else a system says of a file it can't give: locked, only in the cloud, behind a network that is down. Errors
 * of our own copy, which is on another disk, stay what they are.
 */
function unreadable(cause: unknown, copy: string | null): unknown {
  if (!(cause instanceof Error) || !('syscall' in cause)) return cause
  const isOfCopy = cause.syscall === 'write' || ('path' in cause && cause.path === copy)
  return isOfCopy ? cause : fileProblem('disk-error', { cause })
}

async function copyBytes(source: FileHandle, copy: string, length: number): Promise<void> {
  const target = await fs.open(copy, 'w', 0o600)
  try {
    const chunk = new Uint8Array(Math.min(CHUNK, Math.max(length, 1)))
    for (let position = 0; position < length; ) {
      const { bytesRead } = await source.read(chunk, 0, Math.min(chunk.length, length - position), position)
      if (bytesRead === 0) return
      await target.write(chunk, 0, bytesRead, position)
      position += bytesRead
    }
  } finally {
    await target.close()
  }
}
