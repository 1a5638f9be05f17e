import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, test} from 'node:test';
import {signedRequest, type Fields} from './support/shop.ts';
import type {Answer} from './support/answer.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-process-'));
const data = join(folder, 'platform.json');
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, {recursive: true});
});

async function start(...options: string[]) {
  const child = spawn(process.execPath, ['src/sandbox/main.ts', ...options], {
    env: {...process.env, SANDBOX_APP_KEY: '0123456789ABCDEF', SANDBOX_CONTROL_TOKEN: 'control-token'},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines = createInterface({input: child.stdout});
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The platform ended with ${code} before it listened.`);
    }),
  ])) as [string];
  assert.match(line, /^platform http:\/\/127\.0\.0\.1:\d+$/);
  const url = line.slice('platform '.length);
  const post = async (path: string, fields: Fields) => {
    const request = signedRequest(path, fields);
    const response = await fetch(`${url}/shared/${path}`, {
      method: 'POST',
      body: new URLSearchParams(await request.text()),
    });
    return await response.json();
  };
  const control = (method: string, path: string, body?: unknown) =>
    fetch(`${url}/control${path}`, {
      method,
      headers: {authorization: 'Bearer control-token'},
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ((await once(child, 'exit')) as [number | null])[0];
  };
  return {url, port: new URL(url).port, post, control, stop};
}

test('serves, drops sockets, keeps its data over a restart, and moves on from a busy port', async () => {
  const first = await start('--port', '0', '--data', data);
  const second = await start('--port', first.port);
  assert.ok(Number(second.port) > Number(first.port));
  await assert.rejects(start('--port', first.port, '--port-fixed'), /ended with 1/);
  assert.equal(await second.stop(), 0);

  const connected = await first.post('authentication/connect', {});
  assert.deepEqual(connected, {code: 200, msg: 'success', data: {shopName: '异次元店铺', balance: 10000}});
  const goods = (await (await first.control('GET', '/goods')).json()) as Answer[];
  const good = goods.find(({stock, onSale, fields, races, optionGroups, delivery, minimum}) =>
    [
      stock > 2,
      onSale,
      fields.length + races.length + optionGroups.length + minimum === 0,
      delivery === 'automatic',
    ].every(Boolean),
  );
  const buy = {shared_code: good.code, num: 1, contact: 'c', device: 0, card_id: 0, race: '', password: 'p'};
  await first.control('POST', '/faults', {fault: 'commit-then-drop'});
  await assert.rejects(first.post('commodity/trade', {...buy, request_no: 'R-1'}), /fetch failed/);
  await first.control('POST', '/faults', {fault: 'cut-answer', endpoint: 'connect', bytes: 5});
  await assert.rejects(first.post('authentication/connect', {}), /terminated/);
  assert.equal((await first.post('authentication/connect', {})).code, 200);
  const kept = await (await first.control('GET', '/ledger')).json();
  assert.equal(await first.stop(), 0);

  const again = await start('--port', '0', '--data', data);
  assert.deepEqual(await (await again.control('GET', '/ledger')).json(), kept);
  const repeat = await again.post('commodity/trade', {...buy, request_no: 'R-1'});
  assert.equal(repeat.msg, 'The request ID already exists');
  assert.equal(await again.stop(), 0);
});

test('has what it made up on the disk before it says where it listens, and loses nothing by a second signal', async () => {
  const path = join(folder, 'new.json');
  const platform = await start('--port', '0', '--data', path);
  assert.ok(existsSync(path));
  const simple = ({fields, races, optionGroups}: Answer) => fields.length + races.length + optionGroups.length === 0;
  const goodsOf = async ({control}: typeof platform) => (await (await control('GET', '/goods')).json()) as Answer[];
  const {code, stock} = (await goodsOf(platform)).find(simple)!;
  assert.equal((await platform.control('PUT', `/goods/${code}/stock`, {count: stock + 1})).ok, true);
  await Promise.all([platform.stop(), platform.stop()]);

  const again = await start('--port', '0', '--data', path);
  assert.equal((await goodsOf(again)).find(good => good.code === code)!.stock, stock + 1);
  assert.equal(await again.stop(), 0);
});
