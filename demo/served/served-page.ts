/**
 * The page of the demo that a server renders, as docs/server-rendering.md says it: goods in the HTML, taken over by the
 * elements, under a policy that lets no other style in.
 */
import {randomBytes} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {html} from 'lit';
import '../../components/storefront/define.ts';
import '../../components/storefront/define-finding.ts';
import {setDefaultShopAddress} from '../../components/shared/default-shop-address.ts';
import {renderElements} from '../../components/ssr/index.ts';
import {createClient} from '../../src/client/index.ts';

/** How many goods the server sends along; the rest comes as the reader goes on. */
const shelf = 8;

/** @param shop origin of the shop server */
export async function servedPage(shop: string): Promise<Response> {
  setDefaultShopAddress(shop);
  const client = createClient({address: shop, lang: 'zh-CN', timeout: 5000});
  // Without goods the shelf shows that it is loading, and the browser asks for them.
  const goods = await client.listProducts({limit: shelf, lang: 'zh-CN'}).catch(() => undefined);
  const nonce = randomBytes(16).toString('base64');
  const cart = await renderElements(html`<ks-cart-button lang="zh-CN"></ks-cart-button>`, {nonce});
  const shelves = await renderElements(
    html`<ks-search lang="zh-CN"></ks-search>
      <ks-product-grid
        lang="zh-CN"
        limit=${shelf}
        product-href="./product.html?product={id}"
        .goods=${goods}
      ></ks-product-grid>`,
    {nonce},
  );
  const frame = await readFile(new URL('../../demo/served/served.html', import.meta.url), 'utf8');
  return new Response(
    frame.replace('<!-- cart -->', () => cart).replace('<!-- shelf -->', () => shelves),
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': [
          "default-src 'none'",
          `script-src ${shop}`,
          `style-src 'self' 'nonce-${nonce}'`,
          `img-src 'self' ${shop}`,
          `connect-src ${shop}`,
          "form-action 'self'",
          "base-uri 'none'",
          "require-trusted-types-for 'script'",
        ].join('; '),
      },
    },
  );
}
