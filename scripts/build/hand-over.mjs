import {posix} from 'node:path';

/**
 * Rollup plugin for a build of one entry with chunks that load on demand: hands a chunk what it uses of the entry, where
 * the chunk would import the entry otherwise. An import names a file by its address, so a page that loads the entry under
 * another one (`keystall.bundle.js?v=2`) would run it twice, with two carts.
 *
 * The chunk becomes one function, called with what it needs and run at most once.
 */
export function handOver() {
  return {
    name: 'hand-over',
    renderChunk(code, chunk, _options, {chunks}) {
      const entries = Object.values(chunks).filter(({isEntry}) => isEntry);
      if (entries.length !== 1) this.error(`hand-over knows builds of one entry, not of ${entries.length}.`);
      const [entry] = entries;
      const fail = reason => this.error(`hand-over: ${chunk.name} ${reason}`);
      const program = this.parse(code);
      const edits = chunk.isEntry
        ? editsOfEntry(program, code, {entry, chunks, kept: this.getModuleInfo(entry.facadeModuleId).exports, fail})
        : editsOfChunk(program, {chunk, entry, chunks, fail});
      // Every edit stays within its line, so the source map holds but for columns.
      return edits.length === 0 ? null : {code: applied(edits, code), map: null};
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        file.imports = file.imports.filter(name => !bundle[name]?.isEntry);
      }
    },
  };
}

/** A chunk that needs nothing of the entry is left alone. */
function editsOfChunk({body, end}, {chunk, entry, chunks, fail}) {
  const given = body.filter(node => node.type === 'ImportDeclaration' && importsFile(node, chunk, entry.fileName));
  if (given.length === 0) return [];
  const beside = body.find(node => node.type === 'ImportDeclaration' && !given.includes(node));
  if (beside) fail(`shares a module with another chunk (${beside.source.value}): import it in the entry as well.`);
  const importer = Object.values(chunks).find(
    ({isEntry, dynamicImports}) => !isEntry && dynamicImports.includes(chunk.fileName),
  );
  if (importer) fail(`is loaded by the chunk ${importer.name}, which cannot hand it anything of the entry.`);

  const exported = body.filter(node => node.type === 'ExportNamedDeclaration');
  if (exported.some(node => node.declaration || node.source)) fail('exports in a way that hand-over does not know.');
  const parameters = given
    .flatMap(node => node.specifiers)
    .map(({imported, local}) => `${imported.name}: ${local.name}`);
  const results = exported
    .flatMap(node => node.specifiers)
    .map(({exported, local}) => `${exported.name}: ${local.name}`);
  const opening = `let made; export default given => made ??= make(given); function make({${parameters.join(', ')}}) {`;
  return [
    ...given.map((node, index) => ({...node, text: index === 0 ? opening : ''})),
    ...exported.map(node => ({...node, text: ''})),
    {start: end, end, text: `return {${results.join(', ')}}; }`},
  ];
}

/** What the entry exports for its chunks' sake goes with the call that loads a chunk instead; `kept` is for the page. */
function editsOfEntry(program, code, {entry, chunks, kept, fail}) {
  const exported = program.body.filter(node => node.type === 'ExportNamedDeclaration');
  const localNames = new Map(
    exported.flatMap(node => node.specifiers.map(({exported, local}) => [exported.name, local.name])),
  );
  const loads = found(program, node => node.type === 'ImportExpression').flatMap(node => {
    const chunk = Object.values(chunks).find(({fileName}) => importsFile(node, entry, fileName));
    const needed = chunk?.importedBindings[entry.fileName];
    if (needed === undefined) return [];
    const given = needed.map(name => `${name}: ${localNames.get(name) ?? fail(`does not hold ${name}.`)}`);
    const call = `.then(({default: make}) => make({${given.join(', ')}}))`;
    return [{start: node.start, end: node.end, text: code.slice(node.start, node.end) + call}];
  });
  const own = kept.map(name => `${localNames.get(name) ?? fail(`does not export ${name}.`)} as ${name}`);
  const remaining = own.length > 0 ? `export {${own.join(', ')}};` : '';
  return [...exported.map((node, index) => ({...node, text: index === 0 ? remaining : ''})), ...loads];
}

const importsFile = ({source}, {fileName}, imported) =>
  posix.join(posix.dirname(fileName), String(source.value)) === imported;

function found(node, wanted) {
  const inside = Object.values(node)
    .flat()
    .filter(child => child?.type !== undefined)
    .flatMap(child => found(child, wanted));
  return wanted(node) ? [node, ...inside] : inside;
}

function applied(edits, code) {
  let result = '';
  let done = 0;
  for (const {start, end, text} of edits.toSorted((left, right) => left.start - right.start)) {
    result += code.slice(done, start) + text;
    done = end;
  }
  return result + code.slice(done);
}
