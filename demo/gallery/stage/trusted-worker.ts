interface PolicyFactory {
  createPolicy(name: string, rules: {createScriptURL(url: string): string}): unknown;
}

/**
 * Under Trusted Types the page's policy has to agree to the address of a service worker; the mocks hand theirs over as
 * plain text. Nothing else that runs code is let through.
 */
export function trustWorker(address: string): void {
  const {trustedTypes} = globalThis as {trustedTypes?: PolicyFactory};
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      if (fileOf(url) === fileOf(address)) return url;
      throw new TypeError(`"${url}" is not the worker of the mocks.`);
    },
  });
}

/** Without the query, by which each page has a worker of its own. */
function fileOf(address: string): string {
  const {origin, pathname} = new URL(address, location.href);
  return origin + pathname;
}
