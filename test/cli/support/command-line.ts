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
  keystall(args: readonly string[], environment?: Record<string, string>): Promise<Ended>;
  remove(): Promise<void>;
}

/** @param platform address of the sandbox that the shop buys from */
export async function commandLine(platform = 'http://127.0.0.1:9'): Promise<CommandLine> {
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
  };
  await writeFile(join(folder, 'keystall.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  const line: CommandLine = {
    folder,
    start: (args, environment = {}) =>
      spawn(process.execPath, [main, ...args], {
        cwd: folder,
        env: {PATH: process.env['PATH'], PLATFORM_ID: '1000', ...secrets, ...environment},
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    async keystall(args, environment) {
      const child = line.start(args, environment);
      const [out, error, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
      return {code: code as number | null, out, error};
    },
    remove: () => rm(folder, {recursive: true, force: true}),
  };
  return line;
}
