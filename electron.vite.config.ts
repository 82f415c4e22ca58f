import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import {
  bundledDictionary,
  commonJsAliases,
  desktopWorkerEntries,
  NODE_TARGET,
  nodeExternals,
} from './scripts/setup/bundle.mjs'

const here = (file: string) => path.resolve(import.meta.dirname, file)

/** Leaves the older forms of KaTeX's fonts out of its style sheet: every Chromium reads the newest. */
function onlyWoff2(): Plugin {
  return {
    name: 'only-woff2',
    enforce: 'pre',
    transform: (code, id) =>
      /katex\.min\.css/.test(id) ? code.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("\w+"\)/g, '') : null,
  }
}

/** The desktop app. Targets are the older of the two runtimes it meets: Electron 33 in tests, the pinned one at users. */
export default defineConfig({
  main: {
    plugins: [bundledDictionary(import.meta.dirname)],
    resolve: { alias: commonJsAliases(import.meta.dirname) },
    build: {
      outDir: 'out/app',
      target: NODE_TARGET,
      externalizeDeps: false,
      rollupOptions: {
        input: { desktop: here('app/desktop.ts'), ...desktopWorkerEntries(import.meta.dirname) },
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
    plugins: [react(), onlyWoff2()],
    resolve: {
      // Its form for browsers asks the page's own parser what `&amp;` is, which the policy of the page refuses.
      alias: { 'decode-named-character-reference': here('node_modules/decode-named-character-reference/index.js') },
    },
    build: {
      outDir: here('out/renderer'),
      target: 'chrome130',
      // The page may load fonts from its own address only, and none that stands in a style sheet.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: here('renderer/index.html'), print: here('renderer/print.html') } },
    },
  },
})
