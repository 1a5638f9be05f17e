import {shopEndpoints} from './acg-faka/shop-handler.ts';
import {openApiEndpoints, openApiPath} from './dujiao-next/open-api-handler.ts';

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
  {name: 'pay', path: '/pay', endpoints: ['notify']},
];
