/**
 * The shop server's main module, made to kill itself (SIGKILL) at one exact moment, which CRASH_AT names:
 *
 * - `before:N`, `after:N`: just before or just after the N-th transaction that changes an order commits
 * - `before:trade`, `after:trade`: just before a purchase is sent, or as soon as its answer arrives
 */
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {openStore} from '../../src/server/persistence/open.ts';
import type {Store, Transaction} from '../../src/server/persistence/store.ts';
import {serve} from '../../src/server/serve.ts';

const [moment, step] = (process.env['CRASH_AT'] ?? '').split(':');
const writes: ReadonlySet<string> = new Set<keyof Transaction>([
  'insertOrder',
  'saveOrder',
  'insertPayment',
  'savePayment',
  'insertAttempt',
  'saveAttempt',
  'recordReveal',
]);

/** Nothing runs after this. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

function crashing(store: Store): Store {
  let count = 0;
  return {
    ...store,
    async transaction(work) {
      let position = 0;
      const answer = await store.transaction(async tx => {
        let hasWritten = false;
        const watched = new Proxy(tx, {
          get(target, name, receiver) {
            hasWritten ||= writes.has(String(name));
            return Reflect.get(target, name, receiver) as unknown;
          },
        });
        const result = await work(watched);
        if (hasWritten) position = ++count;
        if (hasWritten && moment === 'before' && String(position) === step) await die();
        return result;
      });
      if (moment === 'after' && position > 0 && String(position) === step) await die();
      return answer;
    },
  };
}

const fetchForReal = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const isTrade = String(input instanceof Request ? input.url : input).endsWith('/shared/commodity/trade');
  if (isTrade && step === 'trade' && moment === 'before') await die();
  const response = await fetchForReal(input, init);
  if (isTrade && step === 'trade' && moment === 'after') await die();
  return response;
};

const {values} = parseArgs({options: {config: {type: 'string', default: ''}}});
const {default: config} = (await import(pathToFileURL(values.config).href)) as {default: unknown};
const write = (level: string) => (event: string, facts?: object) =>
  process.stderr.write(`${JSON.stringify({level, event, ...facts})}\n`);
const running = await serve(
  config,
  process.env,
  {info: write('info'), warn: write('warn'), error: write('error')},
  async options => {
    const opened = await openStore(options);
    return {...opened, store: crashing(opened.store)};
  },
);
process.stdout.write(`shop http://127.0.0.1:${running.port}\n`);
process.once('SIGINT', () => void running.stop({hurry: true}).then(() => process.exit(0)));
