import {parse} from 'acorn';
import {oldestSyntax} from './oldest-browsers.mjs';

/**
 * Rollup plugin: fails the build where a page could not run what was built. The syntax must be one that the oldest
 * supported browsers know, a strict CSP must let it run, nothing of Node may be left, and no chunk may import an entry
 * (a page that loads the entry under another address, `keystall.js?v=2`, would run it twice).
 */
export function checkOutput() {
  return {
    name: 'check-output',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk');
      const entries = new Set(chunks.filter(chunk => chunk.isEntry).map(chunk => chunk.fileName));
      for (const chunk of chunks) {
        try {
          parse(chunk.code, {ecmaVersion: oldestSyntax, sourceType: 'module'});
        } catch (cause) {
          this.error(`${chunk.fileName} is not ES${oldestSyntax}, which the oldest supported browsers need: ${cause}`);
        }
        const forbidden = /\bprocess\.env\b|\bnew Function\(|\beval\(|\brequire\(/.exec(chunk.code);
        if (forbidden)
          this.error(`${chunk.fileName} holds "${forbidden[0]}", which fails in a page under a strict CSP.`);
        const entry = chunk.imports.find(name => entries.has(name));
        if (entry) this.error(`${chunk.fileName} imports the entry ${entry}: move what they share into a chunk.`);
      }
    },
  };
}
