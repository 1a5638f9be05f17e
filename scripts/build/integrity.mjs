import {createHash} from 'node:crypto';
import {copyFileSync, globSync, readFileSync, writeFileSync} from 'node:fs';
import {basename} from 'node:path';

/** The scripts that pages name; everything else they load themselves, by names that carry a hash. */
const entries = ['keystall.js', 'keystall.bundle.js'];

/**
 * For pages that pin what they load: a copy of each entry under a name that changes with its content, such as
 * `keystall-3f2a9c1d.js`, and integrity.json, the hash of every script as `integrity` attributes and import maps take it.
 */
export function writeIntegrity(folder) {
  const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
  const pinned = Object.fromEntries(
    entries.map(entry => {
      const content = readFileSync(`${folder}/${entry}`);
      const name = entry.replace(/\.js$/, `-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.js`);
      copyFileSync(`${folder}/${entry}`, `${folder}/${name}`);
      return [entry, name];
    }),
  );
  const scripts = [
    ...Object.values(pinned),
    ...globSync('chunks/*.js', {cwd: folder}).map(path => `chunks/${basename(path)}`),
  ];
  const integrity = Object.fromEntries(scripts.sort().map(path => [path, hashOf(readFileSync(`${folder}/${path}`))]));
  writeFileSync(`${folder}/integrity.json`, `${JSON.stringify({version, pinned, integrity}, null, 2)}\n`);
}

const hashOf = content => `sha384-${createHash('sha384').update(content).digest('base64')}`;
