/** Counts of what a relay did, as Prometheus reads them. They name nobody and nothing. */

const COUNTERS = {
  sockets_accepted: 'WebSockets that were let in',
  sockets_turned_away: 'WebSockets that were not: too many, too fast, or no memory left',
  sockets_stalled: 'WebSockets that were ended because nothing was read from them',
  documents_opened: 'Documents opened on a WebSocket',
  documents_refused: 'Documents that somebody may not open',
  envelopes_kept: 'Envelopes committed',
  envelopes_sent: 'Envelopes sent to who lacked them',
  envelopes_passed_over: 'Envelopes not kept: of an old epoch, not allowed, or beyond a quota',
  envelopes_forged: 'Envelopes that their writer did not sign',
  envelopes_spoilt: 'Envelopes an owner could not open, taken out',
  envelopes_let_go: 'Envelopes in a closed run that was vouched for',
  rows_kept: 'Rows of membership chains committed',
  commits: 'Transactions',
  commits_failed: 'Transactions the disk refused',
  bytes_in: 'Bytes received',
  bytes_out: 'Bytes sent',
  messages_failed: 'Messages that broke something here: a defect to report',
  frames_malformed: 'Messages that are none',
  joins: 'Invites taken',
} as const

const GAUGES = {
  sockets: 'WebSockets open now',
  rooms: 'Documents with somebody in them now',
  documents: 'Documents held',
  held_bytes: 'Bytes held: envelopes, pictures, rows of membership chains and vaults',
  unfinished_bytes: 'Bytes in memory of what came in parts and is not whole yet',
  event_loop_lag_seconds: 'How late a timer was last time',
} as const

export type Counter = keyof typeof COUNTERS
export type Gauge = keyof typeof GAUGES

export class Metrics {
  private readonly counts = new Map<Counter, number>()
  private readonly gauges = new Map<Gauge, number>()

  count(counter: Counter, by = 1): void {
    this.counts.set(counter, (this.counts.get(counter) ?? 0) + by)
  }

  set(gauge: Gauge, value: number): void {
    this.gauges.set(gauge, value)
  }

  add(gauge: Gauge, by: number): void {
    this.gauges.set(gauge, this.read(gauge) + by)
  }

  read(name: Counter | Gauge): number {
    return this.counts.get(name as Counter) ?? this.gauges.get(name as Gauge) ?? 0
  }

  /** The text format of Prometheus. */
  text(): string {
    const lines = [
      ...Object.entries(COUNTERS).map(([name, help]) => this.one(`${name}_total`, 'counter', help, name as Counter)),
      ...Object.entries(GAUGES).map(([name, help]) => this.one(name, 'gauge', help, name as Gauge)),
    ]
    return `${lines.join('\n')}\n`
  }

  private one(name: string, type: string, help: string, of: Counter | Gauge): string {
    return `# HELP sheaf_${name} ${help}.\n# TYPE sheaf_${name} ${type}\nsheaf_${name} ${this.read(of)}`
  }
}
