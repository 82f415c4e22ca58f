/**
 * Published files damaged at random: bits flipped, parts cut off, zeroed, moved, doubled, swapped with another file.
 * Each is refused with a kind or gives content; the reader never crashes and the file is never touched.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import { publishSheafFile } from '../../main/storage/publish-sheaf-file.ts'
import { readSheafFile, readSheafSummary } from '../../main/storage/read-sheaf-file.ts'
import { sampleContent } from '../../main/storage/sheaf-file.fixture.ts'
import type { ProofContext, ProofResult, Tier } from '../proof.ts'
import { type Random, seededRandom } from '../seeded-random.ts'

const FILES: Record<Tier, number> = { suite: 500, nightly: 20_000, release: 200_000 }

export async function readDamaged({ tier, seed, report }: ProofContext, folder: string): Promise<ProofResult> {
  const random = seededRandom(seed)
  const originals: Buffer[] = []
  for (const records of [0, 3, 400]) {
    const file = path.join(folder, `original-${records}.sheaf`)
    await publishSheafFile(
      file,
      sampleContent({}, records, (length) => Uint8Array.from({ length }, () => random.below(256))),
    )
    originals.push(fs.readFileSync(file))
  }
  const outcomes: Record<string, number> = {}
  const violations: string[] = []
  const file = path.join(folder, 'damaged.sheaf')
  const intakeFolder = path.join(folder, 'intake')
  for (let n = 1; n <= FILES[tier]; n++) {
    const damaged = damage(random.pick(originals), random.pick(originals), random)
    fs.writeFileSync(file, damaged)
    const whole = await attempt(async () => (await readSheafFile(file, { intakeFolder })) && 'content')
    const summary = await attempt(async () => (await readSheafSummary(file, { intakeFolder })).problem ?? 'summary')
    for (const outcome of [whole, summary]) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      if (outcome.startsWith('threw')) violations.push(`File ${n} of seed ${seed} ${outcome}.`)
    }
    if (digest(fs.readFileSync(file)) !== digest(damaged))
      violations.push(`File ${n} of seed ${seed} was changed by reading it.`)
    if (n % 5000 === 0) report(`${n} damaged files read`)
  }
  if (fs.readdirSync(intakeFolder).length > 0) violations.push('Private copies were left behind.')
  return { checks: FILES[tier] * 3, violations, figures: outcomes }
}

async function attempt(read: () => Promise<string>): Promise<string> {
  try {
    return await read()
  } catch (cause) {
    return cause instanceof SheafError ? cause.kind : `threw ${cause instanceof Error ? cause.stack : String(cause)}`
  }
}

/** One to four damages; half of the time the header's page count is mended, so that the damage gets past it. */
function damage(original: Buffer, other: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(original)
  for (let times = random.below(4); times >= 0; times--) bytes = damageOnce(bytes, other, random)
  if (bytes.length >= 100 && random.below(2) === 0) bytes.writeUInt32BE(Math.floor(bytes.length / 4096), 28)
  return bytes
}

function damageOnce(bytes: Buffer, other: Buffer, random: Random): Buffer {
  if (bytes.length < 2) return bytes
  // Headers of pages are where a wrong byte does most: one damage in two goes there.
  const at = random.below(2) === 0 ? random.below(bytes.length) : pageStart(bytes, random) + random.below(120)
  const length = 1 + random.below(random.pick([4, 64, 4096]))
  switch (random.below(8)) {
    case 0:
    case 1:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
      return bytes
    case 2:
      if (at < bytes.length) bytes[at] = random.pick([0, 1, 0x7f, 0x80, 0xff])
      return bytes
    case 3:
      return bytes.fill(0, Math.min(at, bytes.length), Math.min(at + length, bytes.length))
    case 4:
      return bytes.subarray(0, random.below(2) === 0 ? at : Math.floor(at / 4096) * 4096)
    case 5: {
      const page = pageStart(bytes, random)
      bytes.copy(bytes, pageStart(bytes, random), page, page + 4096)
      return bytes
    }
    case 6: {
      const page = pageStart(other, random)
      other.copy(bytes, Math.min(pageStart(bytes, random), bytes.length), page, page + 4096)
      return bytes
    }
    default:
      return Buffer.concat([bytes.subarray(0, at), other.subarray(at, at + length), bytes.subarray(at)])
  }
}

function pageStart(bytes: Buffer, random: Random): number {
  return random.below(Math.max(1, Math.floor(bytes.length / 4096))) * 4096
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
