/** What the one-file bundle leaves out until it is needed: see docs/decisions/0007-one-file-and-what-it-leaves-out.md. */
const onDemand = [
  /\/product-choice\/define\.ts$/,
  /\/key-list\/define\.ts$/,
  /\/coupon-field\/define\.ts$/,
  /\/lean-qr\//,
  /\/languages\//,
];

/**
 * For rollup's `manualChunks`: the entry holds everything, what it imports on demand included, but for the modules that
 * are to be loaded when they are needed.
 */
export function oneFile() {
  let held;
  return (id, {getModuleIds, getModuleInfo}) => {
    held ??= reachedByEntries([...getModuleIds()], getModuleInfo);
    return held.has(id) ? 'all' : undefined;
  };
}

function reachedByEntries(ids, getModuleInfo) {
  const reached = new Set();
  const visit = id => {
    if (reached.has(id)) return;
    reached.add(id);
    const {importedIds, dynamicallyImportedIds} = getModuleInfo(id);
    importedIds.forEach(visit);
    dynamicallyImportedIds.filter(imported => !onDemand.some(pattern => pattern.test(imported))).forEach(visit);
  };
  ids.filter(id => getModuleInfo(id).isEntry).forEach(visit);
  return reached;
}
