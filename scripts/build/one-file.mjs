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

/**
 * For rollup's `manualChunks`: the entry holds everything, what it imports on demand included, but for the modules that
 * are to be loaded when they are needed.
 */
export function oneFile() {
  let held;
  let afterwards;
  let product;
  return (id, {getModuleIds, getModuleInfo}) => {
    if (!held) {
      const ids = [...getModuleIds()];
      const entries = ids.filter(candidate => getModuleInfo(candidate).isEntry);
      held = reachedBy(entries, [...onDemand, ...afterSales], getModuleInfo);
      const later = ids.filter(candidate => afterSales.some(pattern => pattern.test(candidate)));
      afterwards = reachedBy(later, onDemand, getModuleInfo);
      // The dialog and the page that show one product share most of their code, and chunks cannot share any.
      const pages = ids.filter(candidate => onDemand[0].test(candidate));
      product = reachedBy(pages, [...onDemand, ...afterSales], getModuleInfo);
    }
    if (held.has(id)) return 'all';
    if (afterwards.has(id)) return 'after-sales';
    return product.has(id) ? 'product' : undefined;
  };
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
