import {systemClock} from '../server/clock.ts';
import {masterKeysOf, newMasterKey} from '../server/operations/master-keys.ts';
import {openForMaintenance} from '../server/persistence/maintenance.ts';
import {createKeyRing} from '../server/security/key-ring.ts';
import {keysInUse, rotateKey} from '../server/security/rotate-key.ts';
import {exitCodes, exitCodesHelp, readOptions, UsageError, type Command} from './command.ts';
import {environmentHelp, loadShop, shopOptions, shopOptionsHelp} from './shop-options.ts';

export const rotateKeyCommand: Command = {
  summary: 'puts everything encrypted under the first master key',
  help: `Usage: keystall rotate-key [options]

Encrypts everything that lies under an older master key again, under the first one. It may be stopped at any moment and
run again; on a PostgreSQL servers run on meanwhile, an embedded database belongs to one process: stop the shop first.

  1. keystall rotate-key --new k2     prints a new key; keep a copy apart from the database
  2. put it behind the old one (k1:…,k2:…) and restart every server, so that each can read what others will write
  3. put it first (k2:…,k1:…) and restart every server
  4. keystall rotate-key
  5. when it says that nothing lies under k1 any more, k1 can go; keep it with the backups made before

An order's link is made with the master key as well: without k1, buyers of orders placed before step 3 look their order
up instead, so leave it behind k2 while those orders matter. After a leak take it out at once: whoever has k1 could open
those links.

Options
  --new <id>         prints a new master key with this id and does nothing else
  --check            only counts what lies under which key
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values} = readOptions(args, {...shopOptions, new: {type: 'string'}, check: {type: 'boolean'}});
    if (values.new !== undefined) {
      if (!/^[A-Za-z0-9_-]{1,16}$/.test(values.new)) {
        throw new UsageError(`"${values.new}" is no id of a key: up to 16 letters, digits, "-" and "_".`);
      }
      io.print(newMasterKey(values.new));
      return exitCodes.done;
    }
    const shop = await loadShop(values, io);
    const keys = await createKeyRing(masterKeysOf(io.environment));
    const {store, close} = await openForMaintenance({...shop, clock: systemClock, tables: 'expect'});
    try {
      if (!values.check) {
        const {changed, unopened} = await rotateKey(
          {store, keys},
          {
            onProgress: (seen, done) =>
              seen % 5000 === 0 && io.tell(`${seen} looked at, ${done} put under the new key`),
          },
        );
        io.print(`${changed} put under ${keys.activeKeyId}`);
        for (const {kind, id, reason} of unopened.slice(0, 20)) io.tell(`${kind} ${id}: ${reason}`);
        if (unopened.length > 20) io.tell(`… and ${unopened.length - 20} more that cannot be opened`);
      }
      const counts = await keysInUse(store);
      for (const [keyId, count] of counts) io.print(`${count} under ${keyId}`);
      const isDone = [...counts.keys()].every(keyId => keyId === keys.activeKeyId);
      if (isDone) io.print(`Nothing lies under any other key than ${keys.activeKeyId}.`);
      return isDone ? exitCodes.done : exitCodes.incomplete;
    } finally {
      await close();
    }
  },
};
