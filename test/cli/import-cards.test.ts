import assert from 'node:assert/strict';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, describe, it} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {readFile} from 'node:fs/promises';
import {freePort} from '../../scripts/start/free-port.ts';
import {secretText} from '../../src/domain/card-secret.ts';
import {newMasterKey} from '../../src/server/operations/master-keys.ts';
import {openOwnCard} from '../../src/server/own-stock/seal-own-card.ts';
import type {Store} from '../../src/server/persistence/store.ts';
import {createKeyRing, readMasterKeys} from '../../src/server/security/key-ring.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {startPostgres, type TestPostgres} from '../support/postgres.ts';
import {stubbornBuyer} from '../support/stubborn-buyer.ts';
import {commands} from '../docs/markdown.ts';
import {prepareDatabase} from '../support/prepared-database.ts';
import {commandLine, type CommandLine, type Ended} from './support/command-line.ts';
import {withStore} from './support/used-shop.ts';

const [k1, k2] = [newMasterKey('k1'), newMasterKey('k2')];
const listing = {price: {markup: {percent: '20'}}};
const good = {code: 'steam-50', title: 'Steam 充值卡 50 元', category: '游戏点卡', cost: '41', usage: '在官网兑换'};
const ownStock = {
  id: 'own',
  protocol: 'own-stock',
  listing,
  goods: [good, {code: 'course', title: '课程', category: '课程', cost: '5', cards: 'reusable'}],
};
const cardLines = (name: string, count: number) =>
  Array.from({length: count}, (_, index) => `${name}-${String(index).padStart(6, '0')}-AAAA`);

describe('keystall import-cards', {timeout: 480_000}, () => {
  let postgres: TestPostgres;
  let line: CommandLine;
  let databaseUrl: string;
  before(async () => {
    postgres = await startPostgres();
    line = await commandLine(undefined, {connections: [ownStock]});
    databaseUrl = await postgres.createDatabase();
    await withStore({databaseUrl}, async () => {});
  });
  after(async () => {
    await postgres.stop();
    await line.remove();
  });

  const file = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(line.folder, name), content);
    return name;
  };
  const run = (args: readonly string[], input?: string): Promise<Ended> =>
    line.keystall(
      ['import-cards', '--connection', 'own', ...args],
      {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl},
      input,
    );
  const counts = () => withStore({databaseUrl}, store => store.ownStock('own'));

  it('imports a TXT, from a file or standard input, and says what is for sale', async () => {
    const path = await file('first.txt', `${cardLines('TXT', 3).join('\r\n')}\r\n`);
    const first = await run(['--good', 'steam-50', path]);
    assert.deepEqual([first.code, first.error], [0, '']);
    assert.match(first.out, /^3 lines, 3 cards\n3 cards imported\n3 pieces of steam-50 are for sale\n$/);
    const piped = await run(['--good', 'steam-50', '-'], 'STDIN-1-AAAA\n\nSTDIN-2-AAAA');
    assert.deepEqual([piped.code, piped.error], [0, '']);
    assert.match(piped.out, /^3 lines, 2 cards, 1 empty\n2 cards imported\n5 pieces/);
  });

  it('reads GB18030, a byte order mark, and the columns of a CSV', async () => {
    const gbk = Buffer.concat([Buffer.from('bfa8bac52cc3dcc2eb0a', 'hex'), Buffer.from('1001,aaaa\n')]);
    const path = await file('cards.csv', gbk);
    const wrong = await run(['--good', 'steam-50', '--dry-run', '--format', 'txt', path]);
    assert.equal(wrong.code, 4);
    assert.match(wrong.error, /^line 1: not readable as text$/m);
    const csv = await run(['--good', 'steam-50', '--encoding', 'GB18030', path]);
    assert.equal(csv.code, 0, csv.error);
    const marked = await run([
      '--good',
      'steam-50',
      '--format',
      'csv',
      await file('bom', '\ufeffcard,note\nBOM-1-AAAA,x\n'),
    ]);
    assert.equal(marked.code, 0, marked.error);
    await withStore({databaseUrl}, async store => {
      const texts = await storedTexts(store);
      assert.ok(texts.includes('卡号：1001 密码：aaaa') && texts.includes('BOM-1-AAAA'));
    });
  });

  it('imports nothing where a line is bad, tells the lines, and prints no card', async () => {
    const earlier = await counts();
    const bad = ['NEW-1-AAAA', 'TXT-000001-AAAA', 'NEW-1-AAAA', '很抱歉，请联系客服。'];
    const path = await file('bad.txt', bad.join('\n'));
    for (const [args, code] of [
      [['--dry-run'], 4],
      [[], 1],
    ] as const) {
      const ended = await run(['--good', 'steam-50', ...args, path]);
      assert.equal(ended.code, code);
      assert.equal(
        ended.error,
        'line 2: in stock already\nline 3: the same card as line 1\nline 4: no card but an apology or a notice\n',
      );
      assert.match(ended.out, /4 lines, 1 cards, 1 in_stock, 1 repeated, 1 no_card\nNothing was imported; --skip-bad/);
      assert.ok(!`${ended.out}${ended.error}`.includes('AAAA'));
    }
    assert.deepEqual(await counts(), earlier);
    const skipped = await run(['--good', 'steam-50', '--skip-bad', path]);
    assert.equal(skipped.code, 4);
    assert.match(skipped.out, /1 cards imported/);
    const again = await run(['--good', 'steam-50', '--skip-bad', path]);
    assert.equal(again.code, 1);
    assert.match(again.out, /Nothing was imported\n/);
  });

  it('keeps nothing of a file that breaks off in the middle', async () => {
    const earlier = await counts();
    const path = await file('cut.csv', `card\n${cardLines('CUT', 3000).join('\n')}\n"no end`);
    const {code, error} = await run(['--good', 'steam-50', path]);
    assert.equal(code, 1);
    assert.match(error, /The row in line 3002 has no end/);
    assert.deepEqual(await counts(), earlier);
  });

  it('killed with -9 in the middle leaves nothing, and imports all when it is run again', async () => {
    const earlier = await counts();
    const path = await file('many.txt', cardLines('MANY', 12_000).join('\n'));
    const args = ['import-cards', '--connection', 'own', '--good', 'steam-50', path];
    const killed = line.start(args, {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl});
    await once(createInterface(killed.stderr!), 'line');
    killed.kill('SIGKILL');
    assert.deepEqual(await once(killed, 'exit'), [null, 'SIGKILL']);
    assert.deepEqual(await counts(), earlier);
    const again = await run(['--good', 'steam-50', path]);
    assert.equal(again.code, 0, again.error);
    const unsold = (rows: Awaited<ReturnType<typeof counts>>) => rows.find(row => row.goodCode === 'steam-50')!.unsold;
    assert.equal(unsold(await counts()), unsold(earlier) + 12_000);
  });

  it('imports a file once that is imported twice at the same time', async () => {
    const path = await file('twice.txt', cardLines('TWICE', 3000).join('\n'));
    const ended = await Promise.all([1, 2].map(() => run(['--good', 'steam-50', path])));
    assert.deepEqual(ended.map(({code}) => code).toSorted(), [0, 1]);
    const late = ended.find(({code}) => code === 1)!;
    assert.match(late.out, /3000 lines, 0 cards, 3000 in_stock\nNothing was imported/);
  });

  it('imports into an embedded database as well, which has to be there', async () => {
    const path = await file('embedded.txt', cardLines('PGLITE', 1500).join('\n'));
    const args = ['import-cards', '--connection', 'own', '--good', 'steam-50', path];
    const absent = await line.keystall(args, {KEYSTALL_KEYS: k1});
    assert.equal(absent.code, 1);
    assert.match(absent.error, /There is no database in/);
    await prepareDatabase(join(line.folder, 'data'));
    await withStore({dataFolder: join(line.folder, 'data')}, async () => {});
    const {code, out, error} = await line.keystall(args, {KEYSTALL_KEYS: k1});
    assert.equal(code, 0, error);
    assert.match(out, /1500 cards imported\n1500 pieces of steam-50 are for sale/);
  });

  it('F4: takes one card for a good that is reusable', async () => {
    const two = await run(['--good', 'course', '-'], 'https://a.example/1\nhttps://a.example/2\n');
    assert.equal(two.code, 1);
    assert.match(two.error, /course is reusable: everybody gets its one card/);
    const one = await run(['--good', 'course', '-'], 'https://a.example/1\n');
    assert.equal(one.code, 0);
    assert.match(one.out, /no end of pieces of course/);
  });

  it('names what there is where the connection, the good, the format or the encoding is not known', async () => {
    const path = await file('x.txt', 'X-1-AAAA');
    const environment = {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl};
    for (const [args, says] of [
      [[], /Name connection of own stock: --connection own\./],
      [['--connection', 'main'], /"main" is no connection of own stock: --connection own\./],
      [['--connection', 'own'], /Name a good of "own": --good steam-50, course\./],
      [['--connection', 'own', '--good', 'x'], /"x" is no good of "own": --good steam-50, course\./],
      [['--format', 'xlsx'], /"xlsx" is no format/],
      [['--encoding', 'big5'], /"big5" is no encoding/],
    ] as const) {
      const {code, error} = await line.keystall(['import-cards', path, ...args], environment);
      assert.equal(code, 2);
      assert.match(error, says);
    }
    const keyless = await line.keystall(['import-cards', '--connection', 'own', '--good', 'course', path]);
    assert.equal(keyless.code, 3);
  });

  it('leaves cards that a rotation moves, a backup holds unreadable, and a restored shop opens', async () => {
    const environment = {DATABASE_URL: databaseUrl};
    const before1 = await withStore({databaseUrl}, storedTexts);
    const both = {...environment, KEYSTALL_KEYS: `${k2},${k1}`};
    const rotated = await line.keystall(['rotate-key'], both);
    assert.equal(rotated.code, 0, rotated.error);
    const backup = await line.keystall(['backup', 'own.backup'], {...environment, KEYSTALL_KEYS: k2});
    assert.match(backup.out, /useless without the master keys: k2/);
    const text = gunzipSync(await readFile(join(line.folder, 'own.backup'))).toString();
    assert.ok(text.includes('own_card') && !text.includes('MANY-'));
    const target = await postgres.createDatabase();
    const refused = await line.keystall(['restore', 'own.backup'], {KEYSTALL_KEYS: k1, DATABASE_URL: target});
    assert.equal(refused.code, 3);
    const restored = await line.keystall(['restore', 'own.backup'], {KEYSTALL_KEYS: k2, DATABASE_URL: target});
    assert.equal(restored.code, 0, restored.error);
    assert.deepEqual(await withStore({databaseUrl: target}, store => storedTexts(store, k2)), before1);
    assert.deepEqual(await withStore({databaseUrl: target}, store => store.ownStock('own')), await counts());
    const doctor = await line.keystall(['doctor'], {KEYSTALL_KEYS: k2, DATABASE_URL: target});
    assert.match(doctor.out, /^ok {4}own stock own: steam-50 has 1\d{4} pieces for sale$/m);
  });
});

describe('a card that is imported into a running shop', {timeout: 120_000}, () => {
  let postgres: TestPostgres;
  let line: CommandLine;
  let shop: string;
  let databaseUrl: string;
  let control: PlatformControl;
  const stops: (() => Promise<unknown>)[] = [];

  before(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    const starter = await commandLine();
    const keys = {
      SANDBOX_APP_KEY: 'A1B2C3D4E5F6A7B8',
      SANDBOX_PAY_KEY: 'payment-key',
      SANDBOX_WEBHOOK_SECRET: 'whsec_c2VjcmV0',
      SANDBOX_CONTROL_TOKEN: 'control',
    };
    const platform = await begun(starter.start(['sandbox', '--port', '0'], keys));
    const port = await freePort(0);
    shop = `http://127.0.0.1:${port}`;
    line = await commandLine(platform, {address: shop, port, connections: [ownStock]});
    await begun(line.start(['serve'], {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl}));
    stops.push(starter.remove, line.remove);
    control = platformControl({urls: {platform}, secrets: {controlToken: 'control'}} as never);
  });
  after(async () => {
    for (const stop of stops) await stop();
    await postgres.stop();
  });

  it('is for sale at once, bought, and shown as it stood in the file, with how it is used', async () => {
    const buyer = stubbornBuyer(shop);
    const item = async () => (await buyer.products()).items.find(({title}) => title === good.title);
    while ((await item())?.stock !== 'sold_out') await new Promise(setImmediate);

    const cards = ['卡号：10010001 密码：QWER-1234', 'CODE-2-AAAA'];
    await writeFile(join(line.folder, 'cards.txt'), `${cards.join('\n')}\n`);
    await writeFile(join(line.folder, 'cards.csv'), '卡号,密码\n20020001,ASDF-5678\n');
    const environment = {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl};
    const documented = commands('docs/own-stock.md');
    assert.ok(documented.length >= 3);
    for (const command of documented) {
      const [npx, keystall, ...args] = command.split(' ');
      assert.deepEqual([npx, keystall], ['npx', 'keystall']);
      const {code, error} = await line.keystall(args, environment);
      assert.equal(code, 0, `${command}: ${error}`);
    }
    assert.equal((await item())!.stock, 'low');

    const placed = await buyer.place(await buyer.quote((await item())!.skuId!, 2));
    const payment = await buyer.openPayment(placed);
    const {payments} = await control.payments();
    await control.pay(payments.find(({reference}) => reference === payment.id)!.id);
    await buyer.orderWhen(placed, ({state}) => state === 'delivered');
    const {keys} = await buyer.keys(placed);
    assert.deepEqual(
      keys.map(({secret}) => secret),
      [
        {kind: 'number_and_password', number: '10010001', password: 'QWER-1234'},
        {kind: 'code', code: 'CODE-2-AAAA'},
      ],
    );
    assert.deepEqual(
      keys.map(({note}) => note),
      [good.usage, good.usage],
    );
    assert.equal(secretText(keys[1]!.secret), cards[1]);

    await withStore({databaseUrl}, async store => {
      assert.deepEqual(await store.ownStock('own'), [{goodCode: 'steam-50', unsold: 1, sold: 2}]);
      const [procurement] = await store.procurements(placed.order.id);
      const [attempt] = await store.attempts(procurement!.id);
      const sale = await store.ownSale('own', attempt!.reference);
      assert.deepEqual([sale!.sale.quantity, sale!.sale.charged.amount], [2, '82.00']);
      assert.ok(
        sale!.cards.every(({soldBy}) => soldBy === attempt!.reference),
        'a sold card leads to its order line',
      );
    });
  });

  /** Its first line's last word, once it has begun. */
  async function begun(child: ReturnType<CommandLine['start']>): Promise<string> {
    stops.push(async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    });
    const [first] = (await once(createInterface(child.stdout!), 'line')) as [string];
    return first.split(' ').at(-1)!;
  }
});

/** Every card in stock or sold, opened. */
async function storedTexts(store: Store, masterKeys = `${k2},${k1}`): Promise<readonly string[]> {
  const keys = await createKeyRing(readMasterKeys(masterKeys));
  const texts: string[] = [];
  for (let after = ''; ;) {
    const rows = await store.sealedRows('own_card', after, 1000);
    if (rows.length === 0) return texts.sort();
    after = rows.at(-1)!.record.id;
    texts.push(...(await Promise.all(rows.map(row => openOwnCard(keys, row.record as never)))));
  }
}
