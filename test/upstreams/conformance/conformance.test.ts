import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fixtures} from './fixtures/index.ts';
import {conformanceCases, runCase} from './suite.ts';
import {openWorld} from './world.ts';

for (const fixture of fixtures) {
  describe(`${fixture.protocol} conforms`, () => {
    for (const conformanceCase of conformanceCases) {
      it(conformanceCase.name, () => runCase(fixture, conformanceCase).then(() => undefined));
    }

    it('has the calls that it declares and no others', async () => {
      const world = await openWorld(fixture);
      try {
        for (const call of ['webhook', 'cancel', 'refund', 'delta', 'search'] as const) {
          assert.equal(typeof world.upstream[call] === 'function', world.upstream.capabilities[call], call);
        }
      } finally {
        await world.close();
      }
    });
  });
}
