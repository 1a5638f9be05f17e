import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A folder with a shop's configuration in it, and `keystall` run there. */
export interface CommandLine {
  readonly folder: string;
  start(args: readonly string[], environment?: Record<string, string>): ChildProcess;
  /** @param input what it reads from standard input */
  keystall(args: readonly string[], environment?: Record<string, string>, input?: string): Promise<Ended>;
  remove(): Promise<void>;
}

/**
 * @param platform address of the sandbox that the shop buys from
 * @param overrides parts of the configuration that are otherwise
 */
export async function commandLine(
  platform = 'http://127.0.0.1:9',
  overrides: Readonly<Record<string, unknown>> = {},
): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), 'keystall-cli-'));
  const secrets = {PLATFORM_KEY: 'A1B2C3D4E5F6A7B8', PAYMENT_KEY: 'payment-key', WEBHOOK_SECRET: 'whsec_c2VjcmV0'};
  const config = {
    shop: {name: 'Shop', currency: 'CNY'},
    address: 'http://127.0.0.1:4100',
    port: 0,
    origins: ['http://127.0.0.1:4300'],
    dataFolder: join(folder, 'data'),
    connections: [
      {
        id: 'main',
        protocol: 'acg-faka',
        url: platform,
        credentials: {appId: {env: 'PLATFORM_ID'}, appKey: {env: 'PLATFORM_KEY'}},
        listing: {price: {markup: {percent: '8'}}},
      },
    ],
    payments: [
      {
        provider: 'sandbox',
        url: `${platform}/pay`,
        merchantKey: {env: 'PAYMENT_KEY'},
        webhookSecret: {env: 'WEBHOOK_SECRET'},
      },
    ],
    ...overrides,
  };
  await writeFile(join(folder, 'keystall.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  const line: CommandLine = {
    folder,
    start: (args, environment = {}) =>
      spawn(process.execPath, [main, ...args], {
        cwd: folder,
        env: {PATH: process.env['PATH'], PLATFORM_ID: '1000', ...secrets, ...environment},
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    async keystall(args, environment, input = '') {
      const child = line.start(args, environment);
      // A command that does not read it may have ended already.
      child.stdin!.on('error', () => {});
      child.stdin!.end(input);
      const [out, error, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
      return {code: code as number | null, out, error};
    },
    remove: () => rm(folder, {recursive: true, force: true}),
  };
  return line;
}
