import process from 'node:process'
import { defineConfig } from '@playwright/test'

/**
 * Promises kept, seen from outside: the built app (`app`) and the packaged one (`packaged`), driven through their
 * windows. One worker and no retries: a test that passes only sometimes is a failing test.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  timeout: 60_000,
  globalTimeout: 40 * 60_000,
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
  snapshotPathTemplate: '{testDir}/golden/{arg}{ext}',
  outputDir: 'out/e2e',
  projects: [
    { name: 'app', testIgnore: 'packaged.e2e.ts' },
    // Without a trace: its recorder goes on asking a browser that a test killed on purpose, and fails the test for it.
    { name: 'packaged', testMatch: 'packaged.e2e.ts', use: { trace: 'off' } },
  ],
})
