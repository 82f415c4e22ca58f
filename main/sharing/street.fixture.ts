/** Installations of some people who reach each other: real stores, real desks; what goes over the wire is sealed as it is. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { SheafError } from '../../shared/errors.ts'
import { equalBytes, fromHex, toHex } from '../../shared/ids.ts'
import { founderKeys } from '../../shared/log/genesis.ts'
import type { Taken } from '../../shared/protocol/session-state.ts'
import { inviteSecret } from '../../shared/sharing/invite-box.ts'
import { DocumentRegistry } from '../documents/document-registry.ts'
import { plainVault } from '../documents/open-document.fixture.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { WriterKeeper } from '../documents/writer-keeper.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { type Installation, restoreInstallation } from '../identity/installation.ts'
import { type Hubs, NO_HUBS, type RelayWay } from '../network/hubs.ts'
import type { Vault } from '../replication/relay/relay-client.ts'
import { rootOf } from '../../shared/sharing/recovery-words.ts'
import { DocumentReplica } from '../replication/document-replica.ts'
import type { KeyVault } from '../ports.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import { documentAccess } from './document-access.ts'
import { DocumentSharing } from './document-sharing.ts'
import { Recovery } from './recovery.ts'

const paragraph = (text: string) => ({ node: 'block', attributes: {}, content: [{ text, marks: {} }] })
export const shape = (title: string, ...texts: string[]): DocumentShape => ({ title, content: texts.map(paragraph) })

const MEMORY = '/dev/shm'

export class Neighbour {
  readonly name: string
  readonly files: string[] = []
  registry: DocumentRegistry
  sharing: DocumentSharing
  private readonly street: Street
  recovery: Recovery
  private installation: Installation

  constructor(street: Street, name: string) {
    this.street = street
    this.name = name
    const entropy = suite.random(16)
    this.installation = { userRoot: rootOf(suite, entropy), deviceSeed: suite.random(32), entropy, former: [] }
    ;[this.registry, this.sharing, this.recovery] = this.start()
  }

  /** Sheaf is closed and started again, perhaps with a key vault that was reset. */
  async restart(vault: KeyVault = plainVault()): Promise<void> {
    await this.registry.close()
    ;[this.registry, this.sharing, this.recovery] = this.start(vault)
  }

  on<T>(id: string, work: (document: OpenDocument) => T): T {
    const document = this.registry.keepOpen(id)
    try {
      return work(document)
    } finally {
      this.registry.letGo(id)
    }
  }

  async write(id: string, ...texts: string[]): Promise<void> {
    const document = this.registry.keepOpen(id)
    try {
      await document.edit((doc) => writeShape(doc, shape('Plan', ...texts)))
      document.seal()
    } finally {
      this.registry.letGo(id)
    }
  }

  text(id: string): string {
    return shapeToText(this.registry.shapeOf(id))
  }

  content(id: string): Promise<SheafFileContent> {
    return this.registry.contentOf(id)
  }

  async person(id: string, name: string): Promise<string> {
    const { people } = await this.sharing.view(id)
    const found = people.find((one) => one.name === name)
    if (found === undefined) throw new Error(`Nobody is called ${name}.`)
    return found.id
  }

  private start(vault: KeyVault = plainVault()): [DocumentRegistry, DocumentSharing, Recovery] {
    const { street, name } = this
    const installation = (): Installation => this.installation
    const clock = { now: () => street.now }
    const logger = {
      info: () => undefined,
      error: (_: string, cause: unknown) => {
        throw cause instanceof Error ? cause : new Error('failed', { cause })
      },
    }
    const keeper = new WriterKeeper({ suite, vault, installation, clock, displayName: () => name, appVersion: '0.1.0' })
    const registry = new DocumentRegistry({
      folder: path.join(street.folder, name),
      suite,
      clock,
      logger,
      keeper,
      founderKeys: (salt) => founderKeys(suite, installation().userRoot, installation().deviceSeed, salt),
      announce: () => undefined,
      appVersion: '0.1.0',
    })
    registry.attach({
      edited: () => undefined,
      flush: async () => undefined,
      opened: () => undefined,
      fileState: () => ({ kind: 'ok', fileName: 'a', folder: '' }),
      readOnlyReason: () => null,
      saveAgain: async () => undefined,
      locate: async () => undefined,
      resolveRollback: async () => undefined,
      close: async () => undefined,
    })
    const sharing = new DocumentSharing({
      suite,
      clock,
      logger,
      keeper,
      documents: registry,
      hubs: street.hubs(),
      announce: () => undefined,
      receive: async (_, title) => void this.files.push(title),
      noted: (document) => recovery.note(document),
      patience: 500,
    })
    const recovery = new Recovery({
      suite,
      logger,
      hubs: street.hubs(),
      installation,
      adopt: async (restored) => {
        this.installation = await restoreInstallation(street.folder, vault, suite, installation(), restored)
      },
      receive: (document) => sharing.restore(document),
      isKnown: (documentId) => registry.isKnown(documentId),
    })
    sharing.attach({
      propose: (id, row) => {
        for (const other of street.others(this, id)) other.on(id, (document) => document.propose(row))
        // A relay appends what follows.
        if (street.hasRelay) this.on(id, (document) => document.membership().relay !== null && document.follow([row]))
        street.meet(id)
      },
      reconsider: () => undefined,
      online: () => new Set(),
      names: () => new Map(),
      ways: { hasLan: () => true },
    })
    return [registry, sharing, recovery]
  }
}

export class Street {
  readonly folder = fs.mkdtempSync(path.join(fs.existsSync(MEMORY) ? MEMORY : os.tmpdir(), 'sheaf-street-'))
  readonly neighbours: Neighbour[] = []
  readonly vaults = new Map<string, Vault>()
  /** How often the relay can't keep a box yet: the document is not open on it. */
  refusals = 0
  boxes = 0
  hasRelay = false
  now = 1_700_000_000_000

  move(name: string): Neighbour {
    const neighbour = new Neighbour(this, name)
    this.neighbours.push(neighbour)
    return neighbour
  }

  others(one: Neighbour, id: string): Neighbour[] {
    return this.neighbours.filter((other) => other !== one && other.registry.isKnown(id))
  }

  /** All who have the document tell each other everything, as sessions do: rows, and records in envelopes. */
  meet(id: string, ...some: readonly Neighbour[]): Taken['kind'][] {
    const there = (some.length > 0 ? some : this.neighbours).filter(({ registry }) => registry.isKnown(id))
    const outcomes: Taken['kind'][] = []
    for (const { registry } of there) registry.keepOpen(id)
    for (let round = 0; round < 3; round++) {
      for (const from of there) for (const to of there) if (from !== to) outcomes.push(...this.pass(id, from, to))
    }
    for (const { registry } of there) registry.letGo(id)
    return outcomes
  }

  /** Everything one has, sent to another, who answers what became of it; nothing from one who has no key. */
  pass(id: string, from: Neighbour, to: Neighbour): Taken['kind'][] {
    return from.on(id, (ours) =>
      to.on(id, (theirs) => {
        const [sender, receiver] = [replicaOf(ours), replicaOf(theirs)]
        const followed = receiver.follow(sender.links(receiver.chainEnd().seq))
        if (followed.kind !== 'followed' || documentAccess(ours) === null) return []
        return [receiver.take(sender.find(receiver.tips(), 1e9)).kind]
      }),
    )
  }

  hubs(): Hubs {
    return {
      ...NO_HUBS,
      relay: () => this.relay(),
      lan: {
        dial: () => undefined,
        remember: () => undefined,
        pairingCode: async () => null,
        addresses: async () => ['192.168.0.7:4711'],
        serve: () => undefined,
        transport: () => {
          throw new Error('Nothing is carried here.')
        },
        desk: (_, seed) => {
          const secret = inviteSecret(suite, seed)
          const owner = this.neighbours.find(({ sharing }) =>
            sharing.desk.lanSecrets().some((known) => equalBytes(known, secret)),
          )
          const nobody = async () => 'nobody-near' as const
          return owner?.sharing.desk ?? { look: nobody, take: nobody, ask: nobody }
        },
      },
    }
  }

  /** A relay that keeps vaults, as a relay does, and boxes. */
  private relay(): RelayWay {
    const nothing = async (): Promise<void> => undefined
    return {
      transport: () => {
        throw new Error('Nothing is carried here.')
      },
      desk: () => {
        throw new Error('Nobody comes by here.')
      },
      putInvite: async () => {
        if (this.refusals-- > 0) throw new SheafError('unreachable', 'The relay could not be asked just now.')
        this.boxes += 1
      },
      dropInvite: nothing,
      requests: async () => [],
      dropRequest: nothing,
      putVault: async (id, version, bytes, sig) => {
        if (version !== (this.vaults.get(toHex(id))?.version ?? 0) + 1) return 'stale'
        this.vaults.set(toHex(id), { version, bytes, sig })
        return 'kept'
      },
      getVault: async (id) => this.vaults.get(toHex(id)) ?? null,
    }
  }

  async clear(): Promise<void> {
    for (const { recovery } of this.neighbours) recovery.stop()
    for (const { registry } of this.neighbours) await registry.close()
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

function replicaOf(document: OpenDocument): DocumentReplica {
  const keys = () => {
    const all = document.members.epochKeys()
    const current = all.get(Math.max(0, ...all.keys()))
    return { all, current: current ?? { epoch: 1, key: suite.random(32) } }
  }
  return new DocumentReplica(suite, fromHex(document.documentId), document, keys)
}
