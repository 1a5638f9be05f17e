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
      if (new URL(url, location.href).href === new URL(address, location.href).href) return url;
      throw new TypeError(`"${url}" is not the worker of the mocks.`);
    },
  });
}
