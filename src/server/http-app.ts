import type {HttpBindings} from '@hono/node-server';
import {serveStatic} from '@hono/node-server/serve-static';
import {Hono} from 'hono';
import {framePath} from '../contract/frame-path.ts';
import {addressBehind, type Caller} from './caller.ts';
import type {CheckedConfig} from './config/config.ts';
import {framePage} from './frame-page.ts';
import {compressAnswers} from './operations/compressed-answers.ts';
import {workContext} from './operations/work-context.ts';

/** What is the same for everybody. What is a buyer's own is not compressed: its length would tell of its content. */
const compressed = ['/v1/shop', '/v1/categories', '/v1/products', '/v1/products/:productId'];

/**
 * What the Node process serves: the API, and beside it the storefront's scripts.
 * @param answer what `createServer` made answers requests to the API
 * @param served the folder of the built scripts, each with a compressed copy beside it, and what operators ask
 */
export function createHttpApp(
  {address, proxies, origins}: Pick<CheckedConfig, 'address' | 'proxies' | 'origins'>,
  answer: (request: Request, caller: Caller) => Promise<Response>,
  {scripts, operator}: {readonly scripts: string; readonly operator?: Hono},
): Hono {
  const app = new Hono();
  app.use('/cdn/*', async (c, next) => {
    await next();
    // Module scripts are fetched with CORS, from any page that embeds the shop; they are the same for everybody.
    c.res.headers.set('Access-Control-Allow-Origin', '*');
    c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    const isHashed = /-[A-Za-z0-9_-]{6,8}\.js$/.test(c.req.path);
    c.res.headers.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
  });
  app.use(
    '/cdn/*',
    serveStatic({root: scripts, rewriteRequestPath: path => path.replace(/^\/cdn\//, '/'), precompressed: true}),
  );
  app.get('/', c =>
    c.text(
      [
        'This is a Keystall shop server. Its API is under /v1. To put the shop into a page:',
        '',
        `<script type="module" src="${address}/cdn/keystall.js"></script>`,
        '<ks-product-grid></ks-product-grid>',
        '<ks-cart-button></ks-cart-button>',
        '',
      ].join('\n'),
    ),
  );
  app.get(framePath, () => framePage(origins));
  const compress = compressAnswers();
  for (const path of compressed) app.use(path, compress);
  if (operator) app.route('/', operator);
  app.mount(
    '/',
    async (request, {incoming}: Partial<HttpBindings> = {}) => {
      const caller = addressBehind(proxies, request.headers.get('X-Forwarded-For'), incoming?.socket.remoteAddress);
      const requestId = requestIdOf(request);
      const response = await workContext.run({requestId}, () =>
        answer(request, {requestId, ...(caller !== undefined && {address: caller})}),
      );
      response.headers.set('X-Request-Id', requestId);
      return response;
    },
    // Requests as they came: a copy of each is dear.
    {replaceRequest: false, optionHandler: c => c.env as HttpBindings},
  );
  return app;
}

/** The one that a proxy gave it, so that its log and ours can be read together, or a new one. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('X-Request-Id');
  return given !== null && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}
