import { useEffect, useState } from 'react'

const MINUTE = 60_000

/** A moment of today, in milliseconds since 1970; a new one when the day changes under an open window. */
export function useToday(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      setNow((before) => (new Date(before).getDate() === new Date().getDate() ? before : Date.now()))
    }, MINUTE)
    return () => clearInterval(timer)
  }, [])
  return now
}
