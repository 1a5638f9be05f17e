/** The element that a module registers, e.g. `product-grid`; undefined for every other module. */
export const elementOf = moduleId => /\/storefront\/([^/]+)\/define\.ts$/.exec(moduleId)?.[1];

/** The words that a module holds, as part and language, e.g. `browse.zh-cn`; undefined for every other module. */
const wordsOf = moduleId => /\/languages\/([a-z]+\.[a-z-]+)\.ts$/.exec(moduleId)?.[1];

/**
 * Rollup plugin: writes chunks.json, which says for every script which elements it registers or which words it holds,
 * what it imports at once and what on demand: `{"chunks/cart-1a2b3c4d.js": {"elements": ["cart"], "imports":
 * ["chunks/core-….js"], …}}`.
 */
export function chunkList() {
  return {
    name: 'chunk-list',
    generateBundle(_options, bundle) {
      const list = {};
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const elements = file.moduleIds.map(elementOf).filter(element => element !== undefined);
        const words = file.moduleIds.map(wordsOf).find(found => found !== undefined);
        list[file.fileName] = {elements, words, imports: file.imports, dynamicImports: file.dynamicImports};
      }
      this.emitFile({type: 'asset', fileName: 'chunks.json', source: `${JSON.stringify(list, null, 2)}\n`});
    },
  };
}
