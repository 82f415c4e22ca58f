/** Waiting at the end: until those who are there said that they hold the last words, and two seconds at most. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Gathering } from './gathering.ts'

/** Milliseconds. */
const PATIENCE = 2000
const LOOK = 20

export async function delivered(gatherings: readonly Pick<Gathering, 'isDelivered'>[]): Promise<void> {
  const until = performance.now() + PATIENCE
  while (gatherings.some(({ isDelivered }) => !isDelivered) && performance.now() < until) await pause(LOOK)
}
