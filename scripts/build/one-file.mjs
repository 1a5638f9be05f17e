/** What the one-file bundle leaves out until it is needed: see docs/decisions/0007-one-file-and-what-it-leaves-out.md. */
const onDemand = [/\/product(-choice)?\/define\.ts$/, /\/lean-qr\//, /\/languages\//];

/**
 * For rollup's `manualChunks`: the entry holds everything, what it imports on demand included, but for the modules that
 * are to be loaded when they are needed. The dialog and the page that show one product share most of their code, and
 * chunks cannot share any: they are one.
 */
export function oneFile() {
  let held;
  let product;
  return (id, {getModuleIds, getModuleInfo}) => {
    const ids = [...getModuleIds()];
    held ??= reachedFrom(
      ids.filter(each => getModuleInfo(each).isEntry),
      getModuleInfo,
    );
    product ??= reachedFrom(
      ids.filter(each => onDemand[0].test(each)),
      getModuleInfo,
    );
    return held.has(id) ? 'all' : product.has(id) ? 'product' : undefined;
  };
}

function reachedFrom(ids, getModuleInfo) {
  const reached = new Set();
  const visit = id => {
    if (reached.has(id)) return;
    reached.add(id);
    const {importedIds, dynamicallyImportedIds} = getModuleInfo(id);
    importedIds.forEach(visit);
    dynamicallyImportedIds.filter(imported => !onDemand.some(pattern => pattern.test(imported))).forEach(visit);
  };
  ids.forEach(visit);
  return reached;
}
