import { readFileSync } from 'node:fs'
import { sodiumSuite } from '../../main/identity/sodium-suite.ts'
import { errorCode } from '../../main/storage/error-code.ts'
import { readRelayConfig } from '../../relay/relay-config.ts'
import { RelayServer } from '../../relay/relay-server.ts'
import { SheafError } from '../../shared/errors.ts'
import { type Call, type Command, optionValue } from './command.ts'

/** `sheaf relay`: the place through which people who are not on one network write together. */
export const relayCommand: Command = {
  name: 'relay',
  usage: '--data FOLDER [--port PORT] [--host HOST] [--cert FILE --key FILE] [--config FILE]',
  summary: 'run a relay, over which people write together without it being able to read',
  help: `
Runs until it is told to end (Ctrl-C, SIGTERM). It keeps what it carries in FOLDER, encrypted by those who write.
Führt ein Relais aus, bis es beendet wird (Strg-C, SIGTERM). Was es überträgt, liegt verschlüsselt in FOLDER.

  --data FOLDER       where the mailbox is kept · Ordner für das Postfach
  --port PORT         4460 unless said · Port, sonst 4460
  --host HOST         address to listen on, 127.0.0.1 unless said · Adresse, sonst 127.0.0.1
  --name NAME         by which apps reach it, as in relay.example.org · Name, unter dem Apps es erreichen
  --cert FILE         certificate, and --key FILE its key, in PEM; without both put a proxy with TLS before it
                      Zertifikat und Schlüssel in PEM; ohne beide gehört ein Proxy mit TLS davor
  --behind-proxy      believe X-Forwarded-For · X-Forwarded-For glauben
  --config FILE       all this and the limits as JSON · all das und die Grenzen als JSON (docs/RELAY.md)`,
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    name: { type: 'string' },
    cert: { type: 'string' },
    key: { type: 'string' },
    'behind-proxy': { type: 'boolean' },
    config: { type: 'string' },
  },
  least: 0,
  most: 0,
  async run(call: Call) {
    const file = optionValue(call, 'config')
    const said = (name: string): string | undefined => optionValue(call, name) ?? undefined
    const name = said('name')
    const text = file === null ? null : readText(file)
    const config = readRelayConfig(text, {
      data: said('data'),
      port: said('port'),
      host: said('host'),
      names: name === undefined ? undefined : [name],
      cert: said('cert'),
      key: said('key'),
      behindProxy: call.options['behind-proxy'],
    })
    const relay = new RelayServer({
      config,
      suite: sodiumSuite,
      clock: call.ports.clock,
      // One line of JSON a fact: for journald and whatever reads it.
      log: (event, facts = {}) =>
        console.log(JSON.stringify({ at: new Date(call.ports.clock.now()).toISOString(), event, ...facts })),
    })
    await relay.start()
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve())
      process.once('SIGINT', () => resolve())
    })
    await relay.stop()
    return 0
  },
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw cause
    throw new SheafError('not-found', `${file}: There is nothing of that name.`, {}, { cause })
  }
}
