import {parseArgs} from 'node:util';
import {createSandbox, type SandboxOptions} from '../sandbox.ts';
import {openDataFile} from './data-file.ts';
import {serveSandbox} from './serve.ts';

export const sandboxHelp = `Options
  --port <number>   port on 127.0.0.1, 8790 if absent; a busy one makes it take the next free one
  --port-fixed      fail instead when the port is busy
  --host <address>  address to listen on, 127.0.0.1 if absent
  --data <file>     keep everything in this JSON file and start from it; without it a restart forgets

Environment (keys that are not given are made up at random and printed nowhere)
  SANDBOX_APP_ID            the shop's account on the platform, 1000 if absent
  SANDBOX_APP_KEY           its key, 16 characters
  SANDBOX_BALANCE           what a new account's wallet holds, decimal CNY, 10000 if absent
  SANDBOX_PAY_KEY           bearer key of the payment interface
  SANDBOX_WEBHOOK_SECRET    whsec_… that payment notices are signed with
  SANDBOX_CONTROL_TOKEN     bearer token of /control
  SANDBOX_SEED              decides goods, cards and chance, "keystall" if absent
  SANDBOX_DELIVER_MANUAL_MS manual orders are delivered by themselves after so many milliseconds; never if absent

Prints \`platform http://…\` once it listens. SIGTERM and SIGINT write the data file and end it.`;

/** Runs the platform in this process, see {@link sandboxHelp}; resolves when it listens. */
export async function runSandbox(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const {values} = parseArgs({
    args: [...args],
    options: {
      port: {type: 'string', default: '8790'},
      'port-fixed': {type: 'boolean', default: false},
      host: {type: 'string', default: '127.0.0.1'},
      data: {type: 'string'},
    },
  });

  const port = wholeNumber('--port', values.port);
  const deliverAfter = env['SANDBOX_DELIVER_MANUAL_MS'];
  const data = values.data === undefined ? undefined : openDataFile(values.data, () => sandbox.snapshot());
  const snapshot = data?.read();
  const sandbox = createSandbox({
    ...given('seed', env['SANDBOX_SEED']),
    ...given('payKey', env['SANDBOX_PAY_KEY']),
    ...given('webhookSecret', env['SANDBOX_WEBHOOK_SECRET']),
    ...given('controlToken', env['SANDBOX_CONTROL_TOKEN']),
    ...(deliverAfter ? {deliverManualAfterMs: wholeNumber('SANDBOX_DELIVER_MANUAL_MS', deliverAfter)} : {}),
    merchants: [
      {
        appId: wholeNumber('SANDBOX_APP_ID', env['SANDBOX_APP_ID'] || '1000'),
        ...given('appKey', env['SANDBOX_APP_KEY']),
        ...given('balance', env['SANDBOX_BALANCE']),
      },
    ],
    ...(snapshot ? {snapshot} : {}),
    ...(data ? {onChange: data.touch} : {}),
  });

  const served = await serveSandbox(sandbox, {host: values.host, port, isFixed: values['port-fixed']});
  console.log(`platform ${served.url}`);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      sandbox.close();
      data?.flush();
      served.close();
      process.exit(0);
    });
  }
}

function given<Key extends keyof SandboxOptions | 'appKey' | 'balance'>(
  key: Key,
  value: string | undefined,
): Partial<Record<Key, string>> {
  return (value ? {[key]: value} : {}) as Partial<Record<Key, string>>;
}

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new RangeError(`${name} must be a whole number from 0, got "${text}".`);
}
