/*
 * The shop server over HTTP, in one process: the last tests look at what all the others have shown of openapi.yaml.
 */
import './http/catalogue.ts';
import './http/caching.ts';
import './http/catalogue-sync.ts';
import './http/cards.ts';
import './http/official.ts';
import './http/quotes.ts';
import './http/coupons.ts';
import './http/orders.ts';
import './http/payment-checks.ts';
import './http/payments.ts';
import './http/payment-returns.ts';
import './http/buying.ts';
import './http/lost-answers.ts';
import './http/paid-back-upstream.ts';
import './http/taking-over.ts';
import './http/many-buyers.ts';
import './http/many-sources.ts';
import './http/own-stock.ts';
import './http/keys.ts';
import './http/cases.ts';
import './http/confirmations.ts';
import './http/refunds.ts';
import './http/reconciliations.ts';
import './http/connections.ts';
import './http/deliveries.ts';
import './http/console.ts';
import './http/notices.ts';
import './http/changed-goods.ts';
import './http/earnings.ts';
import './http/order-events.ts';
import './http/lookup.ts';
import './http/sealed-keys.ts';
import './http/limits.ts';
import './http/unavailable.ts';
import './http/tickets.ts';
import './http/evidence.ts';
import './http/protocol.ts';
import './http/hostile-input.ts';

import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {problemStatuses} from '../../src/contract/problem.ts';
import {contractCoverage, documentedAnswers} from '../support/contract-check.ts';

describe('openapi.yaml, after all of it', () => {
  it('documents no answer that was never given', () => {
    assert.deepEqual(
      documentedAnswers().filter(answer => !contractCoverage.answers.has(answer)),
      [],
    );
  });

  it('names no problem that never came up', () => {
    assert.deepEqual(
      Object.keys(problemStatuses).filter(code => !contractCoverage.problemCodes.has(code)),
      [],
    );
  });
});
