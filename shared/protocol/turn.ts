/** One event's way through a session: the state as it becomes, and what is to be done. Nothing of it is left after the step. */
import { encodeFrame, type Farewell, type Frame } from './frames.ts'
import type { Effect, Notice, Peer, SessionSetting, SessionState } from './session-state.ts'

export interface Step {
  readonly state: SessionState
  readonly effects: readonly Effect[]
}

export class Turn {
  readonly setting: SessionSetting
  readonly now: number
  state: SessionState
  private readonly effects: Effect[] = []

  constructor(setting: SessionSetting, state: SessionState, now: number) {
    this.setting = setting
    this.state = state
    this.now = now
  }

  step(): Step {
    return { state: this.state, effects: this.effects }
  }

  sendPulse(): void {
    const { revision, digest, chain } = this.state
    this.send({ op: 'pulse', revision, digest, chain: chain.end })
  }

  part(reason: Farewell): void {
    this.send({ op: 'bye', reason })
    this.end('us', reason)
  }

  end(by: 'us' | 'them', reason: Farewell): void {
    this.change({ phase: 'closed' })
    this.tell({ kind: 'parted', by, reason })
    this.perform({ do: 'close' })
  }

  send(frame: Frame): void {
    this.perform({ do: 'send', frame: encodeFrame(frame) })
  }

  tell(notice: Notice): void {
    this.perform({ do: 'tell', notice })
  }

  perform(effect: Effect): void {
    this.effects.push(effect)
  }

  change(changed: Partial<SessionState>): void {
    this.state = { ...this.state, ...changed }
  }

  know(changed: Partial<Peer>): void {
    if (this.state.peer !== null) this.change({ peer: { ...this.state.peer, ...changed } })
  }
}
