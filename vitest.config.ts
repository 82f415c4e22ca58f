import { defineConfig } from 'vitest/config'

/** Unit, contract and property tests: beside the file they test. Renderer tests get a DOM, the others plain Node. */
export default defineConfig({
  test: {
    pool: 'forks',
    // A property compares hundreds of documents, on whatever machine: a limit is for what hangs, not for what is slow.
    testTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,main,relay,app,scripts,proof,bench}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['renderer/testing/lay-out-nothing.ts'],
        },
      },
    ],
  },
})
