import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {codeBlocks} from './markdown.ts';

/** Where TypeScript finds what `exports` of package.json names: in the sources, which need no build. */
function sourcePaths(): Record<string, string[]> {
  const {exports} = JSON.parse(readFileSync('package.json', 'utf8')) as {exports: Record<string, string>};
  const modules = Object.entries(exports).filter(([, target]) => target.endsWith('.js'));
  return Object.fromEntries(
    modules.map(([name, target]) => [
      name.replace('.', 'keystall'),
      [resolve(target.replace('./dist/', '').replace(/\.js$/, '.ts'))],
    ]),
  );
}

/** What the type checker says about a piece of TypeScript that imports the package; nothing if it is right. */
function mistakesIn(snippets: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'keystall-snippets-'));
  try {
    const files = snippets.map((_, index) => join(folder, `snippet-${index + 1}.mts`));
    for (const [index, file] of files.entries()) writeFileSync(file, snippets[index]!);
    const {config} = ts.readConfigFile('tsconfig.json', path => readFileSync(path, 'utf8')) as {config: object};
    const {options} = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
    const program = ts.createProgram(files, {
      ...options,
      // A snippet ends before it uses all it has.
      noUnusedLocals: false,
      paths: sourcePaths(),
      types: ['node'],
      typeRoots: [resolve('node_modules/@types')],
    });
    return files
      .map(file => program.getSourceFile(file)!)
      .flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
      .map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  } finally {
    rmSync(folder, {recursive: true});
  }
}

describe('the snippets of the README', () => {
  it('have the right types', () => {
    const snippets = codeBlocks('README.md', 'ts').map(({text}) => text);
    assert.deepEqual(mistakesIn(snippets), []);
  });

  it('would be found out if their types were wrong', () => {
    const [first] = codeBlocks('README.md', 'ts');
    assert.notDeepEqual(mistakesIn([first!.text.replace('address:', 'adress:')]), []);
  });

  it('are the three lines of the page with which the flow tests buy', () => {
    const trimmed = (text: string) => text.trim().replaceAll(/^ +/gm, '');
    const [lines, ...more] = codeBlocks('README.md', 'html');
    assert.deepEqual(more, []);
    assert.equal(trimmed(lines!.text).split('\n').length, 3);
    assert.ok(trimmed(readFileSync('demo/host/merchant.html', 'utf8')).includes(trimmed(lines!.text)));
  });
});
