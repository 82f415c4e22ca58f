/** When something was last changed, as short as a list needs it. */
import { locale } from '../strings/t.ts'

const DAY = 24 * 60 * 60 * 1000

/** The time today, the weekday within the last six days, the day and month this year, else with the year. Times in ms since 1970. */
export function when(at: number, now: number): string {
  return new Intl.DateTimeFormat(locale(), form(new Date(at), new Date(now))).format(at)
}

/** The moment in full, for tooltips and assistive technology. */
export function whenInFull(at: number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' }).format(at)
}

function form(then: Date, now: Date): Intl.DateTimeFormatOptions {
  const days = Math.round((startOfDay(now) - startOfDay(then)) / DAY)
  if (days === 0) return { timeStyle: 'short' }
  if (days > 0 && days < 7) return { weekday: 'short' }
  if (then.getFullYear() === now.getFullYear()) return { day: 'numeric', month: 'short' }
  return { day: 'numeric', month: 'short', year: 'numeric' }
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
