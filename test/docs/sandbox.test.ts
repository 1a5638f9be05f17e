import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {globSync, readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {after, before, describe, it} from 'node:test';
import {
  parseScenario,
  callbackFaults,
  paymentFaults,
  platformFaults,
  sandboxProtocols,
  type ArmedFault,
} from '../../src/sandbox/index.ts';
import {signedRequest} from '../sandbox/support/shop.ts';
import {codeBlocks, commands, firstColumn, inlineCode} from './markdown.ts';

const page = 'docs/sandbox.md';
const typed = commands(page);
const token = 'control-token';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what each answer is, the assertions say
type Answer = any;

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Runs `npx keystall sandbox …` as the page has it, on a free port, and reads all that it prints at first. */
async function start(command: string) {
  assert.ok(command.startsWith('npx keystall sandbox'), command);
  const child = spawn(process.execPath, ['src/cli/main.ts', ...command.split(' ').slice(2), '--port', '0'], {
    env: {...process.env, SANDBOX_APP_KEY: '0123456789ABCDEF', SANDBOX_CONTROL_TOKEN: token},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const printed = new Map<string, string>();
  for await (const line of createInterface(child.stdout)) {
    const [name, value] = line.split(' ') as [string, string];
    printed.set(name, value);
    if (printed.size === lastLine) break;
  }
  return {
    printed,
    url: printed.get('platform')!,
    stop: async () => {
      child.kill('SIGTERM');
      assert.deepEqual(await once(child, 'exit'), [0, null]);
    },
  };
}

/** What the page shows is printed, without the two keys that are given. */
const shown = codeBlocks(page, 'text')[0]!.text.trim().split('\n');
const lastLine = shown.length - 2;

/** Does what the page's curl commands ask for; a file it names is the page's block. */
async function curl(command: string, variables: Readonly<Record<string, string>>): Promise<Answer> {
  const words = [...command.matchAll(/'([^']*)'|"((?:\\.|[^"])*)"|(\S+)/g)].map(([, plain, quoted, bare]) => {
    if (plain !== undefined) return plain;
    const text = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare!;
    return text.replaceAll(/\$([A-Z]+)/g, (_, name: string) => variables[name] ?? assert.fail(`${name} is not set`));
  });
  const after = (option: string) => (words.includes(option) ? words[words.indexOf(option) + 1] : undefined);
  const file = after('--data-binary');
  const body = after('--json') ?? (file === undefined ? undefined : codeBlocks(page, 'text')[1]!.text);
  if (file !== undefined) assert.ok(file === '@cards.txt' && inlineCode(page).includes('cards.txt'));
  const [, name, value] = /^([\w-]+): (.*)$/.exec(after('-H')!)!;
  const response = await fetch(
    words.find(word => word.startsWith('http'))!,
    {
      method: after('-X') ?? (body === undefined ? 'GET' : 'POST'),
      headers: {[name!]: value!, ...(file === undefined && body !== undefined && {'content-type': 'application/json'})},
      ...(body !== undefined && {body}),
    },
  );
  assert.ok(response.ok, `${command} answered ${response.status}: ${await response.clone().text()}`);
  return response.json();
}

describe('a reader of docs/sandbox.md', () => {
  let platform: Awaited<ReturnType<typeof start>>;
  before(async () => {
    platform = await start('npx keystall sandbox');
  });
  after(() => platform.stop());

  async function buy(code: string, quantity: number): Promise<string> {
    const fields = {shared_code: code, num: quantity, contact: 'c', device: 0, card_id: 0, race: '', password: 'p'};
    const request = signedRequest('commodity/trade', {...fields, request_no: `R-${quantity}`});
    const response = await fetch(`${platform.url}/shared/commodity/trade`, {
      method: 'POST',
      body: new URLSearchParams(await request.text()),
    });
    const {code: status, data}: Answer = await response.json();
    assert.equal(status, 200);
    return data.tradeNo as string;
  }

  it('is told where each protocol is, and the keys that nobody gave', () => {
    assert.deepEqual(
      [...platform.printed].map(([name, value]) => `${name} ${value.replace(platform.url, 'http://127.0.0.1:8790')}`),
      shown
        .filter(line => !/^(app-key|control-token)/.test(line))
        .map(line => line.replace('…', platform.printed.get(line.split(' ')[0]!) ?? '')),
    );
    for (const {name, path} of sandboxProtocols) assert.equal(platform.printed.get(name), platform.url + path);
  });

  it('may type every command, in order, and finds what the page says', async () => {
    const variables: Record<string, string> = {SANDBOX: platform.url, TOKEN: token};
    const answers = new Map<string, Answer>();
    for (const command of typed.filter(line => line.startsWith('curl '))) {
      const path = /\/control(\S+)/.exec(command)![1]!;
      if (command.includes('$TRADE')) variables['TRADE'] = await buy('NORTHSTAR0000001', 1);
      if (path.endsWith('/statement')) await buy('NORTHSTAR0000001', 2);
      answers.set(path, await curl(command, variables));
    }
    assert.deepEqual(answers.get('/goods/NORTHSTAR0000001/cards'), {added: 4, duplicates: [{line: 3, of: 1}]});
    assert.ok(inlineCode(page).includes('{"added": 4, "duplicates": [{"line": 3, "of": 1}]}'));
    const {totals} = answers.get('/suppliers/10/statement');
    // Two pieces at ¥9.50: 5 % to the cent, and ten fen, each.
    assert.deepEqual([totals.net.amount, totals.commission.amount, totals.owed.amount], ['19.00', '1.16', '17.84']);
    assert.equal(answers.get('/merchants/1000').standing.next.missing.amount, '481.00');
    const movements = answers.get('/merchants/1000/movements');
    assert.equal(movements.at(-1).reason, 'top_up');
    assert.equal(answers.get('/tickets/1/decision').outcome.kind, 'replaced');
  });

  it('is given commands that a test runs, all of them', () => {
    assert.deepEqual(
      typed.filter(
        line => !/^curl |^npx keystall sandbox( --scenario docs\/scenarios\/[\w-]+\.json --seed 7)?$/.test(line),
      ),
      [],
    );
  });

  it('finds the scenario armed that the page starts with', async () => {
    const scripted = await start(typed.find(line => line.includes('--scenario'))!);
    const response = await fetch(`${scripted.url}/control/faults`, {headers: {authorization: `Bearer ${token}`}});
    const armed = (await response.json()) as readonly ArmedFault[];
    assert.deepEqual(
      armed.map(({fault}) => fault),
      parseScenario(readScenario('busy-evening'), sandboxProtocols).faults.map(({fault}) => fault),
    );
    await scripted.stop();
  });

  it('is shown a scenario that can be played, every fault there is, every endpoint, and every example', () => {
    parseScenario(codeBlocks(page, 'json')[0]!.text, sandboxProtocols);
    assert.deepEqual(firstColumn(page, 'fault'), [...platformFaults, ...callbackFaults, ...paymentFaults]);
    const named = inlineCode(page);
    for (const endpoint of sandboxProtocols.flatMap(({endpoints}) => endpoints)) {
      assert.ok(named.includes(endpoint), endpoint);
    }
    for (const file of globSync('docs/scenarios/*.json')) assert.ok(named.includes(file), file);
  });
});

function readScenario(name: string): string {
  return readFileSync(`docs/scenarios/${name}.json`, 'utf8');
}
