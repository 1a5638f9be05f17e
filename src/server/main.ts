/*
 * The shop server as a process: `node src/server/main.ts [--config keystall.config.ts]`.
 *
 * Environment: KEYSTALL_KEYS or KEYSTALL_KEYS_FILE (master keys), DATABASE_URL (a PostgreSQL instead of the embedded one), and whatever
 * variables the configuration names.
 */
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {createPinoLog} from './operations/pino-log.ts';
import {serve} from './serve.ts';

const {values} = parseArgs({options: {config: {type: 'string', default: 'keystall.config.ts'}}});

const log = createPinoLog();

try {
  const {default: config} = (await import(pathToFileURL(resolve(values.config)).href)) as {default: unknown};
  const running = await serve(config, process.env, log);
  process.stdout.write(`shop http://127.0.0.1:${running.port}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void running.stop().then(() => process.exit(0)));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
