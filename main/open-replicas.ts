/**
 * The documents of one data folder as replicas: their stores, this installation's keys, people, and the ways to others.
 * Where their files stand is not its business: the app has a library for that, the command line one file.
 */
import path from 'node:path'
import { type DocumentId, toHex } from '../shared/ids.ts'
import { founderKeys } from '../shared/log/genesis.ts'
import { DocumentRegistry } from './documents/document-registry.ts'
import type { OpenDocument } from './documents/open-document.ts'
import { WriterKeeper } from './documents/writer-keeper.ts'
import { type Installation, loadInstallation, type Restored, restoreInstallation } from './identity/installation.ts'
import { sodiumSuite as suite } from './identity/sodium-suite.ts'
import { type Hubs, NO_HUBS } from './network/hubs.ts'
import { Network } from './network/network.ts'
import type { Ports } from './ports.ts'
import { openSettings } from './settings.ts'
import { DocumentSharing } from './sharing/document-sharing.ts'
import type { Announcement, SettingsApi } from './sheaf.ts'

export type ReplicaPorts = Pick<Ports, 'clock' | 'vault' | 'logger' | 'accountName' | 'appVersion' | 'hubs'> & {
  readonly folders: Pick<Ports['folders'], 'data'>
}

export interface ReplicaNeeds {
  /** Gives a file to a document that was joined. */
  readonly receive: (documentId: DocumentId, title: string) => Promise<void>
  /** A shared document is open, or its members changed. */
  readonly noted?: (document: OpenDocument) => void
}

export interface Replicas {
  readonly settings: SettingsApi
  readonly registry: DocumentRegistry
  readonly hubs: Hubs
  readonly sharing: DocumentSharing
  readonly network: Network
  /** Whether the installation's keys were made just now. */
  readonly isFirst: boolean
  readonly installation: () => Installation
  /** Goes on as somebody who was restored. */
  readonly adopt: (restored: Restored) => Promise<void>
  readonly announce: (announcement: Announcement) => void
  readonly subscribe: (listener: (announcement: Announcement) => void) => () => void
  /** Says goodbye to others and ends every document's run. */
  readonly close: () => Promise<void>
}

export async function openReplicas(ports: ReplicaPorts, needs: ReplicaNeeds): Promise<Replicas> {
  const { clock, logger, vault, folders, appVersion } = ports
  const listeners = new Set<(announcement: Announcement) => void>()
  const announce = (announcement: Announcement): void => {
    for (const listener of listeners) listener(announcement)
  }
  const settings = await openSettings({
    folder: folders.data,
    accountName: ports.accountName,
    logger,
    changed: (payload) => announce({ name: 'settings.changed', payload }),
  })
  const identity = path.join(folders.data, 'identity')
  const loaded = await loadInstallation(identity, vault, suite)
  let { installation } = loaded
  if (loaded.found === 'unreadable') logger.info('identity.replaced')
  const displayName = (): string => settings.get().displayName
  const keeper = new WriterKeeper({ suite, vault, installation: () => installation, clock, displayName, appVersion })
  const registry = new DocumentRegistry({
    folder: path.join(folders.data, 'store'),
    suite,
    clock,
    logger,
    keeper,
    founderKeys: (salt) => founderKeys(suite, installation.userRoot, installation.deviceSeed, salt),
    announce,
    appVersion,
  })
  const hubs = ports.hubs?.({ suite, clock, logger, secret: installation.deviceSeed }) ?? NO_HUBS
  const sharing = new DocumentSharing({
    suite,
    clock,
    logger,
    keeper,
    documents: registry,
    hubs,
    announce,
    ...needs,
  })
  const network = new Network({
    folder: folders.data,
    suite,
    clock,
    logger,
    documents: registry,
    sharing,
    hubs,
    device: toHex(suite.hash(installation.deviceSeed)).slice(0, 32),
    settings: () => settings.get(),
    announce,
  })
  sharing.attach(network)
  listeners.add(({ name }) => {
    if (name === 'settings.changed') network.settingsChanged()
  })
  return {
    settings,
    registry,
    hubs,
    sharing,
    network,
    isFirst: loaded.found === 'first',
    installation: () => installation,
    async adopt(restored) {
      installation = await restoreInstallation(identity, vault, suite, installation, restored)
    },
    announce,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      await network.close()
      // Words are kept whatever the ways to others do meanwhile.
      const ends = await Promise.allSettled([hubs.stop(), registry.close()])
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    },
  }
}
