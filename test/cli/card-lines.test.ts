import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {linesOf, recordsOf} from '../../src/cli/card-lines.ts';
import {longestCard, type CardLine} from '../../src/server/own-stock/import-cards.ts';

async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

async function all(lines: AsyncIterable<CardLine>): Promise<readonly CardLine[]> {
  const read: CardLine[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

const txt = (...texts: readonly string[]) => all(linesOf(pieces(texts)));
const csv = (...texts: readonly string[]) => all(recordsOf(pieces(texts)));
const said = (lines: readonly CardLine[]) => lines.map(each => ('text' in each ? each.text : `! ${each.problem}`));

describe('a TXT of cards', () => {
  it('has a card a line, however lines end and wherever it is cut', async () => {
    const lines = fc.array(fc.stringMatching(/^[A-Z0-9-]{0,8}$/), {maxLength: 12});
    const ending = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(lines, ending, fc.array(fc.nat(60), {maxLength: 6}), async (texts, end, cuts) => {
        const whole = texts.map(text => text + end).join('');
        const places = [0, ...cuts.map(cut => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const cut = places.slice(1).map((to, index) => whole.slice(places[index], to));
        const read = await txt(...cut);
        assert.deepEqual(said(read), texts);
        assert.deepEqual(
          read.map(({line}) => line),
          texts.map((_, index) => index + 1),
        );
      }),
    );
  });

  it('has a last line without an end, and no line behind the last end', async () => {
    assert.deepEqual(said(await txt('A\nB')), ['A', 'B']);
    assert.deepEqual(said(await txt('A\nB\n')), ['A', 'B']);
    assert.deepEqual(said(await txt('A\r')), ['A']);
    assert.deepEqual(await txt(''), []);
  });

  it('is told of a line that is too long, without keeping it', async () => {
    const long = 'x'.repeat(longestCard);
    assert.deepEqual(said(await txt('A\n', long, long, 'x\nB\n', `${long}y\n`, 'C')), [
      'A',
      '! too_long',
      'B',
      '! too_long',
      'C',
    ]);
    assert.deepEqual(said(await txt(long, 'x')), ['! too_long']);
    assert.deepEqual(said(await txt(`${long}\n`)), [long]);
  });
});

describe('a CSV of cards', () => {
  it('has a card a row, or its number and its password', async () => {
    assert.deepEqual(said(await csv('A-1\n"B ""2"", x"\n')), ['A-1', 'B "2", x']);
    assert.deepEqual(said(await csv('1001,aaaa\n1002, bbbb \n')), ['卡号：1001 密码：aaaa', '卡号：1002 密码：bbbb']);
  });

  it('takes the columns that its first row names', async () => {
    assert.deepEqual(said(await csv('序号,卡密,备注\n1,A-1,x\n2,B-2,\n')), ['A-1', 'B-2']);
    assert.deepEqual(said(await csv('密码,卡号\r\naaaa,1001\r\n')), ['卡号：1001 密码：aaaa']);
    assert.deepEqual(said(await csv('卡号,卡密\n1001,aaaa\n')), ['卡号：1001 密码：aaaa']);
    assert.deepEqual(said(await csv('note,Card\n,A-1\n')), ['A-1']);
  });

  it('does not take a row that has lost a cell for a card', async () => {
    assert.deepEqual(said(await csv('1001,aaaa\n1002\n1003,\n1004,dddd,x\n')), [
      '卡号：1001 密码：aaaa',
      ...Array<string>(3).fill('! wrong_columns'),
    ]);
    assert.deepEqual(said(await csv('A-1\nB-2,x\n')), ['A-1', '! wrong_columns']);
    assert.deepEqual(said(await csv('card,note\n,x\n')), ['! wrong_columns']);
  });

  it('counts the lines of the file, empty ones and those of a cell of several', async () => {
    const read = await csv('card\nA-1\n\n"B\n2"\nC-3\n');
    assert.deepEqual(said(read), ['A-1', '', '! line_break', 'C-3']);
    assert.deepEqual([read[0]!.line, read[1]!.line, read[3]!.line], [2, 3, 6]);
    assert.deepEqual(said(await csv(`${'x'.repeat(longestCard + 1)}\n`)), ['! too_long']);
  });

  it('says where it is broken, and nothing of what stands there', async () => {
    for (const [text, message] of [
      ['A-1\n"SECRET\nSECRET', /line 2 has no end: the file is cut off/],
      ['A-1\nSE"CRET"\n', /line 2 has a quote where none may be/],
      ['A-1\n"SE"CRET\n', /line 2 has a quote where none may be/],
      [`A-1\n"${'SECRET'.repeat(200_000)}`, /line 2 has no end within a million/],
    ] as const) {
      await assert.rejects(csv(text), (error: Error) => {
        assert.equal(error.name, 'CardFileError');
        assert.match(error.message, message);
        assert.ok(!JSON.stringify([error.message, error.cause ?? '']).includes('CRET'));
        return true;
      });
    }
  });
});
