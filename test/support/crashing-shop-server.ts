/**
 * The shop server's main module, made to kill itself (SIGKILL) at one exact moment, which CRASH_AT names, or the file
 * CRASH_FILE as soon as there is one:
 *
 * - `before:N`, `after:N`: just before or just after the N-th transaction that changes an order commits
 * - `before:insertAttempt` and so on: the same of the first transaction that does so
 * - `before:trade`, `during:trade`, `after:trade`: just before a purchase is sent, while the platform has it, or as soon as
 *   its answer arrives
 */
import {readFileSync} from 'node:fs';
import {flushCompileCache} from 'node:module';
import {setTimeout as pause} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {openStore} from '../../src/server/persistence/open.ts';
import type {Store, Transaction} from '../../src/server/persistence/store.ts';
import {serve} from '../../src/server/serve.ts';

const writes: ReadonlySet<string> = new Set<keyof Transaction>([
  'insertOrder',
  'saveOrder',
  'insertPayment',
  'savePayment',
  'insertProcurement',
  'insertAttempt',
  'saveAttempt',
  'insertCards',
  'recordReveal',
]);
/** Long enough for a purchase to reach the platform, and shorter than a platform that is told to be slow takes. */
const onItsWayMs = 100;

function isNow(moment: string, ...steps: readonly string[]): boolean {
  const order = process.env['CRASH_AT'] ?? orderIn(process.env['CRASH_FILE']);
  return steps.some(step => order === `${moment}:${step}`);
}

function orderIn(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

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
      let steps: readonly string[] = [];
      const answer = await store.transaction(async tx => {
        const written = new Set<string>();
        const watched = new Proxy(tx, {
          get(target, name, receiver) {
            if (writes.has(String(name))) written.add(String(name));
            return Reflect.get(target, name, receiver) as unknown;
          },
        });
        const result = await work(watched);
        if (written.size > 0) steps = [String(++count), ...written];
        if (isNow('before', ...steps)) await die();
        return result;
      });
      if (isNow('after', ...steps)) await die();
      return answer;
    },
  };
}

const fetchForReal = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const isTrade = /\/commodity\/trade$|\/order\/buy$/.test(String(input instanceof Request ? input.url : input));
  if (isTrade && isNow('before', 'trade')) await die();
  const answer = fetchForReal(input, init);
  // A platform that drops it while we wait to die would end this process before, and not by a kill.
  answer.catch(() => undefined);
  if (isTrade && isNow('during', 'trade')) await pause(onItsWayMs).then(die);
  const response = await answer;
  if (isTrade && isNow('after', 'trade')) await die();
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
// Who is killed writes down nothing at the end: the next one starts faster if it is done now.
flushCompileCache();
process.stdout.write(`shop http://127.0.0.1:${running.port}\n`);
process.once('SIGINT', () => void running.stop({hurry: true}).then(() => process.exit(0)));
