import {readFileSync} from 'node:fs';
import {posix, resolve} from 'node:path';

const inner = '.unchecked.js';

/**
 * Rollup plugin: where a package is missing that npm does not install with ours (an optional peer), importing the entry
 * names all of those it needs in one message, where Node would name the first one only.
 *
 * A missing import is found before any code runs, so the entry becomes two files: one that imports the other and knows
 * what a failure means. That takes a top-level await, which pages built for older browsers cannot have: use it for
 * entries that run in Node and the like.
 *
 * @param {Readonly<Record<string, string>>} entries what people import → its source file
 */
export function namedPeers(entries) {
  const {peerDependencies} = JSON.parse(readFileSync('package.json', 'utf8'));
  const wrapped = new Map(Object.entries(entries).map(([name, source]) => [resolve(source), name]));

  return {
    name: 'named-peers',
    outputOptions: options => ({
      ...options,
      entryFileNames: ({facadeModuleId}) => (wrapped.has(facadeModuleId) ? `[name]${inner}` : '[name].js'),
    }),
    generateBundle(_, bundle) {
      for (const {facadeModuleId, fileName, exports} of Object.values(bundle)) {
        const name = wrapped.get(facadeModuleId);
        if (name === undefined) continue;
        const peers = externalPackages(facadeModuleId, id => this.getModuleInfo(id)).filter(
          each => each in peerDependencies,
        );
        this.emitFile({
          type: 'asset',
          fileName: fileName.replace(inner, '.js'),
          source: entrySource(name, posix.basename(fileName), exports, peers),
        });
      }
    },
  };
}

/** The packages that a module needs: what it imports, at once or later, and what its imports import. */
function externalPackages(entry, infoOf) {
  const seen = new Set([entry]);
  const packages = new Set();
  for (const id of seen) {
    const {isExternal, importedIds, dynamicallyImportedIds} = infoOf(id);
    if (isExternal) packages.add(/^(@[^/]+\/)?[^/]+/.exec(id)[0]);
    else for (const imported of [...importedIds, ...dynamicallyImportedIds]) seen.add(imported);
  }
  return [...packages].sort();
}

function entrySource(name, innerFile, exports, peers) {
  return `const peers = ${JSON.stringify(peers)};

function explained(error) {
  const missing = peers.find(peer => error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(\`'\${peer}'\`));
  if (missing === undefined) return error;
  const message = \`${name} needs packages that are not installed with keystall, and "\${missing}" is missing. Install them all: npm i \${peers.join(' ')}\`;
  return Object.assign(new Error(message, {cause: error}), {code: error.code});
}

export const {${exports.join(', ')}} = await import('./${innerFile}').catch(error => {
  throw explained(error);
});
`;
}
