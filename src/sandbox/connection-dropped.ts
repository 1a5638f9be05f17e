/**
 * Thrown by a sandbox handler where a real platform would cut the connection without an answer. Inside a page it makes
 * `fetch` reject; the Node process destroys the socket.
 */
export class ConnectionDropped extends Error {
  override readonly name = 'ConnectionDropped';

  constructor(endpoint: string) {
    super(`The sandbox cut the connection of "${endpoint}", as an armed fault asked for.`);
  }
}

export function isConnectionDropped(value: unknown): value is ConnectionDropped {
  return value instanceof ConnectionDropped;
}
