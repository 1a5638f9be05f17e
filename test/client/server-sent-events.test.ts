import fc from 'fast-check';
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {eventReader, type ServerSentEvent} from '../../src/client/server-sent-events.ts';

/** What the reader makes of bytes that arrive in these pieces, decoded as a page decodes them. */
function read(...pieces: Uint8Array[]): ServerSentEvent[] {
  const decoder = new TextDecoder();
  const eventsOf = eventReader();
  return pieces.flatMap(piece => eventsOf(decoder.decode(piece, {stream: true})));
}

const readText = (...pieces: string[]): ServerSentEvent[] =>
  read(...pieces.map(piece => new TextEncoder().encode(piece)));

describe('eventReader', () => {
  it('takes fields with and without a space, and the kind of the event', () => {
    assert.deepEqual(readText('event: order\ndata: {"a": 1}\n\nevent:other\ndata:x\n\n'), [
      {event: 'order', data: '{"a": 1}'},
      {event: 'other', data: 'x'},
    ]);
  });

  it('joins the lines of one event, empty ones included, and takes away one space only', () => {
    assert.deepEqual(readText('data:  a\ndata\ndata:\ndata: b: c\n\n'), [{event: 'message', data: ' a\n\n\nb: c'}]);
  });

  it('passes over comments, ids, times, unknown fields and events without data', () => {
    assert.deepEqual(readText(': hi\n\nid: 7\nretry: 10\ndatas: no\nevent: order\n\ndata: yes\n\n'), [
      {event: 'message', data: 'yes'},
    ]);
  });

  it('holds back what is not complete', () => {
    assert.deepEqual(readText('data: a\n'), []);
    assert.deepEqual(readText('data: a\n', '\n'), [{event: 'message', data: 'a'}]);
  });

  const words = fc.string({unit: fc.constantFrom('a', '中', '😀', ' ', ':', '{', '\u2028', '\0')});
  const lineBreak = fc.constantFrom('\n', '\r\n', '\r');
  const sent = fc.record({event: words, data: fc.array(words, {minLength: 1, maxLength: 3}), lineBreak, note: words});

  it('reads the same wherever the network cuts the bytes, between any two of them', () => {
    fc.assert(
      fc.property(fc.array(sent, {maxLength: 4}), events => {
        const text = events
          .map(({event, data, lineBreak: end, note}) =>
            [`:${note}`, `event: ${event}`, ...data.map(line => `data: ${line}`), '', ''].join(end),
          )
          .join('');
        const bytes = new TextEncoder().encode(`${text}:`);
        const expected = events.map(({event, data}) => ({event: event || 'message', data: data.join('\n')}));
        assert.deepEqual(read(bytes), expected);
        assert.deepEqual(read(...[...bytes].map(byte => Uint8Array.of(byte))), expected);
        for (let cut = 0; cut <= bytes.length; cut++) {
          assert.deepEqual(read(bytes.slice(0, cut), bytes.slice(cut)), expected);
        }
      }),
      {numRuns: 60},
    );
  });
});
