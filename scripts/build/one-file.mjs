/** What the one-file bundle leaves out until it is needed: see docs/decisions/0007-one-file-and-what-it-leaves-out.md. */
const onDemand = [
  /\/product(-choice)?\/define\.ts$/,
  /\/define-finding\.ts$/,
  /\/window-controller\.ts$/,
  /\/coupon-field\/define\.ts$/,
  /\/page\/when-asked\.ts$/,
  /\/lean-qr\//,
  /\/languages\//,
];

/** The same, and loaded together: one file for all that comes after a purchase. */
const afterSales = [
  /\/(key-reveal|order|order-list|order-lookup|ticket)\/define\.ts$/,
  /\/store\/tickets\.ts$/,
  /\/client\/ticket-calls\.ts$/,
];

/** The same: all that comes after the cart. */
const buying = [/\/store\/buying\.ts$/, /\/client\/order-calls\.ts$/];

/**
 * For rollup's `manualChunks`: the entry holds everything, what it imports on demand included, but for the modules that
 * are to be loaded when they are needed. What two of those chunks need is in the entry, too: chunks cannot share any.
 */
export function oneFile() {
  let chunks;
  return (id, {getModuleIds, getModuleInfo}) => {
    chunks ??= chunksOf([...getModuleIds()], getModuleInfo);
    return chunks.get(id);
  };
}

function chunksOf(ids, getModuleInfo) {
  const left = [...onDemand, ...afterSales, ...buying];
  const reached = (patterns, without = left) => {
    const starts = ids.filter(id => patterns.some(pattern => pattern.test(id)));
    return reachedBy(starts, without, getModuleInfo);
  };
  const held = reachedBy(
    ids.filter(id => getModuleInfo(id).isEntry),
    left,
    getModuleInfo,
  );
  const parts = {
    'after-sales': reached(afterSales, [...onDemand, ...buying]),
    // The dialog and the page that show one product share most of their code.
    product: reached([onDemand[0]]),
    buying: reached(buying),
  };
  return new Map(
    ids.map(id => {
      const names = Object.keys(parts).filter(name => parts[name].has(id));
      return [id, held.has(id) || names.length > 1 ? 'all' : names[0]];
    }),
  );
}

function reachedBy(ids, without, getModuleInfo) {
  const reached = new Set();
  const visit = id => {
    if (reached.has(id)) return;
    reached.add(id);
    const {importedIds, dynamicallyImportedIds} = getModuleInfo(id);
    importedIds.forEach(visit);
    dynamicallyImportedIds.filter(imported => !without.some(pattern => pattern.test(imported))).forEach(visit);
  };
  ids.forEach(visit);
  return reached;
}
