import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

interface LockedPackage {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {packages: Record<string, LockedPackage>};
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;

/** The folders in which Node looks for a package that `path` imports, nearest first. */
function placesFor(name: string, path: string): string[] {
  const parents = path
    .split('/node_modules/')
    .map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return [...parents.reverse().map(parent => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}

describe('package-lock.json', () => {
  it('belongs to package.json', () => {
    const locked = lock.packages[''] as unknown as typeof manifest;
    for (const kind of ['dependencies', 'devDependencies', 'peerDependencies']) {
      assert.deepEqual(locked[kind], manifest[kind]);
    }
  });

  it('holds the optional packages of every platform; without them "npm ci" refuses it', () => {
    const absent = Object.entries(lock.packages).flatMap(([path, {optionalDependencies = {}}]) =>
      Object.keys(optionalDependencies)
        .filter(name => !placesFor(name, path).some(place => place in lock.packages))
        .map(name => `${name}, wanted by ${path}: choose a version of it that is published for every platform`),
    );
    assert.deepEqual(absent, []);
  });

  it("names no registry, so that everyone's own is used", () => {
    const entries = Object.entries(lock.packages).filter(([, {resolved}]) => resolved?.startsWith('http'));
    assert.deepEqual(entries, []);
  });
});
