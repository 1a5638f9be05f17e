/** What nearly every chunk needs. */
const core = /\/core-[^/]*$/;

/**
 * Rollup plugin: where code imports a chunk on demand, it asks for everything that chunk needs in the same moment, so
 * that a page waits for one round trip to the server instead of one per level of imports.
 */
export function loadTogether() {
  /** By the importing chunk: where it finds the core. */
  const cores = new Map();
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
      const others = needed.filter(path => path !== found).map(path => `,import(${path})`);
      return {left: 'loadTogether$(import(', right: `)${others.join('')})`};
    },
    renderChunk(code, {fileName}) {
      if (!code.includes('loadTogether$(')) return null;
      const all = cores.has(fileName) ? `[...wanted, import(${cores.get(fileName)})]` : 'wanted';
      // At the end, where it moves nothing that the source map knows.
      const helper = `function loadTogether$(...wanted) { return Promise.all(${all}).then(([first]) => first); }`;
      return {code: `${code}\n${helper}\n`, map: null};
    },
  };
}
