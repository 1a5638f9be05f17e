import {shopEndpoints} from './acg-faka/shop-handler.ts';
import {openApiEndpoints, openApiPath} from './dujiao-next/open-api-handler.ts';
import {v2Endpoints, v2Path} from './kakayun/v2-handler.ts';
import {v3Endpoints, v3Path} from './kakayun/v3-handler.ts';
import {kasushouEndpoints} from './kasushou/api-handler.ts';
import {apiPath as kayixinPath, kayixinEndpoints} from './kayixin/api-handler.ts';
import {esaEndpoints, esaPath} from './kinguin/esa-handler.ts';
import {giftCardEndpoints} from './reloadly/gift-card-handler.ts';

/** One protocol of the sandbox: where it lives, and the endpoints that faults wait for. */
export interface SandboxProtocol {
  readonly name: string;
  /** The path all of its addresses begin with. */
  readonly path: string;
  readonly endpoints: readonly string[];
}

/** All that the sandbox speaks, each on its own path. The payment provider beside the platform is one of them. */
export const sandboxProtocols: readonly SandboxProtocol[] = [
  {name: 'acg-faka', path: '/shared/', endpoints: shopEndpoints},
  {name: 'dujiao-next', path: openApiPath, endpoints: openApiEndpoints},
  {name: 'kasushou', path: '/api/v1/', endpoints: kasushouEndpoints},
  {name: 'kayixin', path: kayixinPath, endpoints: kayixinEndpoints},
  {name: 'kakayun-v3', path: v3Path, endpoints: v3Endpoints},
  {name: 'kakayun-v2', path: v2Path, endpoints: v2Endpoints},
  {name: 'kinguin', path: esaPath, endpoints: esaEndpoints},
  {name: 'reloadly', path: '/', endpoints: giftCardEndpoints},
  {name: 'pay', path: '/pay', endpoints: ['notify']},
];
