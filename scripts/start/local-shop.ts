import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {startChild, type Child} from './child.ts';
import {freePort} from './free-port.ts';
import {localSecrets, type LocalSecrets} from './local-secrets.ts';
import {servePages, type PageServer} from './page-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface LocalShopOptions {
  /** Holds the databases and secrets of this shop. */
  readonly folder: string;
  /** Where to look for free ports from; 0 takes any. */
  readonly firstPort: number;
  /** More for the shop server's environment. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Runs instead of the shop server's own main module; gets the same arguments. */
  readonly shopMain?: string;
  /** What the shop server is told instead of the project's own `keystall.config.ts`. */
  readonly config?: string;
  readonly onLog?: (process: 'shop' | 'platform', line: string) => void;
}

/** A whole shop on this machine: platform, shop server and pages, each with its own origin. */
export interface LocalShop {
  readonly urls: {readonly demo: string; readonly host: string; readonly shop: string; readonly platform: string};
  readonly secrets: LocalSecrets;
  readonly platform: Child;
  shopServer: Child;
  /** Starts one more shop server on the same data, which has to lie in a PostgreSQL. */
  addShopServer(environment?: NodeJS.ProcessEnv): Promise<AddedServer>;
  /** Starts the shop server again after it ended, on the same data and port. */
  restartShopServer(environment?: NodeJS.ProcessEnv): Promise<void>;
  stop(): Promise<void>;
}

/** A shop server beside the first one. */
export interface AddedServer {
  readonly url: string;
  server: Child;
  /** Starts it again after it ended, on the same port. */
  restart(environment?: NodeJS.ProcessEnv): Promise<void>;
}

/** Only what the strict page's own origin and the shop server's serve is let in; no inline code, no strings as code. */
const strictPolicy = [
  "default-src 'none'",
  "script-src 'self' SHOP",
  "style-src 'self' SHOP",
  "img-src 'self' SHOP",
  "connect-src 'self' SHOP",
  "font-src 'self'",
  'frame-src SHOP',
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export async function startLocalShop({
  folder,
  firstPort,
  environment = {},
  shopMain,
  config = join(root, 'keystall.config.ts'),
  onLog,
}: LocalShopOptions): Promise<LocalShop> {
  const secrets = localSecrets(folder);
  const [shopPort, platformPort, hostPort, demoPort] = await ports(firstPort);
  const urls = {
    demo: `http://127.0.0.1:${demoPort}`,
    host: `http://127.0.0.1:${hostPort}`,
    shop: `http://127.0.0.1:${shopPort}`,
    platform: `http://127.0.0.1:${platformPort}`,
  };
  const running: (Child | PageServer)[] = [];
  const added: AddedServer[] = [];
  try {
    const platform = await startPlatform(folder, platformPort, secrets, onLog);
    running.push(platform);
    const shopEnvironment = {
      KEYSTALL_KEYS: secrets.masterKeys,
      SHOP_PORT: String(shopPort),
      SHOP_URL: urls.shop,
      SHOP_ORIGINS: `${urls.host},${urls.demo}`,
      SHOP_DATA: join(folder, 'shop'),
      PLATFORM_URL: urls.platform,
      PLATFORM_APP_ID: '1000',
      PLATFORM_APP_KEY: secrets.platformAppKey,
      PAYMENT_KEY: secrets.paymentKey,
      PAYMENT_WEBHOOK_SECRET: secrets.webhookSecret,
      ...environment,
    };
    const {promise: listed, resolve: onListed} = Promise.withResolvers<void>();
    const startServer = (more: NodeJS.ProcessEnv = {}) =>
      startChild(
        [...(shopMain ? [shopMain] : [join(root, 'src/cli/main.ts'), 'serve']), '--config', config],
        {...shopEnvironment, ...more},
        'shop ',
        {
          onError(line) {
            if (line.includes('"catalogue listed"')) onListed();
            onLog?.('shop', line);
          },
        },
      );
    const shop: LocalShop = {
      urls,
      secrets,
      platform,
      shopServer: await startServer(),
      async addShopServer(more) {
        const port = String(await freePort(0));
        const one: AddedServer = {
          url: `http://127.0.0.1:${port}`,
          server: await startServer({...more, SHOP_PORT: port}),
          async restart(evenMore) {
            await one.server.stop();
            one.server = await startServer({...evenMore, SHOP_PORT: port});
          },
        };
        added.push(one);
        return one;
      },
      async restartShopServer(more) {
        await shop.shopServer.stop();
        shop.shopServer = await startServer(more);
      },
      async stop() {
        pages.forEach(server => server.close());
        for (const each of [shop.shopServer, ...added.map(({server}) => server)]) await each.stop();
        await platform.stop();
      },
    };
    running.push(shop.shopServer);
    const pages = await Promise.all([
      servePages({
        root: join(root, 'demo/host'),
        port: hostPort,
        shop: urls.shop,
        headers: {'/strict.html': {'Content-Security-Policy': strictPolicy}},
        rendered: {'/served.html': () => renderServedPage(urls.shop)},
      }),
      servePages({root: join(root, 'dist/demo'), port: demoPort}),
    ]);
    await listed;
    return shop;
  } catch (error) {
    for (const each of running) await ('stop' in each ? each.stop() : each.close());
    throw error;
  }
}

function startPlatform(
  folder: string,
  port: number,
  secrets: LocalSecrets,
  onLog: LocalShopOptions['onLog'],
): Promise<Child> {
  return startChild(
    [
      join(root, 'src/sandbox/main.ts'),
      '--port',
      String(port),
      '--port-fixed',
      '--data',
      join(folder, 'platform.json'),
    ],
    {
      SANDBOX_APP_ID: '1000',
      SANDBOX_APP_KEY: secrets.platformAppKey,
      SANDBOX_PAY_KEY: secrets.paymentKey,
      SANDBOX_WEBHOOK_SECRET: secrets.webhookSecret,
      SANDBOX_CONTROL_TOKEN: secrets.controlToken,
    },
    'platform ',
    {onError: line => onLog?.('platform', line)},
  );
}

/** As built: it renders the very templates that the scripts under `cdn/` have. */
async function renderServedPage(shop: string): Promise<Response> {
  const {href} = pathToFileURL(join(root, 'dist/served/served-page.js'));
  const {servedPage} = (await import(href)) as {servedPage: (shop: string) => Promise<Response>};
  return servedPage(shop);
}

/** One after the other, so that two do not find the same. */
async function ports(first: number): Promise<readonly [number, number, number, number]> {
  const shop = await freePort(first);
  const next = (port: number) => (first === 0 ? freePort(0) : freePort(port + 1));
  const platform = await next(shop);
  const host = await next(platform);
  return [shop, platform, host, await next(host)];
}
