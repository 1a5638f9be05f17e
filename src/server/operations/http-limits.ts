/** What one connection may take of the process: bytes of headers, and milliseconds. Answers may take as long as they like. */
export const httpLimits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  /**
   * How long a silent connection is kept. Node says it to clients; a proxy that keeps connections must let go of them
   * sooner, or it sends a request into one that is just being closed.
   */
  keepAliveTimeout: 5_000,
  /** How often Node looks for those who are too slow; unsaid, half a minute later. */
  connectionsCheckingInterval: 5_000,
} as const;
