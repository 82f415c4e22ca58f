import { durability } from './durability/durability.ts'
import { files } from './files/files.ts'
import { lan } from './lan/lan.ts'
import { merge } from './merge/merge.ts'
import type { Proof } from './proof.ts'
import { relay } from './relay/relay.ts'
import { replication } from './replication/replication.ts'
import { sharedFolder } from './shared-folder/shared-folder.ts'
import { yjsServer } from './yjs-server/yjs-server.ts'

/** Every proof, in the order they run. */
export const PROOFS: readonly Proof[] = [files, sharedFolder, durability, merge, replication, relay, lan, yjsServer]
