/** The session process as one file: read anew for every kill, its sources would take longer than most sessions live. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { SESSION_PROCESS } from './session-scripts.ts'

/** Inside the checkout: native packages are found from there. */
const FOLDER = fileURLToPath(new URL('../../out/proof/', import.meta.url))
const FILE = 'session-process.js'
/** Packages that load native code stay outside. */
const OUTSIDE = ['better-sqlite3', 'sodium-native']

/** Answers the path of the bundle. */
export async function bundleSession(): Promise<string> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: OUTSIDE },
    build: {
      ssr: SESSION_PROCESS,
      outDir: FOLDER,
      target: 'node20.18',
      rollupOptions: { external: OUTSIDE, output: { format: 'es', entryFileNames: FILE } },
    },
  })
  return path.join(FOLDER, FILE)
}
