import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, connect, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, describe, it} from 'node:test';
import {freePort} from '../../scripts/start/free-port.ts';
import {firstColumn} from './markdown.ts';

const names = firstColumn('README.md', 'name');

/** Whether somebody listens there. */
async function isOpen(url: string): Promise<boolean> {
  const {hostname, port} = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ECONNREFUSED');
    return false;
  } finally {
    socket.destroy();
  }
}

describe('npm start', () => {
  let folder: string;
  let neighbour: Server;
  let busyPort: number;
  let nextFreePort: number;
  let started: ChildProcess;
  const output: string[] = [];
  const errors: string[] = [];
  const urls = new Map<string, string>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keystall-start-'));
    busyPort = await freePort(14_100);
    neighbour = createServer().listen(busyPort, '127.0.0.1');
    await once(neighbour, 'listening');
    nextFreePort = await freePort(busyPort);

    // A process group of its own, as a terminal gives to what it starts: Ctrl-C goes to all of it.
    started = spawn('npm', ['start'], {
      detached: true,
      env: {...process.env, KEYSTALL_FOLDER: folder, PORT: String(busyPort)},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface(started.stderr!).on('line', line => errors.push(line));
    const ready = Promise.withResolvers<void>();
    started.once('close', code => ready.reject(new Error(`npm start ended with ${code}:\n${errors.join('\n')}`)));
    createInterface(started.stdout!).on('line', line => {
      output.push(line);
      const [, name, url] = /^([a-z]+) (http:\/\/\S+)$/.exec(line) ?? [];
      if (name && url) urls.set(name, url);
      if (urls.size === names.length) ready.resolve();
    });
    await ready.promise;
  });

  after(async () => {
    neighbour.close();
    if (started.exitCode === null && started.signalCode === null) process.kill(-started.pid!, 'SIGKILL');
    await rm(folder, {recursive: true, force: true});
  });

  it('prints the addresses that the README names, each on a line of its own', () => {
    assert.deepEqual([...urls.keys()].sort(), [...names].sort(), output.join('\n'));
  });

  it('takes the next free port where the first is busy', () => {
    assert.equal(Number(new URL(urls.get('shop')!).port), nextFreePort);
    assert.equal(new Set(urls.values()).size, names.length);
  });

  it('answers wherever the README sends its reader', async () => {
    const pages = [
      urls.get('demo')!,
      urls.get('host')!,
      urls.get('platform')!,
      `${urls.get('shop')}/v1/shop`,
      `${urls.get('shop')}/cdn/keystall.js`,
    ];
    const statuses = pages.map(async page => [page, (await fetch(page)).status]);
    assert.deepEqual(
      await Promise.all(statuses),
      pages.map(page => [page, 200]),
    );
  });

  it('is ended as a whole by Ctrl-C, without an error', async () => {
    const ended = once(started, 'close');
    process.kill(-started.pid!, 'SIGINT');
    await ended;
    for (const [name, url] of urls) assert.equal(await isOpen(url), false, `${name} still listens at ${url}`);
    // A warning may slip out: some processes are gone a moment before the others.
    assert.deepEqual(
      errors.filter(line => /^\[\w+\] (?!.*"level":"warn")/.test(line)),
      [],
    );
  });

  it('keeps its data in the folder it was given', () => {
    for (const name of ['secrets.json', 'shop', 'platform.json']) assert.ok(existsSync(join(folder, name)), name);
  });
});
