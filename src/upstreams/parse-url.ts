/** The address, or `undefined` when it is none. `URL.parse` says the same, but is younger than the oldest browsers supported. */
export function parseUrl(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}
