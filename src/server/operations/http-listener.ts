import {Server as NodeServer} from 'node:http';
import {Server as NetServer} from 'node:net';
import {createAdaptorServer} from '@hono/node-server';
import type {Hono} from 'hono';
import {httpLimits} from './http-limits.ts';

export interface HttpListenerOptions {
  readonly app: Hono;
  readonly port: number;
  /** Says whether a service manager holds the socket (see {@link inheritedSocket}). */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface HttpListener {
  readonly port: number;
  /**
   * Takes no further connections and resolves when all are over; after `graceMs` they are cut. An answer tells its
   * connection to close, and a silent one is left to its own time: it may just be sending a request, which would be lost.
   */
  stop(graceMs: number): Promise<void>;
}

/** The first descriptor that systemd hands over, see sd_listen_fds(3). */
const firstInherited = 3;

export async function listenForHttp({app, port, environment}: HttpListenerOptions): Promise<HttpListener> {
  const http = createAdaptorServer({fetch: app.fetch, serverOptions: httpLimits});
  if (!(http instanceof NodeServer)) throw new TypeError('The HTTP server is not one of Node.');
  let isStopping = false;
  http.prependListener('request', (_request, response) => {
    if (isStopping) response.setHeader('Connection', 'close');
  });
  const {promise: listening, resolve, reject} = Promise.withResolvers<void>();
  http.once('error', reject);
  const inherited = inheritedSocket(environment);
  http.listen(inherited === undefined ? {port} : {fd: inherited}, resolve);
  await listening;
  const address = http.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async stop(graceMs) {
      isStopping = true;
      const {promise: closed, resolve: close} = Promise.withResolvers<void>();
      // Not that of HTTP, which would cut silent connections at once.
      NetServer.prototype.close.call(http, () => close());
      const grace = setTimeout(() => http.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(grace);
    },
  };
}

/**
 * The listening socket that a service manager opened and keeps: while one process ends and the next begins, connections
 * wait in it instead of being refused.
 */
function inheritedSocket({LISTEN_FDS, LISTEN_PID}: HttpListenerOptions['environment']): number | undefined {
  return LISTEN_PID === String(process.pid) && Number(LISTEN_FDS) >= 1 ? firstInherited : undefined;
}
