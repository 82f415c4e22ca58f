/** A recorded session of somebody writing: every edit, in order, and the text that must come out. */
import fs from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** The recordings that are shipped, in `traces/`. */
export const TRACES = ['automerge-paper', 'sveltecomponent', 'friendsforever_flat'] as const
export type TraceName = (typeof TRACES)[number]

/** At `position`, `deleted` characters went and `inserted` came. */
export type Patch = readonly [position: number, deleted: number, inserted: string]

export interface Trace {
  readonly startContent: string
  readonly endContent: string
  readonly txns: readonly { readonly patches: readonly Patch[] }[]
}

export function readTrace(name: TraceName): Trace {
  const file = new URL(`traces/${name}.json.gz`, import.meta.url)
  return JSON.parse(gunzipSync(fs.readFileSync(file)).toString()) as Trace
}
