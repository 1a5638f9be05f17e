import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {missingPackages} from '../../scripts/missing-packages.mjs';

const lock = {
  packages: {
    '': {version: '0.1.0'},
    'node_modules/lit': {version: '3.3.3'},
    'node_modules/only-on-windows': {version: '1.0.0', optional: true},
  },
};

describe('missingPackages', () => {
  it('names nothing where everything is installed, optional packages of other platforms aside', () => {
    assert.deepEqual(missingPackages(lock, {packages: {'node_modules/lit': {version: '3.3.3'}}}), []);
  });

  it('names a package of another version', () => {
    assert.deepEqual(missingPackages(lock, {packages: {'node_modules/lit': {version: '3.3.2'}}}), ['node_modules/lit']);
  });

  it('names an optional package of another version', () => {
    const packages = {'node_modules/lit': {version: '3.3.3'}, 'node_modules/only-on-windows': {version: '0.9.0'}};
    assert.deepEqual(missingPackages(lock, {packages}), ['node_modules/only-on-windows']);
  });

  it('names an absent package', () => {
    assert.deepEqual(missingPackages(lock, {packages: {}}), ['node_modules/lit']);
  });

  it('names everything where nothing is installed', () => {
    assert.deepEqual(missingPackages(lock, undefined), ['node_modules/lit', 'node_modules/only-on-windows']);
  });
});
