/** What nearly every chunk needs. */
const core = /\/core-[^/]*$/;

/** What registers an element: nobody uses what such a module exports, which is nothing. */
const definition = /\/define\.ts$/;

/**
 * Rollup plugin: where code imports a chunk on demand, it asks for everything that chunk needs in the same moment, so
 * that a page waits for one round trip to the server instead of one per level of imports.
 */
export function loadTogether() {
  /** By the importing chunk: where it finds the core. */
  const cores = new Map();
  return {
    name: 'load-together',
    renderDynamicImport({chunk, getTargetChunkImports, targetModuleId}) {
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
      const name = definition.test(targetModuleId ?? '') ? 'loadElement$' : 'loadTogether$';
      return {left: `${name}(import(`, right: `)${others.join('')})`};
    },
    renderChunk(code, {fileName}) {
      if (!/load(Together|Element)\$\(/.test(code)) return null;
      const all = cores.has(fileName) ? `[...wanted, import(${cores.get(fileName)})]` : 'wanted';
      // At the end, where it moves nothing that the source map knows.
      const helper = `function loadTogether$(...wanted) { return Promise.all(${all}).then(([first]) => first); }`;
      const lean = code.replaceAll(
        /loadElement(\$\([^;]*?\)\))(\.then\(function \(n\) \{ return n\.\w+; \}\))?/g,
        'loadTogether$1',
      );
      return {code: `${lean}\n${helper}\n`, map: null};
    },
  };
}
