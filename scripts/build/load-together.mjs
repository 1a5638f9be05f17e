/** What nearly every chunk needs, and what nearly every one that needs others as well does. */
const core = /\/core-[^/]*$/;
const store = /\/store-[^/]*$/;

/** What an element's code exports, where it came with other code: it registers the element, and nobody reads it. */
const unread = /^(\s*"ks-[a-z-]+": .*)\.then\(function \(n\) \{ return n\.\w+; \}\)/gm;

/**
 * Rollup plugin: where code imports a chunk on demand, it asks for everything that chunk needs in the same moment, so
 * that a page waits for one round trip to the server instead of one per level of imports.
 */
export function loadTogether() {
  /** By the importing chunk: where it finds them. */
  const [cores, stores] = [new Map(), new Map()];
  return {
    name: 'load-together',
    renderDynamicImport({chunk, getTargetChunkImports}) {
      const needed = (getTargetChunkImports() ?? [])
        .filter(
          ({type, fileName}) =>
            type === 'internal' && fileName !== chunk.fileName && !chunk.imports?.includes(fileName),
        )
        .map(({resolvedImportPath}) => resolvedImportPath);
      if (needed.length === 0) return null;
      const found = needed.find(path => core.test(path.slice(1, -1)));
      if (found) cores.set(chunk.fileName, found);
      let others = needed.filter(path => path !== found);
      const shop = others.find(path => store.test(path.slice(1, -1)));
      if (shop && others.length > 1) {
        stores.set(chunk.fileName, shop);
        others = others.filter(path => path !== shop);
      }
      return {left: 'loadTogether$(import(', right: `)${others.map(path => `,import(${path})`).join('')})`};
    },
    renderChunk(code, {fileName}) {
      const loads = code.replace(unread, '$1');
      if (!loads.includes('loadTogether$(')) return null;
      const all = [
        '...wanted',
        ...(cores.has(fileName) ? [`import(${cores.get(fileName)})`] : []),
        ...(stores.has(fileName) ? [`wanted[1] && import(${stores.get(fileName)})`] : []),
      ].join();
      // At the end, where it moves nothing that the source map knows.
      const helper = `function loadTogether$(...wanted) { return Promise.all([${all}]).then(([first]) => first); }`;
      return {code: `${loads}\n${helper}\n`, map: null};
    },
  };
}
