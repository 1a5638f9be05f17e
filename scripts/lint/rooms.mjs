/**
 * @typedef {object} Room
 * @property {string} folder relative to the repository's root
 * @property {string[]} imports the rooms it may import from, besides itself
 * @property {RegExp[]} packages the npm packages it may import
 */

const valibot = /^valibot$/;
const lit = [/^lit($|\/)/, /^@lit\/context($|\/)/, /^@lit-labs\/(observers|ssr-client)($|\/)/];
const query = /^@tanstack\/query-core$/;
const hashes = /^@noble\/hashes\//;

/**
 * The rooms of the house and what each may import: "a room imports only from rooms above it". Packages follow the same
 * line: what is not listed for a room never reaches the pages that load it.
 *
 * Enforced by the lint rule `keystall/room-direction`; test/tooling/room-direction.test.ts proves that it bites.
 *
 * @type {Record<string, Room>}
 */
export const rooms = {
  domain: {folder: 'src/domain', imports: [], packages: []},
  contract: {folder: 'src/contract', imports: ['domain'], packages: [valibot]},
  client: {
    folder: 'src/client',
    imports: ['domain', 'contract'],
    packages: [/^ky$/, valibot],
  },
  store: {folder: 'src/store', imports: ['domain', 'contract', 'client'], packages: [query, valibot]},
  upstreams: {folder: 'src/upstreams', imports: ['domain'], packages: [valibot, hashes, /^cockatiel$/]},
  server: {
    folder: 'src/server',
    imports: ['domain', 'contract', 'upstreams'],
    packages: [
      /^hono($|\/)/,
      valibot,
      hashes,
      /^@hpke\/core$/,
      /^cockatiel$/,
      /^htmlparser2$/,
      /^kysely($|\/)/,
      /^lru-cache$/,
      /^pinyin-pro$/,
      /^re2js$/,
      /^standardwebhooks$/,
      /^stripe$/,
    ],
  },
  sandbox: {
    folder: 'src/sandbox',
    imports: ['domain'],
    packages: [/^hono($|\/)/, valibot, hashes, /^standardwebhooks$/],
  },
  cli: {folder: 'src/cli', imports: ['domain', 'server', 'sandbox'], packages: []},
  mocks: {
    folder: 'src/mocks',
    imports: ['domain', 'contract', 'upstreams', 'server', 'sandbox'],
    packages: [/^msw($|\/)/, valibot],
  },
  shared: {
    folder: 'components/shared',
    imports: ['entry', 'domain', 'contract', 'client', 'store'],
    packages: [...lit, query, valibot],
  },
  storefront: {
    folder: 'components/storefront',
    imports: ['entry', 'domain', 'contract', 'client', 'store', 'shared'],
    packages: [...lit, query, valibot, /^lean-qr($|\/)/],
  },
  ssr: {folder: 'components/ssr', imports: ['shared', 'storefront'], packages: [...lit, /^@lit-labs\/ssr($|\/)/]},
  // The page that the shop server frames into others, built as one script.
  frame: {
    folder: 'components/frame',
    imports: ['contract', 'client', 'store', 'shared', 'storefront'],
    packages: [...lit, valibot, /^@hpke\/core$/],
  },
  cdn: {folder: 'components/cdn', imports: ['shared', 'storefront'], packages: []},
  console: {
    folder: 'components/console',
    imports: ['entry', 'domain', 'contract', 'client', 'store', 'shared'],
    packages: [...lit, query, valibot, /^@awesome\.me\/webawesome($|\/)/, /^@tanstack\/lit-/, /^uplot($|\/)/],
  },
  // The files directly in src/: the headless entry.
  entry: {folder: 'src', imports: ['domain', 'contract', 'client', 'store'], packages: []},
};

/**
 * The files that run in a Node process only: entry points, and adapters to Node's own services. They may import `node:`
 * modules and any package, print, and read the environment. Of the other files in their rooms only those listed here
 * may import them, so that everything else runs in a page and in a worker too.
 */
export const nodeOnlyFiles = [
  'src/cli/**/*.ts',
  'src/server/delivery/{create-channels,guarded-request,public-address}.ts',
  'src/server/delivery/*/*-channel.ts',
  'src/server/http-app.ts',
  'src/server/serve.ts',
  'src/server/operations/**/*.ts',
  'src/server/persistence/{folder-lock,maintenance,open}.ts',
  'src/server/persistence/{pglite,postgres}*.ts',
  'src/server/persistence/sql/**/*.ts',
  'src/server/jobs/{boss-*,rivals}.ts',
  'src/sandbox/main.ts',
  'src/sandbox/node/**/*.ts',
];
