import assert from 'node:assert/strict';
import {glob, readFile} from 'node:fs/promises';
import {test} from 'node:test';

/*
 * What buyers and sellers of such systems complain about most, as requirements: never bought or delivered twice and never
 * paid for nothing (A), stock and catalogue (C), prices and loss (D), keys, orders and connections (E),
 * operations and texts (F). Each is shown by a test that names it.
 */
const requirements = [
  ...['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10', 'A11', 'A12', 'A13'],
  ...['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10'],
  ...['D1', 'D2', 'D3', 'D4', 'D5'],
  ...['E1', 'E2', 'E3', 'E4'],
  ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7'],
];

/** The title of a test: what `it`, `test` or `describe` is given first, on one line. */
const title = /\b(?:it|test|describe)\(\s*(?<quote>['"`])(?<text>.*?)(?<!\\)\k<quote>/g;

test('every requirement is named by the title of a test', async () => {
  const named = new Set<string>();
  for await (const file of glob('test/**/*.ts')) {
    const source = await readFile(file, 'utf8');
    for (const {groups} of source.matchAll(title)) {
      const ids = /^(?:[A-F]\d+(?:, | )?)+(?=:)/.exec(groups!['text']!)?.[0] ?? '';
      for (const [id] of ids.matchAll(/[A-F]\d+/g)) named.add(id);
    }
  }
  assert.deepEqual(
    requirements.filter(id => !named.has(id)),
    [],
  );
});
