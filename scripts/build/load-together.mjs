/**
 * Rollup plugin: where code imports a chunk on demand, it asks for everything that chunk needs in the same moment, so
 * that a page waits for one round trip to the server instead of one per level of imports.
 */
export function loadTogether() {
  return {
    name: 'load-together',
    renderDynamicImport({chunk, getTargetChunkImports}) {
      const needed = (getTargetChunkImports() ?? []).filter(
        ({type, fileName}) => type === 'internal' && !chunk.imports?.includes(fileName),
      );
      if (needed.length === 0) return null;
      const imports = needed.map(({resolvedImportPath}) => `import(${resolvedImportPath})`);
      return {left: 'Promise.all([import(', right: `),${imports.join()}]).then(([wanted]) => wanted)`};
    },
  };
}
