/** When something that is still good runs out, as short as a list needs it. Times in milliseconds since 1970. */
import { locale } from '../../strings/t.ts'

const DAY = 24 * 60 * 60 * 1000

/** The time within the next day, the weekday and the time within the next six, else the date. */
export function untilWhen(at: number, now: number): string {
  return new Intl.DateTimeFormat(locale(), form(at - now)).format(at)
}

function form(left: number): Intl.DateTimeFormatOptions {
  if (left < DAY) return { timeStyle: 'short' }
  if (left < 6 * DAY) return { weekday: 'long', hour: 'numeric', minute: 'numeric' }
  return { day: 'numeric', month: 'long' }
}
