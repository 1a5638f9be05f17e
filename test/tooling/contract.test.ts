import assert from 'node:assert/strict';
import {it} from 'node:test';
import {isContractUpToDate} from '../../scripts/generate-contract.ts';

it('the types of the contract are those of openapi.yaml (else: npm run generate)', async () => {
  assert.equal(await isContractUpToDate(), true);
});
