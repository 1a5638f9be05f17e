import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import {richTextSchema} from '../../../src/contract/product-details.ts';
import type {Block, RichText, Span} from '../../../src/domain/rich-text.ts';
import {readDescription} from '../../../src/server/catalogue/rich-text.ts';

const p = (...spans: (string | Span)[]): Block => ({kind: 'paragraph', spans: spans.map(asSpan)});
const h = (text: string): Block => ({kind: 'heading', spans: [{text}]});
const list = (ordered: boolean, ...items: string[]): Block => ({
  kind: 'list',
  ordered,
  items: items.map(text => [{text}]),
});
const asSpan = (span: string | Span): Span => (typeof span === 'string' ? {text: span} : span);
const bold = (text: string): Span => ({text, strong: true});

const read = (html: string): RichText => readDescription(html).text;
const spansOf = (text: RichText) => text.flatMap(block => (block.kind === 'list' ? block.items.flat() : block.spans));
const lettersOf = (text: RichText) => spansOf(text).reduce((sum, span) => sum + span.text.length, 0);

describe('a description', () => {
  const cases: readonly (readonly [html: string, text: RichText])[] = [
    ['充值码', [p('充值码')]],
    ['不支持退换&nbsp;。<br>a , b', [p('不支持退换。\na , b')]],
    ['', []],
    ['<p>一</p><p>二</p>', [p('一'), p('二')]],
    ['一<br>二<br/>三', [p('一\n二\n三')]],
    ['<p>一<br></p><p><br></p><p>&nbsp;</p>', [p('一')]],
    ['第一行\r\n第二行', [p('第一行\n第二行')]],
    ['<div>\n  一\n  二\n</div>', [p('一 二')]],
    ['<h3>说明</h3>正文', [h('说明'), p('正文')]],
    ['a <b>b</b> c', [p('a ', bold('b'), ' c')]],
    ['<strong>a<b>b</b></strong>c', [p(bold('ab'), 'c')]],
    ['<b>a', [p(bold('a'))]],
    ['</b>a</p></ol>', [p('a')]],
    ['<ol><li>一</li><li>二</li></ol>三', [list(true, '一', '二'), p('三')]],
    ['<ul><li><p>一</p></li><li>二<ol><li>三</li></ol></li></ul>', [list(false, '一', '二', '三')]],
    ['<li>一</li>', [p('一')]],
    ['<ul><li></li></ul>', []],
    ['<table><tr><td>面值</td><td>50</td></tr><tr><td>区</td><td>国</td></tr></table>', [p('面值 50'), p('区 国')]],
    ['&lt;b&gt; &amp;amp; &#39;&#x4e00;', [p("<b> &amp; '一")]],
    ['x<script>alert(1)</script>y', [p('xy')]],
    ['x<style>p{}</style><svg><a href="https://x.example">no</a></svg>y', [p('xy')]],
    ['<script>alert(1)', []],
    ['<scr<script>ipt>alert(1)</script>', [p('ipt>alert(1)')]],
    ['<iframe srcdoc="<p>x">no</iframe>一', [p('一')]],
    ['<!-- note -->一', [p('一')]],
    ['<<b', [p('<')]],
    ['<a href="https://a.example/x">去</a>看', [p({text: '去', href: 'https://a.example/x'}, '看')]],
    ['\u202egpj.exe\u2066', [p('gpj.exe')]],
  ];
  for (const [html, text] of cases) it(JSON.stringify(html), () => assert.deepEqual(read(html), text));

  for (const href of [
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'http://plain.example/',
    '//other.example/',
    '/orders',
    'data:text/html,<script>alert(1)</script>',
    'https://bank.example@evil.example/',
    `https://a.example/${'x'.repeat(3_000)}`,
  ]) {
    it(`makes no link of ${JSON.stringify(href.slice(0, 60))}`, () => {
      assert.deepEqual(read(`<a href="${href.replaceAll('"', '&quot;')}">这里</a>`), [p('这里')]);
    });
  }

  it('names its pictures, each once and seven at most, but none that is never shown', () => {
    const html = `<img src="/a.png"><p><IMG SRC='/a.png'><img src="b.png" onerror="alert(1)"></p><svg><img src="/c.png"></svg><img>`;
    assert.deepEqual(readDescription(html).pictures, ['/a.png', 'b.png']);
    assert.equal(readDescription(Array.from({length: 50}, (_, n) => `<img src="${n}">`).join('')).pictures.length, 7);
  });

  it('stays small, whatever the size and form of what was sent', () => {
    for (const html of [
      'x'.repeat(1_000_000),
      '<div>'.repeat(200_000),
      '<p>x'.repeat(200_000),
      '<ul><li>x'.repeat(100_000),
      '<b>x</b>y'.repeat(100_000),
      '<a href="https://a.example/">x</a>y'.repeat(30_000),
      '😀'.repeat(200_000),
    ]) {
      const text = read(html);
      assert.ok(lettersOf(text) <= 20_001, html.slice(0, 20));
      assert.ok(spansOf(text).length <= 2_000, html.slice(0, 20));
      assert.ok(text.length <= 400, html.slice(0, 20));
      assert.ok(JSON.stringify(text).length < 200_000, html.slice(0, 20));
    }
  });

  it('is read up to a depth that no editor reaches, so that none keeps the server busy', () => {
    const text = read(`<p>先</p>${'<div>'.repeat(300_000)}后`);
    assert.deepEqual(text, [p('先')]);
  });

  it('says when it was cut', () => assert.match(spansOf(read('字'.repeat(30_000))).at(-1)!.text, /字…$/));

  it('of any markup is what the contract allows, without white space at its edges', () => {
    const tags = ['p', 'b', 'ul', 'li', 'h2', 'a href="https://a.example"', 'script', 'br', 'td', 'x'];
    const piece = fc.oneof(
      fc.constantFrom(...tags.map(tag => `<${tag}>`), ...tags.map(tag => `</${tag.split(' ')[0]}>`)),
      fc.string({maxLength: 6}),
      fc.constantFrom(' ', '\n', '&nbsp;', '一'),
    );
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 40}), pieces => {
        const text = v.parse(richTextSchema, read(pieces.join('')));
        for (const block of text) {
          for (const spans of block.kind === 'list' ? block.items : [block.spans]) {
            assert.ok(spans.length > 0);
            assert.ok(spans.every(span => span.text !== ''));
            const line = spans.map(span => span.text).join('');
            assert.equal(line, line.trim());
          }
        }
      }),
    );
  });
});
