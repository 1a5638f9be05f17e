import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {describe, it} from 'node:test';
import typescript from 'typescript';

const {dependencies, peerDependencies, peerDependenciesMeta, devDependencies} = JSON.parse(
  readFileSync('package.json', 'utf8'),
) as Record<string, Record<string, unknown>>;

/** The npm packages that these sources import, as code or as types. */
function importedBy(...globs: string[]): string[] {
  const specifiers = globSync(globs).flatMap(path =>
    typescript.preProcessFile(readFileSync(path, 'utf8')).importedFiles.map(({fileName}) => fileName),
  );
  const names = specifiers
    .filter(specifier => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map(specifier =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(names)].sort();
}

const importedByPages = importedBy(
  'src/*.ts',
  'src/{domain,contract,client,store}/**/*.ts',
  'components/{shared,storefront,cdn}/**/*.ts',
);
const importedByServers = importedBy('src/{server,upstreams,sandbox,mocks}/**/*.ts');

describe('package.json', () => {
  it('has a page install everything that it imports', () => {
    const absent = importedByPages.filter(name => !(name in dependencies!));
    assert.deepEqual(absent, []);
  });

  it('has a page install nothing else', () => {
    const superfluous = Object.keys(dependencies!).filter(name => !importedByPages.includes(name));
    assert.deepEqual(superfluous, []);
  });

  it('names as optional peers what only server, platforms and mocks import', () => {
    const absent = importedByServers.filter(name => !(name in dependencies!) && !(name in peerDependencies!));
    assert.deepEqual(absent, []);
    assert.deepEqual(Object.keys(peerDependenciesMeta!), Object.keys(peerDependencies!));
  });

  it('asks for the versions of peers that the tests run with', () => {
    for (const [name, range] of Object.entries(peerDependencies!)) assert.equal(devDependencies![name], range);
  });
});
