import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {filled, placeholdersOf} from '../../../src/server/delivery/sms/template.ts';

const hostile = fc.string({unit: 'binary', maxLength: 40}).map(text => text.toWellFormed());

describe('a gateway’s template', () => {
  it('in JSON comes back as the very value', () => {
    fc.assert(
      fc.property(hostile, hostile, (number, text) => {
        const body = filled('{"to": "{number}", "text": "x {text} y"}', {number, text}, 'application/json');
        assert.deepEqual(JSON.parse(body), {to: number, text: `x ${text} y`});
      }),
    );
  });

  it('in a form and in an address comes back as the very value', () => {
    fc.assert(
      fc.property(hostile, hostile, (number, text) => {
        const values = {number, text};
        const form = filled('to={number}&text={text}', values, 'application/x-www-form-urlencoded');
        assert.deepEqual(
          [...new URLSearchParams(form)],
          [
            ['to', number],
            ['text', text],
          ],
        );
        const url = new URL(filled('https://sms.example/{number}?text={text}', values, 'url'));
        assert.equal(url.host, 'sms.example');
        assert.equal(url.searchParams.get('text'), text);
      }),
    );
  });

  it('in XML ends no element and opens none', () => {
    fc.assert(
      fc.property(hostile, text => {
        assert.ok(!/[<>"]/.test(filled('{text}', {text}, 'text/xml')));
      }),
    );
    assert.equal(filled('<t>{text}</t>', {text: '</t>&"\0'}, 'text/xml'), '<t>&#60;/t&#62;&#38;&#34;</t>');
  });

  it('never looks into a value for placeholders, nor into what every object has', () => {
    assert.equal(filled('{text} {token}', {text: '{token}', token: 't'}, 'text/plain'), '{token} t');
    assert.equal(filled('{constructor}', {}, 'text/plain'), '{constructor}');
    assert.deepEqual(placeholdersOf('{"to": "{number}", "n": {"a": "{text}"}}'), ['number', 'text']);
  });
});
