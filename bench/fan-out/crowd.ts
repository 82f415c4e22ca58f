/** A crowd that writes one document over a server: each member on a WebSocket of its own, timing what it hears. */
import { performance } from 'node:perf_hooks'
import type { WebSocket } from 'ws'

/** One writer's way of saying a keystroke, in a server's own protocol. */
export interface Member {
  readonly socket: WebSocket
  /** Says one more keystroke; answers a name by which all know it again. */
  type(): string
}

/** Joins one member; `hear` is to be called with the name of each keystroke that comes. */
export type Join = (url: string, number: number, hear: (name: string) => void) => Promise<Member>

export interface Crowd {
  readonly members: readonly Member[]
  /** Milliseconds from being said to being heard, of each keystroke by each who heard it. */
  readonly delays: number[]
  readonly said: Map<string, number>
}

export async function gather(url: string, size: number, join: Join): Promise<Crowd> {
  const delays: number[] = []
  const said = new Map<string, number>()
  const members: Member[] = []
  for (let number = 0; number < size; number++) {
    members.push(
      await join(url, number, (name) => {
        const at = said.get(name)
        if (at !== undefined) delays.push(performance.now() - at)
      }),
    )
  }
  return { members, delays, said }
}

/** Everybody types at this pace, not all at one moment, and then it is waited until all was heard. */
export async function writeTogether(crowd: Crowd, keysPerSecond: number, seconds: number): Promise<number> {
  const { members, said, delays } = crowd
  const gap = 1000 / keysPerSecond
  const begun = performance.now()
  const type = async (member: Member, first: number): Promise<void> => {
    for (let at = begun + first; at < begun + seconds * 1000; at += gap) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())))
      const now = performance.now()
      said.set(member.type(), now)
    }
  }
  await Promise.all(members.map((member, index) => type(member, (gap * index) / members.length)))
  const due = said.size * (members.length - 1)
  const patience = performance.now() + 30_000
  while (delays.length < due && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 20))
  if (delays.length < due) throw new Error(`${due - delays.length} of ${due} keystrokes were not heard.`)
  return (performance.now() - begun) / 1000
}

/** Bytes on the wire, both ways, of all members. */
export function traffic(crowd: Crowd): number {
  return crowd.members.reduce((sum, { socket }) => {
    const wire = Reflect.get(socket, '_socket') as { bytesRead: number; bytesWritten: number }
    return sum + wire.bytesRead + wire.bytesWritten
  }, 0)
}
