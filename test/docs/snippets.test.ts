import assert from 'node:assert/strict';
import {globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {codeBlocks, type CodeBlock} from './markdown.ts';

/** Where TypeScript finds what `exports` of package.json names: in the sources, which need no build. */
function sourcePaths(): Record<string, string[]> {
  const {exports} = JSON.parse(readFileSync('package.json', 'utf8')) as {exports: Record<string, string>};
  const folders = globSync('components/storefront/*/define.ts').map(path => basename(dirname(path)));
  const modules = Object.entries(exports)
    .filter(([, target]) => target.endsWith('.js'))
    .flatMap(([name, target]) => {
      if (!name.includes('*')) return [[name, target] as const];
      return folders.map(folder => [name.replace('*', folder), target.replaceAll('*', folder)] as const);
    });
  return Object.fromEntries(
    modules.map(([name, target]) => [
      name.replace('.', 'keystall'),
      [resolve(target.replace('./dist/', '').replace(/\.js$/, '.ts'))],
    ]),
  );
}

/** What the type checker says about pieces of TypeScript that import the package; nothing if they are right. */
function mistakesIn(snippets: readonly CodeBlock[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'keystall-snippets-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    const files = snippets.map(({language}, index) => join(folder, `snippet-${index + 1}.${language}`));
    for (const [index, file] of files.entries()) writeFileSync(file, snippets[index]!.text);
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
      .map(({messageText, file}) => `${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${file?.text ?? ''}`);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

describe('the snippets of the guides', () => {
  it('have the right types', () => {
    const guides = globSync('docs/**/*.md', {exclude: ['docs/decisions/**']});
    const snippets = guides.flatMap(path => codeBlocks(path)).filter(({language}) => /^tsx?$/.test(language));
    assert.ok(snippets.length > 5);
    assert.deepEqual(mistakesIn(snippets), []);
  });
});

describe('the snippets of the README', () => {
  it('have the right types', () => {
    assert.deepEqual(mistakesIn(codeBlocks('README.md', 'ts')), []);
  });

  it('would be found out if their types were wrong', () => {
    const [first] = codeBlocks('README.md', 'ts');
    assert.notDeepEqual(mistakesIn([{...first!, text: first!.text.replace('address:', 'adress:')}]), []);
  });

  it('are the three lines of the page with which the flow tests buy', () => {
    const trimmed = (text: string) => text.trim().replaceAll(/^ +/gm, '');
    const [lines, ...more] = codeBlocks('README.md', 'html');
    assert.deepEqual(more, []);
    assert.equal(trimmed(lines!.text).split('\n').length, 3);
    assert.ok(trimmed(readFileSync('demo/host/merchant.html', 'utf8')).includes(trimmed(lines!.text)));
  });
});
