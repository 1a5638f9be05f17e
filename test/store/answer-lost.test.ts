import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {ProblemError} from '../../src/client/errors.ts';
import {problemStatuses} from '../../src/contract/problem.ts';
import {isAnswerLost} from '../../src/store/answer-lost.ts';

const problem = (code: string, status: number) => new ProblemError({type: 'about:blank', title: code, code, status});

describe('a refusal with HTTP 409', () => {
  for (const [code, status] of Object.entries(problemStatuses).filter(([, known]) => known === 409)) {
    it(`is definite: ${code}`, () => assert.equal(isAnswerLost(problem(code, status)), false));
  }

  it('is no answer yet if its code is unknown: the request may be in flight', () => {
    assert.equal(isAnswerLost(problem('request_in_flight', 409)), true);
  });
});

describe('a shop that cannot reach its data', () => {
  it('may have done what it was asked all the same', () => {
    assert.equal(isAnswerLost(problem('shop_unavailable', 503)), true);
  });
});
