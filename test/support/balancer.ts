import {createServer, type IncomingMessage} from 'node:http';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';

/** A load balancer in front of servers that come and go: each request to the next one, or to another where that is gone. */
export interface Balancer {
  readonly url: string;
  /** Addresses of the servers. */
  servers: readonly string[];
  close(): void;
}

/** What concerns only the connection that a request came by. */
const ofOneConnection = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'accept-encoding',
]);

export async function startBalancer(): Promise<Balancer> {
  let turn = 0;
  const http = createServer((request, response) => {
    void forward(request).then(
      async answer => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      },
      () => response.writeHead(502).end(),
    );
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const balancer: Balancer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    servers: [],
    close() {
      http.close();
      http.closeAllConnections();
    },
  };
  return balancer;

  /** Whoever is not answered asks again, as buyers and platforms do: what a dead server was asked is not sent twice here. */
  async function forward(request: IncomingMessage): Promise<Response> {
    const {method = 'GET', url = '/'} = request;
    const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
      ofOneConnection.has(name) ? [] : values.map((value): [string, string] => [name, value]),
    );
    const body = await buffer(request);
    const server = balancer.servers[turn++ % balancer.servers.length];
    return fetch(`${server}${url}`, {
      method,
      headers: [...headers, ['accept-encoding', 'identity']],
      ...(body.length > 0 && {body: new Uint8Array(body)}),
    });
  }
}
