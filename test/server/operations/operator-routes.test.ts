import assert from 'node:assert/strict';
import {it, mock} from 'node:test';
import {createMetrics} from '../../../src/server/operations/metrics.ts';
import {operatorRoutes} from '../../../src/server/operations/operator-routes.ts';
import {createMemoryStore} from '../../../src/server/persistence/memory-store.ts';
import {fakeClock} from '../../support/fake-clock.ts';

it('names both reasons where it gives up before it is known which of them it is', async () => {
  const asked = Promise.withResolvers<void>();
  const store = {
    ...createMemoryStore({clock: fakeClock()}),
    transaction: () => {
      asked.resolve();
      return new Promise<never>(() => undefined);
    },
  };
  const app = operatorRoutes({store, metrics: createMetrics(), isOpen: () => true});
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const answer = app.request('/readyz');
    await asked.promise;
    mock.timers.tick(2_000);
    const ready = await answer;
    assert.equal(ready.status, 503);
    assert.equal(
      await ready.text(),
      'no answer within 2 seconds: the database does not answer, or no connection to the database is free',
    );
  } finally {
    mock.timers.reset();
  }
});
