import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {getRequestListener} from '@hono/node-server';
import {RESPONSE_ALREADY_SENT} from '@hono/node-server/utils/response';
import {isConnectionDropped} from '../connection-dropped.ts';
import type {Sandbox} from '../sandbox.ts';

const lastPort = 65_535;

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** A busy port is an error instead of a reason to take the next. */
  readonly isFixed: boolean;
}

export interface ServedSandbox {
  readonly url: string;
  close(): void;
}

/** Serves a sandbox over HTTP; a dropped connection destroys the socket without a byte of an answer. */
export async function serveSandbox(sandbox: Sandbox, options: ServeOptions): Promise<ServedSandbox> {
  const server = createServer((incoming, outgoing) => void answer(sandbox, incoming, outgoing));
  await listen(server, options);
  const {port} = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(sandbox: Sandbox, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const listener = getRequestListener(
    async request => {
      try {
        await send(await sandbox.fetch(request), outgoing);
      } catch (error) {
        if (!isConnectionDropped(error)) console.error(error);
        incoming.socket.destroy();
      }
      return RESPONSE_ALREADY_SENT;
    },
    {overrideGlobalObjects: false},
  );
  await listener(incoming, outgoing);
}

/** Byte by byte as the answer says, and no more once it breaks: a listener of a framework would mend it. */
async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  for await (const chunk of response.body ?? []) {
    // Each is on its way before the next is asked for, so that what breaks then breaks after it.
    const isHeard = await new Promise<boolean>(resolve => outgoing.write(chunk, error => resolve(!error)));
    if (!isHeard) return;
  }
  outgoing.end();
}

async function listen(server: Server, {host, port, isFixed}: ServeOptions): Promise<void> {
  for (let candidate = port; candidate <= lastPort; candidate += 1) {
    const isFree = await new Promise<boolean>((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException): void => {
        if (error.code === 'EADDRINUSE' && !isFixed && port !== 0) resolve(false);
        else reject(error);
      };
      server.once('error', onError);
      server.listen(candidate, host, () => {
        server.off('error', onError);
        resolve(true);
      });
    });
    if (isFree) return;
  }
  throw new Error(`No port from ${port} to ${lastPort} is free on ${host}.`);
}
