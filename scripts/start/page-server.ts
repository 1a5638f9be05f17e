import {serve} from '@hono/node-server';
import {serveStatic} from '@hono/node-server/serve-static';
import {Hono} from 'hono';
import {once} from 'node:events';
import type {Server} from 'node:http';

export interface PageServer {
  readonly url: string;
  close(): void;
}

export interface PageServerOptions {
  readonly root: string;
  readonly port: number;
  /** Put into pages in place of `https://shop.example`. */
  readonly shop?: string;
  /** Headers of one page, by its path; a `SHOP` in a value is replaced by the shop's address. */
  readonly headers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Pages that are rendered for each visit, by their path. */
  readonly rendered?: Readonly<Record<string, () => Promise<Response>>>;
}

/** Serves a folder of pages on an origin of its own, as a merchant's web server would. */
export async function servePages({
  root,
  port,
  shop = '',
  headers = {},
  rendered = {},
}: PageServerOptions): Promise<PageServer> {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers[c.req.path] ?? {}))
      c.res.headers.set(name, value.replaceAll('SHOP', shop));
    c.res.headers.set('Cache-Control', 'no-cache');
    if (shop !== '' && c.res.headers.get('Content-Type')?.startsWith('text/html')) {
      const page = (await c.res.text()).replaceAll('https://shop.example', shop);
      c.res = new Response(page, c.res);
      // Hono hands the length of the answer before on to the one in its place.
      c.res.headers.delete('Content-Length');
    }
  });
  // Browsers ask for it unbidden, and complain in the console.
  app.get('/favicon.ico', c => c.body(null, 204));
  for (const [path, render] of Object.entries(rendered)) app.get(path, render);
  app.use(serveStatic({root}));
  const server = serve({fetch: app.fetch, port, hostname: '127.0.0.1'}) as Server;
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
