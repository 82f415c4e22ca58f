/** Bounds and times on the local network. Times are milliseconds; tests shorten them. */

/** Connections that are past their handshake, and those that are not. */
export const MAX_PEERS = 32
export const MAX_UNFINISHED = 16
/** Handshakes one address may begin in a while. */
export const HANDSHAKES = { count: 5, within: 10_000 } as const

export interface LanTimes {
  /** Until who was dialled must have greeted us, and who dialled us. */
  readonly connect: number
  readonly handshake: number
  /** A side that has said nothing for so long says that it is there; one not heard for so long is lost. */
  readonly idle: number
  readonly lost: number
  /** One that is thought to be there must answer within this when there is reason to doubt it. */
  readonly probe: number
  /** Between two tries at one document or one address: the first wait, which doubles, and the longest. */
  readonly again: number
  readonly longest: number
  /** Until it is said that nobody is near. */
  readonly verdict: number
  /** How long one whom our chain does not know may stay without a chain that does. */
  readonly newcomer: number
  /** How often all of this is looked at. */
  readonly tick: number
}

export const LAN_TIMES: LanTimes = {
  connect: 6000,
  handshake: 10_000,
  idle: 2000,
  lost: 7000,
  probe: 1500,
  again: 500,
  longest: 15_000,
  verdict: 8000,
  newcomer: 20_000,
  tick: 500,
}
