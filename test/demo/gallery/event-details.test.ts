import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {eventDetails} from '../../../demo/gallery/event-details.ts';

class LoudEvent extends Event {
  constructor(fields: object) {
    super('ks-loud');
    Object.assign(this, fields);
  }
}

const detailsOf = (fields: object): unknown => JSON.parse(eventDetails(new LoudEvent(fields)));

describe('the details of an event', () => {
  it('are its own fields', () => {
    assert.deepEqual(
      detailsOf({orderId: 'ord_1', total: {amount: '10.20', currency: 'CNY'}, goods: [{title: 'Steam'}]}),
      {
        orderId: 'ord_1',
        total: {amount: '10.20', currency: 'CNY'},
        goods: [{title: 'Steam'}],
      },
    );
  });

  it('cover what might be a secret, however deep it lies and of whatever kind', () => {
    const text = JSON.stringify(
      detailsOf({
        token: 'tell-nobody',
        order: {accessToken: 'tell-nobody', contact: 'tell-nobody'},
        keys: ['tell-nobody', {secret: 'tell-nobody'}],
        card: {code: 'tell-nobody', lookupPassword: ['tell-nobody']},
        url: 'https://pay.example/p/1?sign=tell-nobody#tell-nobody',
      }),
    );
    assert.doesNotMatch(text, /tell-nobody/);
    assert.match(text, /https:\/\/pay\.example\/p\/1…/);
  });

  it('survive promises and circles', () => {
    const circle: Record<string, unknown> = {promise: Promise.resolve()};
    circle['self'] = circle;
    assert.match(JSON.stringify(detailsOf(circle)), /\(Promise\)/);
  });
});
