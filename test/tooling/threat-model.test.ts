import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

const named = [...readFileSync('docs/threat-model.md', 'utf8').matchAll(/^\|[^|]+\| `(test\/[^`]+)`: ([^|]+?) +\|$/gm)];

describe('the threat model', () => {
  it('names a test in every row of a defence', () => {
    const rows = readFileSync('docs/threat-model.md', 'utf8')
      .split('\n')
      .filter(line => /^\|.*\btest\//.test(line));
    assert.ok(rows.length > 20);
    assert.equal(named.length, rows.length);
  });

  for (const [, file, title] of named) {
    it(`names a test that exists: ${title}`, () => {
      assert.ok(readFileSync(file!, 'utf8').includes(title!), `${file} has no such test`);
    });
  }
});
