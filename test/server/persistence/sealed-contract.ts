import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';
import type {SealedKind, SealedRow} from '../../../src/server/persistence/records.ts';
import {StaleRecordError, type Store} from '../../../src/server/persistence/store.ts';
import {aCard, anAttempt, anEvidence, aProcurement, aTicket} from './record-builders.ts';
import {writersOf, type OpenedStores} from './opened-stores.ts';

/** What every store keeps to of what lies encrypted in it, so that its keys can be changed. */
export function sealedContract(opened: () => OpenedStores) {
  const {write, storedOrder} = writersOf(opened);
  let store: Store;
  let rival: Store;
  before(() => {
    ({store, rival} = opened());
  });

  describe('what lies encrypted', () => {
    const kinds: readonly SealedKind[] = ['card', 'attempt', 'ticket', 'evidence'];

    async function allRows(kind: SealedKind, limit: number): Promise<readonly SealedRow[]> {
      const rows: SealedRow[] = [];
      for (;;) {
        const page = await store.sealedRows(kind, rows.at(-1)?.record.id ?? '', limit);
        assert.ok(page.length <= limit);
        if (page.length === 0) return rows;
        rows.push(...page);
      }
    }

    async function oneOfEach() {
      const order = await storedOrder();
      const procurement = aProcurement(order);
      const cards = [aCard(procurement), aCard(procurement, {position: 1})];
      const attempt = anAttempt(procurement);
      const ticket = aTicket(order);
      const evidence = anEvidence(ticket);
      await write(async tx => {
        await tx.insertProcurement(procurement);
        await tx.insertAttempt(attempt);
        await tx.insertCards(cards);
        await tx.claimTicket(ticket);
        await tx.insertEvidence(evidence, Uint8Array.of(1, 2, 3));
      });
      return {order, procurement, cards, attempt, ticket, evidence};
    }

    it('is walked through in the order of ids, a page at a time, nothing left out', async () => {
      const first = await oneOfEach();
      const second = await oneOfEach();
      for (const kind of kinds) {
        const rows = await allRows(kind, 3);
        const ids = rows.map(({record}) => record.id);
        assert.deepEqual(ids, [...new Set(ids)].sort());
        assert.ok(rows.every(row => row.kind === kind));
      }
      const cardIds = (await allRows('card', 3)).map(({record}) => record.id);
      for (const {id} of [...first.cards, ...second.cards]) assert.ok(cardIds.includes(id));
      const file = (await allRows('evidence', 3)).find(({record}) => record.id === first.evidence.id);
      assert.deepEqual(file, {kind: 'evidence', record: first.evidence, sealed: Uint8Array.of(1, 2, 3)});
    });

    it('can be replaced, and is found as before', async () => {
      const {order, procurement, cards, attempt, ticket, evidence} = await oneOfEach();
      const card = {...cards[1]!, keyId: 'k2', sealed: 'bmV3', fingerprint: `new of ${cards[1]!.id}`};
      await write(async tx => {
        await tx.replaceSealed({kind: 'card', record: card});
        await tx.replaceSealed({
          kind: 'attempt',
          record: {...attempt, request: {...attempt.request, password: 'k2.x'}},
        });
        await tx.replaceSealed({kind: 'ticket', record: {...ticket, requestHash: 'new'}});
        await tx.replaceSealed({kind: 'evidence', record: {...evidence, keyId: 'k2'}, sealed: Uint8Array.of(9)});
      });
      assert.deepEqual(await rival.cards(order.id), [cards[0], card]);
      assert.equal(await store.hasFingerprint(card.fingerprint), true);
      assert.equal(await store.hasFingerprint(cards[1]!.fingerprint), false);
      assert.equal((await rival.attempts(procurement.id))[0]?.request.password, 'k2.x');
      assert.equal((await rival.ticket(ticket.id))?.requestHash, 'new');
      assert.deepEqual(await rival.evidence(ticket.id), [{...evidence, keyId: 'k2'}]);
      assert.deepEqual(await rival.evidenceBytes(evidence.id), Uint8Array.of(9));
    });

    it('is not put back by somebody who read it before', async () => {
      const {ticket, attempt} = await oneOfEach();
      await write(async tx => {
        await tx.replaceSealed({kind: 'ticket', record: ticket});
        await tx.replaceSealed({kind: 'attempt', record: attempt});
      });
      await assert.rejects(
        write(tx => tx.saveTicket(ticket)),
        StaleRecordError,
      );
      await assert.rejects(
        write(tx => tx.saveAttempt(attempt)),
        StaleRecordError,
      );
    });
  });
}
