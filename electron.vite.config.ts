import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { NODE_TARGET, nodeExternals, workerEntries } from './scripts/setup/bundle.mjs'

const here = (file: string) => path.resolve(import.meta.dirname, file)

/** The desktop app. Targets are the older of the two runtimes it meets: Electron 33 in tests, the pinned one at users. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/app',
      target: NODE_TARGET,
      externalizeDeps: false,
      rollupOptions: {
        input: { desktop: here('app/desktop.ts'), ...workerEntries(import.meta.dirname) },
        external: ['electron', ...nodeExternals],
        // Beside the entries: a worker is found next to the module that starts it.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: NODE_TARGET,
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: here('app/preload.ts') },
        external: ['electron'],
        // A sandboxed preload can't be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: here('out/renderer'),
      target: 'chrome130',
      rollupOptions: { input: here('renderer/index.html') },
    },
  },
})
