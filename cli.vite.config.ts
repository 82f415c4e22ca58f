import path from 'node:path'
import { defineConfig } from 'vite'
import { NODE_TARGET, nodeExternals, workerEntries } from './scripts/setup/bundle.mjs'

/** The command line, for plain Node. */
export default defineConfig({
  publicDir: false,
  // Everything but native packages goes in: an installed command has no node_modules of its own.
  ssr: { noExternal: true, external: nodeExternals },
  build: {
    ssr: true,
    outDir: 'out/cli',
    emptyOutDir: true,
    target: NODE_TARGET,
    rollupOptions: {
      input: { sheaf: path.resolve(import.meta.dirname, 'app/cli.ts'), ...workerEntries(import.meta.dirname) },
      external: nodeExternals,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
