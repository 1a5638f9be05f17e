import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {maximumCaseCardLength, maximumCaseCards, maximumCaseNote} from '../../src/contract/case.ts';
import {problemStatuses} from '../../src/contract/problem.ts';
import {productSorts} from '../../src/contract/product-sorts.ts';
import {minimumLookupPassword} from '../../src/contract/order.ts';
import {maximumMessageLength, maximumTicketKeys} from '../../src/contract/ticket.ts';
import {maximumCouponLength, maximumLines, maximumQuantity} from '../../src/contract/quote.ts';
import {contractDocument, type SchemaObject} from '../support/contract-document.ts';

const schemas = contractDocument.components.schemas;

function schema(name: string): SchemaObject {
  const found = schemas[name];
  assert.ok(found, `openapi.yaml has no schema ${name}`);
  return found;
}

describe('openapi.yaml and the runtime schemas', () => {
  it('know the same problem codes', () => {
    assert.deepEqual(schema('ProblemCode').enum, Object.keys(problemStatuses));
  });

  it('allow as many lines and pieces', () => {
    assert.equal(schema('QuoteRequest').properties?.['lines']?.maxItems, maximumLines);
    assert.equal(schema('QuoteRequest').properties?.['coupon']?.maxLength, maximumCouponLength);
    assert.equal(schema('LineRequest').properties?.['quantity']?.maximum, maximumQuantity);
  });

  it('ask the same of lookup passwords and tickets', () => {
    const password = schema('OrderRequest').properties?.['lookupPassword'] as {minLength?: number} | undefined;
    assert.equal(password?.minLength, minimumLookupPassword);
    const {text, keyIds} = schema('TicketRequest').properties as Record<
      string,
      {maxLength?: number; maxItems?: number}
    >;
    assert.equal(text?.maxLength, maximumMessageLength);
    assert.equal(keyIds?.maxItems, maximumTicketKeys);
  });

  it('take as many cards from a person', () => {
    const {cards, note} = schema('CaseDecisionRequest').properties!;
    assert.deepEqual(
      [cards?.maxItems, cards?.items?.maxLength, note?.maxLength],
      [maximumCaseCards, maximumCaseCardLength, maximumCaseNote],
    );
  });

  it('sort products alike', () => {
    const sort = contractDocument.paths['/v1/products']?.['get']?.parameters?.find(({name}) => name === 'sort');
    assert.deepEqual(sort?.schema?.enum, productSorts);
  });

  it('use every schema that the document defines', () => {
    const text = JSON.stringify(contractDocument);
    const unused = Object.keys(schemas).filter(name => !text.includes(`"#/components/schemas/${name}"`));
    assert.deepEqual(unused, []);
  });

  it('document a problem for every operation', () => {
    for (const [path, operations] of Object.entries(contractDocument.paths)) {
      for (const [method, {responses}] of Object.entries(operations)) {
        assert.deepEqual(responses['default'], {$ref: '#/components/responses/Problem'}, `${method} ${path}`);
      }
    }
  });
});
