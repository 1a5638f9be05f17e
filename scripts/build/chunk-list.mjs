/**
 * Rollup plugin: writes chunks.json, which says for every script what it imports at once and what on demand:
 * `{"chunks/cart-1a2b3c4d.js": {"name": "cart", "imports": ["chunks/core-….js"], "dynamicImports": []}}`.
 */
export function chunkList() {
  return {
    name: 'chunk-list',
    generateBundle(_options, bundle) {
      const list = {};
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const {fileName, imports, dynamicImports} = file;
        const name = fileName.replace(/^chunks\//, '').replace(/(-[\w-]{8})?\.js$/, '');
        list[fileName] = {name, imports, dynamicImports};
      }
      this.emitFile({type: 'asset', fileName: 'chunks.json', source: `${JSON.stringify(list, null, 2)}\n`});
    },
  };
}
