import {userInfo} from 'node:os';
import {consoleRoles, type ConsoleRole} from '../domain/console-role.ts';
import {newConsoleToken, stateOf} from '../server/console/console-token.ts';
import {systemClock} from '../server/clock.ts';
import {openForMaintenance} from '../server/persistence/maintenance.ts';
import type {Store, Transaction} from '../server/persistence/store.ts';
import {newId} from '../server/security/ids.ts';
import {exitCodes, exitCodesHelp, readOptions, UsageError, type Command, type Io} from './command.ts';
import {environmentHelp, loadShop, shopOptions, shopOptionsHelp} from './shop-options.ts';

const dayMs = 24 * 3_600_000;
const usualDays = 90;
const mostDays = 366;
const longestName = 60;

export const tokenCommand: Command = {
  summary: 'makes, lists and revokes the tokens of the console',
  help: `Usage: keystall token create --name <name> --role <role> [options]
       keystall token list [options]
       keystall token revoke <id> [options]

A token opens the console as far as its role goes. It is printed once, on standard output and nowhere else: the shop keeps
its hash only. Give everybody their own; what they do is written down under its name. A token that is revoked opens nothing
from then on, nor does a page that was signed in with it.

Roles
  owner       everything
  operator    reads and runs the shop; does not read the log of what was done
  bookkeeper  reads, the log included
  viewer      reads

On a PostgreSQL the shop runs on meanwhile; an embedded database belongs to one process: stop the shop first.

Options
  --name <name>      who holds it
  --role <role>      ${consoleRoles.join(', ')}
  --days <n>         for how long it is good; ${usualDays} if absent, ${mostDays} at most
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values, positionals} = readOptions(
      args,
      {...shopOptions, name: {type: 'string'}, role: {type: 'string'}, days: {type: 'string'}},
      2,
    );
    const work = deedOf(positionals, values);
    const {store, close} = await openForMaintenance({
      ...(await loadShop(values, io)),
      clock: systemClock,
      tables: 'expect',
    });
    try {
      return await work(store, io);
    } finally {
      await close();
    }
  },
};

type Deed = (store: Store, io: Io) => Promise<number>;

interface Wanted {
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly days?: string | undefined;
}

function deedOf([verb, id]: readonly string[], wanted: Wanted): Deed {
  if (verb !== 'revoke' && id !== undefined) throw new UsageError(`"${id}" is too much.`);
  switch (verb) {
    case 'create': {
      const order = orderOf(wanted);
      return (store, io) => create(store, io, order);
    }
    case 'list':
      return list;
    case 'revoke':
      if (id === undefined) throw new UsageError('Name the id of the token; "keystall token list" shows it.');
      return (store, io) => revoke(store, io, id);
    default:
      throw new UsageError(
        `${verb === undefined ? 'Say what to do' : `"${verb}" is nothing to do`}: create, list, revoke.`,
      );
  }
}

function orderOf({name = '', role = '', days = String(usualDays)}: Wanted): {
  readonly name: string;
  readonly role: ConsoleRole;
  readonly lifetimeMs: number;
} {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > longestName || /\p{Cc}/u.test(trimmed)) {
    throw new UsageError(`--name says who holds the token, in ${longestName} characters at most.`);
  }
  const known = consoleRoles.find(each => each === role);
  if (!known)
    throw new UsageError(`${role === '' ? 'Name a role' : `"${role}" is no role`}: --role ${consoleRoles.join(', ')}.`);
  const count = Number(days);
  if (!/^\d+$/.test(days) || count < 1 || count > mostDays) {
    throw new UsageError(`--days must be a whole number from 1 to ${mostDays}, not "${days}".`);
  }
  return {name: trimmed, role: known, lifetimeMs: count * dayMs};
}

async function create(store: Store, {print, tell}: Io, order: ReturnType<typeof orderOf>): Promise<number> {
  const now = systemClock.now();
  const {token, record} = newConsoleToken({...order, now});
  await store.transaction(async tx => {
    await tx.insertConsoleToken(record);
    await writeDown(tx, 'create', record.id, now);
  });
  print(token);
  const {id, name, role, expiresAt} = record;
  tell(`${id}: ${role} "${name}" until ${dayOf(expiresAt)}. This is the only time it is shown.`);
  return exitCodes.done;
}

async function list(store: Store, {print, tell}: Io): Promise<number> {
  const tokens = await store.consoleTokens();
  const now = systemClock.now();
  for (const token of tokens) {
    const {id, name, role, createdAt, expiresAt} = token;
    print(
      [id, stateOf(token, now).padEnd(7), role.padEnd(10), `${dayOf(createdAt)} to ${dayOf(expiresAt)}`, name].join(
        '  ',
      ),
    );
  }
  if (tokens.length === 0) tell('There is no token; "keystall token create --name <name> --role owner" makes one.');
  return exitCodes.done;
}

async function revoke(store: Store, {tell}: Io, id: string): Promise<number> {
  const now = systemClock.now();
  const isRevoked = await store.transaction(async tx => {
    if (!(await tx.revokeConsoleToken(id, now))) return false;
    await writeDown(tx, 'revoke', id, now);
    return true;
  });
  tell(isRevoked ? `${id} opens nothing any more.` : `There is no token ${id}, or it was revoked before.`);
  return isRevoked ? exitCodes.done : exitCodes.failed;
}

/** Whoever has the server is above all roles; that they gave or took one is in the log all the same. */
async function writeDown(tx: Transaction, verb: string, subject: string, at: number): Promise<void> {
  const id = newId('aud');
  await tx.appendAudit({
    id,
    at,
    tokenId: 'command-line',
    name: userInfo().username,
    role: 'owner',
    action: `keystall token ${verb}`,
    subject,
    requestId: crypto.randomUUID(),
  });
  await tx.appendAuditOutcome({auditId: id, status: 200});
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
