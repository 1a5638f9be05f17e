import {elementOf} from './chunk-list.mjs';

/**
 * For rollup's `manualChunks`: puts what at least half of the elements need into one chunk, "core". Left alone, rollup
 * makes a chunk for every combination of elements that share something, and a page asks for a dozen tiny files.
 */
export function coreChunk() {
  let core;
  return (id, {getModuleIds, getModuleInfo}) => {
    core ??= sharedByMost([...getModuleIds()].filter(elementOf), getModuleInfo);
    return core.has(id) ? 'core' : undefined;
  };
}

function sharedByMost(elements, getModuleInfo) {
  const users = new Map();
  for (const element of elements) {
    const reached = new Set();
    const visit = id => {
      if (reached.has(id)) return;
      reached.add(id);
      getModuleInfo(id).importedIds.forEach(visit);
    };
    visit(element);
    for (const id of reached) users.set(id, (users.get(id) ?? 0) + 1);
  }
  return new Set([...users].filter(([, count]) => count >= elements.length / 2).map(([id]) => id));
}
