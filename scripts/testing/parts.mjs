import { commandScript, inProject } from '../setup/project.mjs'
import { countPlaywright, countResults, countVitest } from './reports.mjs'

/**
 * One runner of `npm test`: the arguments for Node, where it leaves its JSON report and how to read it.
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} needs files that must exist before it can run
 * @property {'app' | 'package' | null} product what must have been built before
 * @property {() => string[]} args
 * @property {Record<string, string>} env
 * @property {string} report
 * @property {(report: any) => import('./reports.mjs').Count} count
 */

/** @param {string} name */
const reportFile = (name) => inProject('out', 'results', `${name}.json`)

/** @param {'app' | 'packaged'} project @param {string} name */
const playwright = (project, name) => ({
  args: () => [commandScript('@playwright/test', 'playwright'), 'test', `--project=${project}`, '--reporter=list,json'],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile(name) },
  report: reportFile(name),
  count: countPlaywright,
})

/** In the order they run: what fails soonest first. */
export const PARTS = /** @type {readonly Part[]} */ ([
  {
    name: 'check',
    needs: ['scripts/check/run.ts'],
    product: null,
    args: () => ['scripts/check/run.ts', '--json', reportFile('check')],
    env: {},
    report: reportFile('check'),
    count: countResults,
  },
  {
    name: 'unit',
    needs: ['vitest.config.ts'],
    product: null,
    args: () => [
      commandScript('vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile('unit')}`,
    ],
    env: {},
    report: reportFile('unit'),
    count: countVitest,
  },
  {
    name: 'proof',
    needs: ['proof/run.ts'],
    product: null,
    args: () => ['proof/run.ts', '--tier', 'suite', '--json', reportFile('proof')],
    env: {},
    report: reportFile('proof'),
    count: countResults,
  },
  { name: 'e2e', needs: ['playwright.config.ts'], product: 'app', ...playwright('app', 'e2e') },
  { name: 'package', needs: ['e2e/packaged.e2e.ts'], product: 'package', ...playwright('packaged', 'package') },
])
