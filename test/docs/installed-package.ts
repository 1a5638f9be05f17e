import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {rollup} from 'rollup';
import {loadConfigFile} from 'rollup/loadConfigFile';

const {dependencies} = JSON.parse(readFileSync('package.json', 'utf8')) as {dependencies: Record<string, string>};

/** A developer's folder, outside of this repository, in which the package is installed. */
export interface Installation {
  readonly folder: string;
  /** Adds packages beside it, as `npm i` does. */
  install(...packages: readonly string[]): void;
  /** Puts a file into the folder; answers its path. */
  write(name: string, content: string): string;
  /** Runs Node in the folder; answers what it printed on its standard output. */
  node(...args: readonly string[]): string;
}

export interface BuiltPackage {
  /** A new folder with the package and what npm installs with it: its dependencies, no optional peers. */
  install(): Installation;
  remove(): void;
}

/** Builds the package, its types apart, into a temporary folder: dist/ may be older than the sources. */
export async function buildPackage(): Promise<BuiltPackage> {
  const root = mkdtempSync(join(tmpdir(), 'keystall-package-'));
  const built = join(root, 'package');
  const {options} = await loadConfigFile(resolve('rollup.config.mjs'), {configOnly: 'npm'});
  for (const {output, ...input} of options) {
    const bundle = await rollup(input);
    for (const each of [output].flat()) await bundle.write({...each, dir: join(built, 'dist'), sourcemap: false});
    await bundle.close();
  }
  cpSync('package.json', join(built, 'package.json'));

  let count = 0;
  return {
    install() {
      const folder = join(root, `developer-${++count}`);
      cpSync(built, join(folder, 'node_modules/keystall'), {recursive: true});
      writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
      const installation = installationIn(folder);
      installation.install(...Object.keys(dependencies));
      return installation;
    },
    remove: () => rmSync(root, {recursive: true}),
  };
}

function installationIn(folder: string): Installation {
  return {
    folder,
    install(...packages) {
      for (const name of packages) {
        const place = join(folder, 'node_modules', name);
        mkdirSync(dirname(place), {recursive: true});
        symlinkSync(resolve('node_modules', name), place, 'junction');
      }
    },
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    node(...args) {
      const {status, stdout, stderr} = spawnSync(process.execPath, args, {cwd: folder, encoding: 'utf8'});
      if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
      return stdout;
    },
  };
}
