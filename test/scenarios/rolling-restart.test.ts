import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {Agent, request} from 'node:http';
import {createServer, type AddressInfo} from 'node:net';
import {createInterface} from 'node:readline';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {startPostgres, type TestPostgres} from '../support/postgres.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const command = [
  process.execPath,
  `${root}src/cli/main.ts`,
  'serve',
  '--config',
  `${root}test/support/unsupplied-shop.config.ts`,
];

/** As under systemd with a socket unit: the socket outlives the processes that take connections from it. */
describe('a shop server that is restarted under load, on one socket', {timeout: 120_000}, () => {
  let postgres: TestPostgres;
  let port: number;
  const processes: ChildProcess[] = [];
  const kept = new Agent({keepAlive: true, maxSockets: 8});

  before(async () => {
    postgres = await startPostgres();
    const environment = {
      ...process.env,
      DATABASE_URL: await postgres.createDatabase(),
      KEYSTALL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      APP_ID: '1000',
      APP_SECRET: 'secret',
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 5).toString('base64')}`,
      LISTEN_FDS: '1',
    };
    const socket = createServer();
    socket.listen(0, '127.0.0.1');
    await once(socket, 'listening');
    port = (socket.address() as AddressInfo).port;
    // Node has no documented way to hand over a listening socket to a command that is not Node.
    const {
      _handle: {fd: descriptor},
    } = socket as unknown as {readonly _handle: {readonly fd: number}};
    for (let generation = 0; generation < 3; generation++) {
      // Each holds the socket from the beginning and takes connections from it when it is told to.
      processes.push(
        spawn('sh', ['-c', 'read go; export LISTEN_PID=$$; exec "$@"', 'sh', ...command], {
          env: environment,
          stdio: ['pipe', 'pipe', 'inherit', descriptor],
        }),
      );
    }
    socket.close();
  });

  after(async () => {
    kept.destroy();
    for (const child of processes) child.kill('SIGKILL');
    await postgres.stop();
  });

  async function start(generation: number): Promise<void> {
    const child = processes[generation]!;
    child.stdin!.end('\n');
    const line = await Promise.race([
      once(createInterface(child.stdout!), 'line').then(([said]) => String(said)),
      once(child, 'exit').then(([code]) => assert.fail(`the process ended with ${code}`)),
    ]);
    assert.equal(line, `shop http://127.0.0.1:${port}`);
  }

  async function end(generation: number): Promise<void> {
    const child = processes[generation]!;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
  }

  function ask(path: string, agent: Agent | false, body?: object): Promise<number> {
    const {promise, resolve, reject} = Promise.withResolvers<number>();
    const sent = request({
      host: '127.0.0.1',
      port,
      path,
      agent,
      method: body ? 'POST' : 'GET',
      headers: {'Content-Type': 'application/json'},
    });
    sent.once('response', answer => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode!));
      answer.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body && JSON.stringify(body));
    return promise;
  }

  it('loses no request, whether the next process is there already or not', async () => {
    await start(0);
    let answered = 0;
    let isOver = false;
    const visitors = [kept, kept, kept, false as const, false as const].map(async agent => {
      for (let turn = 0; !isOver; turn++) {
        const quote = {lines: [{skuId: 'not-for-sale', quantity: 1}]};
        const status = await (turn % 2 ? ask('/v1/quotes', agent, quote) : ask('/v1/products', agent));
        assert.equal(status, 200);
        answered++;
      }
    });
    const answeredMore = async (count: number) => {
      for (const until = answered + count; answered < until;) await Promise.race([...visitors, ask('/healthz', false)]);
    };
    await answeredMore(50);
    await start(1);
    await end(0);
    await answeredMore(50);
    await end(1);
    await start(2);
    await answeredMore(50);
    isOver = true;
    await Promise.all(visitors);
  });
});
