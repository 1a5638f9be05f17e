import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import type {AuditRecord} from '../../../src/server/persistence/console-records.ts';
import {DuplicateRecordError, MissingRecordError} from '../../../src/server/persistence/rule-errors.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {admit} from '../../support/console-people.ts';

/** What every store keeps to where people run the shop. */
export function consoleContract(opened: () => {readonly store: Store; readonly rival: Store}) {
  describe('the console', () => {
    const store = () => opened().store;
    const newToken = (name?: string) => admit(store(), {token: randomUUID(), ...(name !== undefined && {name})});

    async function signedIn(tokenId: string, expiresAt = 10) {
      const session = {hash: randomUUID(), tokenId, createdAt: 1, expiresAt};
      await store().transaction(tx => tx.insertConsoleSession(session));
      return session;
    }

    async function done(overrides: Partial<AuditRecord> = {}) {
      const action: AuditRecord = {
        id: randomUUID(),
        at: 1,
        tokenId: 'tok_1',
        name: '\u0000小美',
        role: 'operator',
        action: 'POST /v1/console/cases/{caseId}/decisions',
        requestId: randomUUID(),
        ...overrides,
      };
      await store().transaction(tx => tx.appendAudit(action));
      return action;
    }

    it('finds a token by its hash, in every process, and lists all in the order they were made', async () => {
      const [first, second] = [await newToken('a'), await newToken('b')];
      assert.deepEqual(await opened().rival.consoleTokenByHash(second.hash), second);
      assert.equal(await store().consoleTokenByHash(second.id), undefined);
      const listed = (await store().consoleTokens()).filter(({id}) => [first.id, second.id].includes(id));
      assert.deepEqual(listed, [first, second]);
    });

    it('has one token per hash', async () => {
      const token = randomUUID();
      await admit(store(), {token});
      await assert.rejects(admit(store(), {token}), DuplicateRecordError);
    });

    it('ends a token’s sessions with the token, once, and no others', async () => {
      const [first, second] = [await newToken(), await newToken()];
      const [session, other] = [await signedIn(first.id), await signedIn(second.id)];
      assert.deepEqual(await opened().rival.consoleSession(session.hash), {session, token: first});
      const revoke = (at: number) => store().transaction(tx => tx.revokeConsoleToken(first.id, at));
      assert.deepEqual([await revoke(5), await revoke(6)], [true, false]);
      assert.equal((await store().consoleTokenByHash(first.hash))!.revokedAt, 5);
      assert.equal(await store().consoleSession(session.hash), undefined);
      assert.deepEqual(await store().consoleSession(other.hash), {session: other, token: second});
      assert.equal(await store().transaction(tx => tx.revokeConsoleToken('absent', 5)), false);
    });

    it('has no session of nobody, ends one, and forgets those that are over', async () => {
      await assert.rejects(signedIn('absent'), MissingRecordError);
      const {id} = await newToken();
      const [over, ended, lasting] = [await signedIn(id, 9), await signedIn(id), await signedIn(id)];
      await store().transaction(async tx => {
        await tx.forgetConsoleSessions(10);
        await tx.deleteConsoleSession(ended.hash);
      });
      const found = await Promise.all([over, ended, lasting].map(({hash}) => store().consoleSession(hash)));
      assert.deepEqual(
        found.map(each => each?.session.hash),
        [undefined, undefined, lasting.hash],
      );
    });

    it('reads the log page by page, the newest first, with what came of each action', async () => {
      const actions = [await done(), await done({subject: 'ord_1'}), await done()];
      const outcome = {auditId: actions[1]!.id, status: 409, code: 'decision_not_possible'};
      await store().transaction(tx => tx.appendAuditOutcome(outcome));
      const first = await store().auditedActions({limit: 2});
      const [last] = await store().auditedActions({before: first[1]!.line, limit: 1});
      const [newest, middle, oldest] = [...first, last!].map(({line: _, ...action}) => action);
      assert.deepEqual(newest, actions[2]);
      assert.deepEqual(middle, {...actions[1], outcome: {status: 409, code: 'decision_not_possible'}});
      assert.deepEqual(oldest, actions[0]);
    });

    it('writes an outcome once, and only of what was begun', async () => {
      const {id} = await done();
      const end = (auditId: string) => store().transaction(tx => tx.appendAuditOutcome({auditId, status: 201}));
      await end(id);
      await assert.rejects(end(id), DuplicateRecordError);
      await assert.rejects(end('absent'), MissingRecordError);
    });
  });
}
