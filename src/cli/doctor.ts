import {existsSync, statSync} from 'node:fs';
import {statfs} from 'node:fs/promises';
import {isOwnNetwork} from '../server/notices-address.ts';
import {systemClock} from '../server/clock.ts';
import {checkConfig, type CheckedConfig, type Secrets} from '../server/config/config.ts';
import {stateOf} from '../server/console/console-token.ts';
import {createUpstream} from '../server/connections.ts';
import {ownStockOf} from '../server/own-stock/own-stock.ts';
import {masterKeysOf} from '../server/operations/master-keys.ts';
import {hasDatabase, openForMaintenance, type Maintenance} from '../server/persistence/maintenance.ts';
import {createKeyRing, type KeyRing} from '../server/security/key-ring.ts';
import {isOpenable, keyIdsOf, sealedKinds} from '../server/security/rotate-key.ts';
import {checkCertificate} from './check-certificate.ts';
import {exitCodes, exitCodesHelp, readOptions, type Command, type Io} from './command.ts';
import {environmentHelp, loadConfig, shopOptions, shopOptionsHelp} from './shop-options.ts';

interface Finding {
  readonly state: 'ok' | 'look' | 'wrong';
  readonly what: string;
  readonly text: string;
}

const patienceMs = 10_000;
/** Quotes and signatures of platforms live for minutes. */
const mostSkewMs = 30_000;
const leastFreeBytes = 1_000_000_000;
/** Rows of each kind that are opened for a try. */
const tries = 20;

export const doctorCommand: Command = {
  summary: 'looks whether a shop can work',
  help: `Usage: keystall doctor [options]

Looks at the configuration, the master keys, the database, what is encrypted in it, each connection with its
credentials, each payment provider, the certificate of the shop's address, the clock and the disk, and says what is wrong.
It changes nothing and prints no secret. It leaves with 4 if something is wrong, else with 0.

Options
  --tls              looks at the certificate also where the shop's address is one of this network
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values} = readOptions(args, {...shopOptions, tls: {type: 'boolean'}});
    const findings: Finding[] = [];
    const note = (state: Finding['state'], what: string, text: string) => {
      findings.push({state, what, text});
      io.print(`${{ok: 'ok   ', look: 'look ', wrong: 'WRONG'}[state]} ${what}: ${text}`);
    };

    const checked = await attempt('configuration', note, async () => {
      const {config, secrets} = checkConfig(await loadConfig(values), io.environment);
      note(
        'ok',
        'configuration',
        `connections ${config.connections.length}, payment providers ${config.payments.length}`,
      );
      return {config, secrets};
    });
    const keys = await attempt('master keys', note, () => checkKeys(io, note));
    if (checked) {
      await attempt('database', note, () => checkDatabase(checked.config, keys, io, note));
      await checkConnections(checked.config, checked.secrets, note);
      await checkPayments(checked.config, note);
      await checkAddress(checked.config, values.tls === true, note);
      if (!io.environment['DATABASE_URL'])
        await attempt('disk', note, () => checkDisk(checked.config.dataFolder, note));
    }
    return findings.some(({state}) => state === 'wrong') ? exitCodes.incomplete : exitCodes.done;
  },
};

type Note = (state: Finding['state'], what: string, text: string) => void;

async function attempt<Answer>(what: string, note: Note, check: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await check();
  } catch (error) {
    note('wrong', what, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function checkKeys({environment}: Io, note: Note): Promise<KeyRing> {
  const masterKeys = masterKeysOf(environment);
  const path = environment['KEYSTALL_KEYS_FILE'];
  note(
    'ok',
    'master keys',
    masterKeys.map(({id}, index) => (index === 0 ? `${id} encrypts` : `${id} opens`)).join(', '),
  );
  if (path && process.platform !== 'win32' && statSync(path).mode & 0o077) {
    note('look', 'master keys', `others on this machine can read ${path}; "chmod 600 ${path}" keeps them out`);
  }
  return createKeyRing(masterKeys);
}

async function checkDatabase(config: CheckedConfig, keys: KeyRing | undefined, io: Io, note: Note): Promise<void> {
  const databaseUrl = io.environment['DATABASE_URL'];
  if (!databaseUrl && !hasDatabase(config.dataFolder)) {
    return note('look', 'database', `there is none in ${config.dataFolder} yet; "keystall serve" makes it`);
  }
  const open = await openForMaintenance({
    databaseUrl,
    dataFolder: config.dataFolder,
    clock: systemClock,
    tables: 'expect',
  });
  try {
    const {listings, ...rest} = await countsOf(open);
    note('ok', 'database', `${databaseUrl ? 'PostgreSQL' : config.dataFolder}, ${listings} listings`);
    if (databaseUrl) noteSkew('clock of the database', rest.now, note);
    if (keys) await checkSealed(open, keys, note);
    await checkOwnStock(config, open, note);
    await checkTokens(open, note);
  } finally {
    await open.close();
  }
}

async function checkTokens({store}: Maintenance, note: Note): Promise<void> {
  const open = (await store.consoleTokens()).filter(token => stateOf(token, systemClock.now()) === 'open');
  if (open.length > 0) return note('ok', 'console', `tokens that open it: ${open.length}`);
  note('look', 'console', 'nobody can get in; "keystall token create" makes a token');
}

async function checkOwnStock({connections}: CheckedConfig, {store}: Maintenance, note: Note): Promise<void> {
  for (const connection of connections) {
    if (connection.protocol !== 'own-stock') continue;
    const counts = await store.ownStock(connection.id);
    for (const good of connection.goods) {
      const stock = ownStockOf(good, counts, systemClock.now());
      const text = `${good.code} has ${stock.kind === 'counted' ? stock.count : 'no end of'} pieces for sale`;
      note(stock.kind === 'counted' && stock.count === 0 ? 'look' : 'ok', `own stock ${connection.id}`, text);
    }
    const unnamed = counts.filter(({goodCode}) => !connection.goods.some(({code}) => code === goodCode));
    for (const {goodCode, unsold} of unnamed.filter(({unsold}) => unsold > 0)) {
      note(
        'look',
        `own stock ${connection.id}`,
        `${goodCode} is not in the configuration and has ${unsold} cards left`,
      );
    }
  }
}

async function countsOf({database, store}: Maintenance): Promise<{readonly listings: number; readonly now: number}> {
  const {total} = await store.listings({sort: 'featured', offset: 0, limit: 1});
  const {now} = await database
    .selectNoFrom(({fn}) => fn<Date | string>('clock_timestamp', []).as('now'))
    .executeTakeFirstOrThrow();
  return {listings: total, now: new Date(now).getTime()};
}

async function checkSealed({store}: Maintenance, keys: KeyRing, note: Note): Promise<void> {
  let [opened, older] = [0, 0];
  for (const kind of sealedKinds) {
    for (const row of await store.sealedRows(kind, '', tries)) {
      if (!(await isOpenable(keys, row))) {
        const needed = [...keyIdsOf(row)].join(', ');
        return note('wrong', 'what is encrypted', `${kind} ${row.record.id} lies under ${needed} and does not open`);
      }
      opened++;
      if ([...keyIdsOf(row)].some(id => id !== keys.activeKeyId)) older++;
    }
  }
  note('ok', 'what is encrypted', `${opened} rows opened for a try`);
  if (older > 0) note('look', 'what is encrypted', 'some lies under an older key; "keystall rotate-key" moves it');
}

async function checkConnections({connections}: CheckedConfig, secrets: Secrets, note: Note): Promise<void> {
  for (const connection of connections) {
    // The database was asked about own stock already.
    if (connection.protocol === 'own-stock') continue;
    const what = `connection ${connection.id}`;
    await attempt(what, note, async () => {
      const upstream = createUpstream(connection, {secrets, clock: systemClock, fetch});
      const {name, balance} = await upstream.connect(AbortSignal.timeout(patienceMs));
      const money = balance ? `, balance ${balance.amount} ${balance.currency}` : '';
      note('ok', what, `${connection.protocol}, account ${name}${money}`);
    });
    await checkReach(what, connection.url, note, true);
  }
}

async function checkPayments({payments}: CheckedConfig, note: Note): Promise<void> {
  for (const payment of payments) {
    if ('url' in payment) await checkReach(`payment ${payment.provider}`, payment.url, note, false);
  }
}

async function checkAddress({address}: CheckedConfig, isAsked: boolean, note: Note): Promise<void> {
  const what = `certificate of ${address}`;
  if (isOwnNetwork(new URL(address).hostname) && !isAsked) return;
  if (!address.startsWith('https:')) {
    return note('look', what, 'there is none: whoever stands between reads what buyers send; let a proxy speak https');
  }
  const found = await checkCertificate(address, {now: systemClock.now(), patienceMs});
  if (found.state === 'wrong') return note('wrong', what, found.text);
  const until = new Date(found.until).toISOString().slice(0, 10);
  if (found.state === 'ok') return note('ok', what, `fits, until ${until}`);
  note('look', what, `ends on ${until}; renew it`);
}

/** Whether anything answers, and what time it has. A connection that answers was told of already. */
async function checkReach(what: string, url: string, note: Note, isToldElsewhere: boolean): Promise<void> {
  try {
    const answer = await fetch(url, {method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(patienceMs)});
    if (!isToldElsewhere) note('ok', what, `answers (${answer.status})`);
    const date = Date.parse(answer.headers.get('Date') ?? '');
    if (!Number.isNaN(date)) noteSkew(`clock of ${what}`, date, note);
  } catch {
    if (!isToldElsewhere) note('wrong', what, `does not answer at ${new URL(url).origin}`);
  }
}

function noteSkew(what: string, theirs: number, note: Note): void {
  const skew = theirs - systemClock.now();
  if (Math.abs(skew) > mostSkewMs) {
    note('look', what, `${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine's`);
  }
}

async function checkDisk(folder: string, note: Note): Promise<void> {
  const {bavail, bsize} = await statfs(existsSync(folder) ? folder : '.');
  const free = bavail * bsize;
  const text = `${(free / 1e9).toFixed(1)} GB free where ${folder} lies`;
  note(free < leastFreeBytes ? 'look' : 'ok', 'disk', text);
}
