import {existsSync, readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {ordersOf, parseScenario, type Scenario} from '../faults/scenario.ts';
import {sandboxProtocols} from '../protocols.ts';
import {createSandbox, type Sandbox, type SandboxOptions} from '../sandbox.ts';
import {openDataFile} from './data-file.ts';
import {serveSandbox} from './serve.ts';

/** What `parseArgs` takes; whoever checks a command line before it is run needs the same. */
export const sandboxArguments = {
  port: {type: 'string'},
  'port-fixed': {type: 'boolean'},
  host: {type: 'string'},
  data: {type: 'string'},
  scenario: {type: 'string'},
  seed: {type: 'string'},
} as const;

export const sandboxHelp = `Options
  --port <number>   port on 127.0.0.1, 8790 if absent; a busy one makes it take the next free one
  --port-fixed      fail instead when the port is busy
  --host <address>  address to listen on, 127.0.0.1 if absent
  --data <file>     keep everything in this JSON file and start from it; without it a restart forgets
  --scenario <file> faults by script, from the start on: what goes wrong, on which calls, how often and when (JSON)
  --seed <text>     decides goods, cards and chance; the same seed and the same calls meet the same faults

Environment
  SANDBOX_APP_ID            the shop's account on the platform, 1000 if absent
  SANDBOX_APP_KEY           its key, 16 characters
  SANDBOX_BALANCE           what a new account's wallet holds, decimal CNY, 10000 if absent
  SANDBOX_PAY_KEY           bearer key of the payment interface
  SANDBOX_WEBHOOK_SECRET    whsec_… that payment notices are signed with
  SANDBOX_CONTROL_TOKEN     bearer token of /control
  SANDBOX_SEED              what --seed says, "keystall" if neither is there
  SANDBOX_DELIVER_MANUAL_MS manual orders are delivered by themselves after so many milliseconds; never if absent

Prints \`platform http://…\` once it listens, then where each protocol is, the account, and the keys that were made up because
the environment gave none; given ones are printed nowhere. SIGTERM and SIGINT write the data file and end it.`;

/** The command line or the environment was not understood. */
export class SandboxUsageError extends Error {
  override readonly name = 'SandboxUsageError';
}

/**
 * Runs the platform in this process, see {@link sandboxHelp}; resolves when it listens.
 * @throws {SandboxUsageError}
 * @throws {ScenarioError} with everything that is wrong in the scenario file
 */
export async function runSandbox(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const {values} = parseArgs({args: [...args], options: sandboxArguments});
  const port = wholeNumber('--port', values.port ?? '8790');
  const appId = wholeNumber('SANDBOX_APP_ID', env['SANDBOX_APP_ID'] || '1000');
  const deliverAfter = env['SANDBOX_DELIVER_MANUAL_MS'];
  const scenario = values.scenario === undefined ? undefined : readScenario(values.scenario);

  const data = values.data === undefined ? undefined : openDataFile(values.data, () => sandbox.snapshot());
  const snapshot = data?.read();
  const sandbox = createSandbox({
    ...given('seed', values.seed ?? env['SANDBOX_SEED']),
    ...given('payKey', env['SANDBOX_PAY_KEY']),
    ...given('webhookSecret', env['SANDBOX_WEBHOOK_SECRET']),
    ...given('controlToken', env['SANDBOX_CONTROL_TOKEN']),
    ...(deliverAfter ? {deliverManualAfterMs: wholeNumber('SANDBOX_DELIVER_MANUAL_MS', deliverAfter)} : {}),
    merchants: [{appId, ...given('appKey', env['SANDBOX_APP_KEY']), ...given('balance', env['SANDBOX_BALANCE'])}],
    ...(scenario && {armed: ordersOf(scenario, Date.now())}),
    ...(snapshot ? {snapshot} : {}),
    ...(data ? {onChange: data.touch} : {}),
  });

  const served = await serveSandbox(sandbox, {
    host: values.host ?? '127.0.0.1',
    port,
    isFixed: values['port-fixed'] ?? false,
  });
  // What was made up for a new one, such as its merchants' keys, is kept from the beginning.
  if (!snapshot) data?.touch();
  data?.flush();
  // Before anybody is told that it is there.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // A terminal and whoever started this may both send one: a second must not cut off what the first has begun.
    process.on(signal, () => {
      sandbox.close();
      data?.flush();
      served.close();
      process.exit(0);
    });
  }
  for (const line of [`platform ${served.url}`, ...addresses(served.url), ...account(sandbox, env)]) console.log(line);
}

function readScenario(path: string): Scenario {
  if (!existsSync(path)) throw new SandboxUsageError(`There is no file ${path}; --scenario names it.`);
  return parseScenario(readFileSync(path, 'utf8'), sandboxProtocols);
}

function addresses(url: string): readonly string[] {
  return [...sandboxProtocols, {name: 'control', path: '/control'}].map(({name, path}) => `${name} ${url}${path}`);
}

/** What a shop needs to connect: everything the one who started this does not know yet. */
function account({credentials}: Sandbox, env: NodeJS.ProcessEnv): readonly string[] {
  const madeUp = [
    ['app-key', 'SANDBOX_APP_KEY', credentials.appKey],
    ['pay-key', 'SANDBOX_PAY_KEY', credentials.payKey],
    ['webhook-secret', 'SANDBOX_WEBHOOK_SECRET', credentials.webhookSecret],
    ['control-token', 'SANDBOX_CONTROL_TOKEN', credentials.controlToken],
  ] as const;
  return [
    `app-id ${credentials.appId}`,
    ...madeUp.filter(([, variable]) => !env[variable]).map(([name, , key]) => `${name} ${key}`),
  ];
}

function given<Key extends keyof SandboxOptions | 'appKey' | 'balance'>(
  key: Key,
  value: string | undefined,
): Partial<Record<Key, string>> {
  return (value ? {[key]: value} : {}) as Partial<Record<Key, string>>;
}

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new SandboxUsageError(`${name} must be a whole number from 0, got "${text}".`);
}
