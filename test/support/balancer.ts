import {Agent, createServer, request as requestOf, type IncomingMessage, type ServerResponse} from 'node:http';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';

/** A load balancer in front of servers that come and go: each request to the next one, whether or not it is there. */
export interface Balancer {
  readonly url: string;
  /** Addresses of the servers. */
  servers: readonly string[];
  close(): void;
}

/** What concerns only the connection that a request came by. */
const ofOneConnection = ['host', 'connection', 'keep-alive', 'transfer-encoding'];

/**
 * Answers pass through as they come, event streams too. Whoever is not answered asks again, as buyers and platforms do:
 * what a dead server was asked is not sent twice here.
 */
export async function startBalancer(): Promise<Balancer> {
  let turn = 0;
  // Less than the servers keep a silent connection, or a request would run into one that is being closed.
  const agent = new Agent({keepAlive: true, timeout: 3000});
  const http = createServer(forward);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const balancer: Balancer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    servers: [],
    close() {
      http.close();
      http.closeAllConnections();
      agent.destroy();
    },
  };
  return balancer;

  function forward(request: IncomingMessage, response: ServerResponse): void {
    const {method, url = '/'} = request;
    const server = balancer.servers[turn++ % balancer.servers.length]!;
    const onward = requestOf(new URL(url, server), {method, headers: withoutConnection(request), agent});
    onward.on('response', answer => {
      response.writeHead(answer.statusCode!, withoutConnection(answer));
      answer.pipe(response);
      // The server died in the middle: who asked must not take the half for the whole.
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}

function withoutConnection({headersDistinct}: IncomingMessage): NodeJS.Dict<string[]> {
  return Object.fromEntries(Object.entries(headersDistinct).filter(([name]) => !ofOneConnection.includes(name)));
}
