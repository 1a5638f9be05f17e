import {globSync, readFileSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {createManifest} from './manifest/manifest.mjs';

const moduleScript = /(<script\b[^>]*\bsrc=")([^"]+)\.(tsx?)(")/g;

/** The pages of demo/ and, through their `<script type="module" src="./x.ts">`, the modules to build for them. */
export function demoEntries(root = process.cwd()) {
  const entries = {};
  for (const page of globSync('demo/**/*.html', {cwd: root})) {
    for (const [, , name, extension] of readFileSync(`${root}/${page}`, 'utf8').matchAll(moduleScript)) {
      const path = new URL(name, `file:///${page}`).pathname.slice(1);
      entries[path.slice('demo/'.length)] = `${path}.${extension}`;
    }
  }
  return entries;
}

/**
 * Rollup plugin: puts everything of demo/ that is not TypeScript beside the built modules, and with it the mocks' worker
 * and the manifest that the gallery reads.
 */
export function demoPages(root = process.cwd()) {
  return {
    name: 'demo-pages',
    buildStart() {
      for (const file of globSync('demo/**/*', {cwd: root})) this.addWatchFile(`${root}/${file}`);
    },
    async generateBundle() {
      for (const file of globSync('demo/**/*', {cwd: root})) {
        if (/\.tsx?$/.test(file) || !statSync(`${root}/${file}`).isFile()) continue;
        const content = readFileSync(`${root}/${file}`);
        this.emitFile({
          type: 'asset',
          fileName: file.replaceAll('\\', '/').slice('demo/'.length),
          source: file.endsWith('.html') ? content.toString('utf8').replace(moduleScript, '$1$2.js$4') : content,
        });
      }
      const manifest = JSON.stringify(await createManifest());
      this.emitFile({type: 'asset', fileName: 'custom-elements.json', source: manifest});
      // The worker must be of the same version as the msw in the bundle, so it comes from the package.
      const worker = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');
      this.emitFile({type: 'asset', fileName: 'mockServiceWorker.js', source: readFileSync(worker)});
    },
  };
}
