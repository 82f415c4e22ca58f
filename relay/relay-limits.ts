/** What a relay bears, and from whom: figures that whoever runs it may change in its configuration. */
export interface RelayLimits {
  /** WebSockets at one time, in all and from one address; new ones a second from one address. */
  readonly sockets: number
  readonly socketsPerAddress: number
  readonly newSocketsPerSecond: number
  /** Milliseconds until somebody must have proved who they are, and bytes they may send until then. */
  readonly proofTime: number
  readonly bytesBeforeProof: number
  /** Documents and vaults that are new here, from one address: so many at once, and an hour. */
  readonly newAtOnce: number
  readonly newPerHour: number
  /** Documents open on one WebSocket. */
  readonly channels: number
  /** Messages a second about anything but documents' frames, on one WebSocket. */
  readonly messagesPerSecond: number
  /** Envelopes a second and saved up, from one device into one document: what is faster is slowed down, never refused. */
  readonly recordsPerSecond: number
  readonly recordsAtOnce: number
  /** Live words a second that one device may say, and hear of all others together. */
  readonly livePerSecond: number
  readonly liveHeardPerSecond: number
  /** Bytes one document, one vault and the whole relay may hold. */
  readonly documentBytes: number
  readonly vaultBytes: number
  readonly allBytes: number
  /** Rows of one document's chain, their bytes, and rows a second that one device may propose. */
  readonly rows: number
  readonly rowBytes: number
  readonly rowsPerSecond: number
  /** People, devices of all of them, and open invites in a document. */
  readonly members: number
  readonly devices: number
  readonly invites: number
  readonly requests: number
  /** Bytes waiting to be read: beyond the first nothing new is sent; beyond the second as much must be read in `stalledTime`. */
  readonly laggingBytes: number
  readonly stalledBytes: number
  /** Bytes in memory of what comes in parts and is not whole yet, of all. */
  readonly unfinishedBytes: number
  /** Milliseconds after which one that reads too little is let go. */
  readonly stalledTime: number
  /** Bytes of memory beyond which nobody new is let in; 0 for three quarters of what there is. */
  readonly memoryBytes: number
}

const MIB = 2 ** 20

export const RELAY_LIMITS: RelayLimits = {
  sockets: 10_000,
  socketsPerAddress: 50,
  newSocketsPerSecond: 10,
  proofTime: 10_000,
  bytesBeforeProof: 2 * MIB,
  newAtOnce: 500,
  newPerHour: 120,
  channels: 500,
  messagesPerSecond: 100,
  recordsPerSecond: 400,
  recordsAtOnce: 4000,
  livePerSecond: 10,
  liveHeardPerSecond: 320,
  documentBytes: 256 * MIB,
  vaultBytes: MIB,
  allBytes: 64 * 1024 * MIB,
  rows: 10_000,
  rowBytes: 32 * MIB,
  rowsPerSecond: 20,
  members: 200,
  devices: 1000,
  invites: 50,
  requests: 200,
  laggingBytes: MIB,
  stalledBytes: 4 * MIB,
  unfinishedBytes: 256 * MIB,
  stalledTime: 30_000,
  memoryBytes: 0,
}
