/**
 * What the one-file bundle leaves out until it is needed, by the chunk that it is loaded with: see
 * docs/decisions/0007-one-file-and-what-it-leaves-out.md.
 */
const together = {
  // The dialog and the page that show one product share most of their code.
  product: [/\/product(-choice)?\/define\.ts$/],
  buying: [/\/store\/buying\.ts$/, /\/client\/order-calls\.ts$/],
  'after-sales': [
    /\/(key-reveal|order|order-list|order-lookup|ticket)\/define\.ts$/,
    /\/store\/tickets\.ts$/,
    /\/client\/ticket-calls\.ts$/,
  ],
};

/** The same, each in a chunk of its own. */
const alone = [
  /\/define-finding\.ts$/,
  /\/product-grid\/on-need\.ts$/,
  /\/store\/card-list\.ts$/,
  /\/take-over\.ts$/,
  /\/coupon-field\/define\.ts$/,
  /\/page\/when-asked\.ts$/,
  /\/client\/problem-errors\.ts$/,
  /\/drawn-cover\.ts$/,
  /\/lean-qr\//,
  /\/mount-stripe\.ts$/,
  /\/languages\//,
];

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
  const parts = [...Object.entries(together), ...alone.map(pattern => [undefined, [pattern]])];
  const later = parts.flatMap(([, patterns]) => patterns);
  const reached = isStart => reachedBy(ids.filter(isStart), later, getModuleInfo);
  const held = reached(id => getModuleInfo(id).isEntry);
  const reaches = parts.map(([name, patterns]) => ({
    name,
    modules: reached(id => patterns.some(pattern => pattern.test(id))),
  }));
  return new Map(
    ids.map(id => {
      const needing = reaches.filter(({modules}) => modules.has(id));
      return [id, held.has(id) || needing.length > 1 ? 'all' : needing[0]?.name];
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
