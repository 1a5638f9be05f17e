/**
 * Holds every adapter against its platform's skin on the sandbox: `npm run conformance`.
 *
 *   --json    one line of JSON per adapter and case instead of the table
 *   --write   writes the table to docs/conformance.md as well
 *   NAME …    only these protocols
 *
 * Exits with 1 when anything fails.
 */
import {writeFile} from 'node:fs/promises';
import {parseArgs} from 'node:util';
import * as prettier from 'prettier';
import {fixtures} from '../test/upstreams/conformance/fixtures/index.ts';
import {conformanceCases, runCase} from '../test/upstreams/conformance/suite.ts';

type Value = 'pass' | 'fail' | 'n-a';

const {values, positionals} = parseArgs({
  options: {json: {type: 'boolean', default: false}, write: {type: 'boolean', default: false}},
  allowPositionals: true,
});
const unknown = positionals.filter(name => !fixtures.some(({protocol}) => protocol === name));
if (unknown.length > 0) throw new Error(`No such platform: ${unknown.join(', ')}.`);
const asked = fixtures.filter(({protocol}) => positionals.length === 0 || positionals.includes(protocol));

const results = new Map<string, Value>();
for (const fixture of asked) {
  for (const conformanceCase of conformanceCases) {
    const name = `conformance/${fixture.protocol}/${conformanceCase.name}`;
    const value = await runCase(fixture, conformanceCase).catch((error: unknown): Value => {
      console.error(`${name}\n${error instanceof Error ? error.stack : String(error)}\n`);
      return 'fail';
    });
    results.set(name, value);
    if (values.json) console.log(JSON.stringify({name, value}));
  }
}
if (!values.json) console.log(table());
if (values.write) {
  const path = new URL('../docs/conformance.md', import.meta.url);
  const options = await prettier.resolveConfig(path);
  await writeFile(path, await prettier.format(page(), {...options, parser: 'markdown'}));
}
process.exitCode = [...results.values()].includes('fail') ? 1 : 0;

function table(): string {
  const rows = conformanceCases.map(({name}) => [
    name,
    ...asked.map(({protocol}) => results.get(`conformance/${protocol}/${name}`)!),
  ]);
  const lines = [['case', ...asked.map(({protocol}) => protocol)], ...rows];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map(line => line[column]!.length)));
  const written = lines.map(line => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  return [written[0], `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`, ...written.slice(1)].join('\n');
}

function page(): string {
  return `# Conformance

What every platform's adapter and its skin on the sandbox have shown over real HTTP. \`n-a\`: the protocol has no such thing,
and the adapter's capability table says so; \`own-stock\` lies in the shop's own database, so what takes a wire or a platform
at its other end is \`n-a\` there. Written by \`npm run conformance -- --write\`.

${table()}
`;
}
