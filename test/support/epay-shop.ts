import {generateKeyPairSync, sign, verify} from 'node:crypto';
import {EpayGateway} from '../../src/sandbox/epay/gateway.ts';
import {createEpayHandler} from '../../src/sandbox/epay/gateway-handler.ts';
import {createRandom} from '../../src/sandbox/random.ts';
import {createEpayProvider, type EpayMethod} from '../../src/server/payments/epay/epay-provider.ts';
import {FakeClock as GatewayClock} from '../sandbox/support/fake-clock.ts';
import {checkAnswer} from './contract-check.ts';
import {openShop, type TestShop} from './shop-server.ts';

export const gatewayAddress = 'https://pay.example/epay';
export const epayKey = '0123456789abcdef0123456789abcdef';

export interface EpayShop {
  readonly shop: TestShop;
  readonly gateway: EpayGateway;
  /** Moves the gateway's time; the shop has its own. */
  readonly gatewayClock: GatewayClock;
  /** What the shop's server asked the gateway, path and query. */
  readonly asked: readonly string[];
  /** Answers in the gateway's place. */
  answerWith(answer: ((request: Request) => Promise<Response>) | undefined): void;
  /** From now on the gateway reaches a proxy's page instead of the shop, or the shop again. */
  shopIsDown(isDown: boolean): void;
  /** A buyer's browser at the gateway. */
  browse(url: string, init?: RequestInit): Promise<Response>;
}

/** A shop that is paid through a gateway, in the page or by version 2 with RSA. */
export async function openEpayShop(
  version: 'md5' | 'rsa' = 'md5',
  methods: readonly EpayMethod[] = [
    {type: 'alipay', by: 'page'},
    {type: 'wxpay', by: 'api'},
  ],
): Promise<EpayShop> {
  const gatewayClock = new GatewayClock(Date.UTC(2026, 0, 15, 8));
  const [ours, theirs] = [keyPair(), keyPair()];
  const asked: string[] = [];
  let isDown = false;
  let instead: ((request: Request) => Promise<Response>) | undefined;

  const gateway = new EpayGateway({
    pid: '1001',
    key: epayKey,
    clock: gatewayClock,
    random: createRandom('epay'),
    fetch: async request => {
      if (isDown) return new Response('<h1>502 Bad Gateway</h1>', {status: 502});
      const answer = await shop.server.fetch(request);
      await checkAnswer(request, answer);
      return answer;
    },
  });
  const handle = createEpayHandler({
    gateway,
    basePath: '/epay',
    now: () => gatewayClock.now(),
    rsa: {
      sign: async text => sign('sha256', Buffer.from(text), theirs.privateKey).toString('base64'),
      verify: async (text, signature) =>
        verify('sha256', Buffer.from(text), ours.publicKey, Buffer.from(signature, 'base64')),
    },
  });
  const shop = await openShop({
    paymentProvider: clock =>
      createEpayProvider({
        id: 'epay',
        url: gatewayAddress,
        pid: '1001',
        keys:
          version === 'md5'
            ? {sign: 'md5', key: epayKey}
            : {
                sign: 'rsa',
                privateKey: ours.privateKey.export({type: 'pkcs8', format: 'pem'}) as string,
                gatewayKey: theirs.publicKey.export({type: 'spki', format: 'pem'}) as string,
              },
        methods,
        clock,
        fetch: async (input, init) => {
          const request = new Request(input, init);
          const {pathname, search} = new URL(request.url);
          asked.push(pathname + search);
          return (instead ?? handle)(request);
        },
      }),
  });
  return {
    shop,
    gateway,
    gatewayClock,
    asked,
    answerWith(answer) {
      instead = answer;
    },
    shopIsDown(down) {
      isDown = down;
    },
    browse: async (url, init) => handle(new Request(url, init)),
  };
}

const keyPair = () => generateKeyPairSync('rsa', {modulusLength: 2048});
