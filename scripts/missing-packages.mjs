/**
 * Compares a lockfile with what npm recorded as installed.
 *
 * @param {{packages: Record<string, {version?: string, optional?: boolean, link?: boolean}>}} lock package-lock.json
 * @param {{packages: Record<string, {version?: string}>} | undefined} installed node_modules/.package-lock.json, or
 *   undefined where nothing is installed
 * @returns {string[]} the paths of packages that are absent or of another version; an absent optional package does
 *   not count, it belongs to another platform
 */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .filter(([path, wanted]) => {
      const present = installed?.packages[path];
      if (present === undefined) return !(wanted.optional && installed !== undefined);
      return present.version !== wanted.version;
    })
    .map(([path]) => path);
}
