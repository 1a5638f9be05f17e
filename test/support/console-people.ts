import type {ConsoleTokenRecord} from '../../src/server/persistence/console-records.ts';
import type {Store} from '../../src/server/persistence/store.ts';
import {hashText, newId} from '../../src/server/security/ids.ts';

/** What the owner of every test's shop sends. */
export const consoleToken = 'console-token-0123456789abcdef';

const never = Date.parse('9999-01-01');

/** Lets a token into the console: as owner, and for ever, where nothing else is said. */
export async function admit(
  store: Store,
  {token = consoleToken, ...overrides}: Partial<ConsoleTokenRecord> & {readonly token?: string} = {},
): Promise<ConsoleTokenRecord> {
  const record: ConsoleTokenRecord = {
    id: newId('tok'),
    name: 'owner',
    role: 'owner',
    hash: hashText(token),
    createdAt: 0,
    expiresAt: never,
    ...overrides,
  };
  await store.transaction(tx => tx.insertConsoleToken(record));
  return record;
}
