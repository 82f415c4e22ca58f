import type { WayView } from '../../shared/ipc/together.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import { t } from '../strings/t.ts'

export interface WhyNotWords {
  readonly happened: string
  readonly todo: string
}

/** Why something did not work: what happened, and what a person can do. What is safe, the place it is said at knows. */
export function whyNotWords(why: WhyNot): WhyNotWords {
  return { happened: t(`why.${why}`), todo: t(`do.${why}`) }
}

/** What means something else of a plain Yjs server than of a relay or a peer. */
const OF_YJS = ['relay-unreachable', 'certificate', 'key', 'refused', 'busy', 'not-a-relay'] as const

/** The same for one of the ways to others. */
export function whyNotThatWay(way: WayView['way'], why: WhyNot): WhyNotWords {
  if (way !== 'yjs') return whyNotWords(why)
  const own = OF_YJS.find((one) => one === why)
  return own === undefined ? whyNotWords(why) : { happened: t(`yjs.why.${own}`), todo: t(`yjs.do.${own}`) }
}
