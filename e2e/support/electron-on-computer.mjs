#!/usr/bin/env node
/**
 * Electron on a computer of its own: stands in for Electron's program, starts the real one in the network namespace that
 * SHEAF_COMPUTER names, and opens a door here to each port it says somebody may look in at. What goes through the door comes
 * out inside, on a loopback that nobody else reaches; no packet goes over a network.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import process from 'node:process'
import readline from 'node:readline'

const { SHEAF_COMPUTER: computer = '', SHEAF_HOST: host = '', SHEAF_ELECTRON: electron = '', ...env } = process.env
/** Has the app wait until whoever drives it is there, as where Electron is started without us. */
const LOADER = path.join(
  path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)
const THROUGH =
  'const to = require("node:net").connect(+process.argv[1], "127.0.0.1"); process.stdin.pipe(to).pipe(process.stdout)'

/** @param {string[]} command */
const inside = (...command) => ['netns', 'exec', computer, ...command]

/** @param {string} port of the computer's loopback @returns {Promise<number>} the one that leads there from here */
async function door(port) {
  const server = net.createServer((socket) => {
    const way = spawn('ip', inside(process.execPath, '-e', THROUGH, port), { stdio: ['pipe', 'pipe', 'inherit'] })
    socket.pipe(way.stdin)
    way.stdout.pipe(socket)
    // Either end is killed by tests.
    for (const end of [socket, way.stdin]) end.on('error', () => way.kill())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A port has a number.')
  return address.port
}

const program = [electron, '-r', LOADER, ...process.argv.slice(2)]
const named = ['unshare', '--uts', 'sh', '-c', 'hostname "$0" && exec "$@"', host, ...program]
const app = spawn('ip', inside(...named), { env, stdio: ['inherit', 'inherit', 'pipe'] })
app.once('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => app.kill(signal))
for await (const line of readline.createInterface({ input: app.stderr })) {
  const port = /listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1]
  const told = port === undefined ? line : line.replace(`:${port}/`, `:${await door(port)}/`)
  process.stderr.write(`${told}\n`)
}
