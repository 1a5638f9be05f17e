import type {LocalShop} from '../../scripts/start/local-shop.ts';
import type {ArmedFault, FaultOrder, Good, Ledger, Notice, Payment} from '../../src/sandbox/index.ts';

/** The steering wheel of a sandbox that runs as a process of its own. */
export interface PlatformControl {
  ledger(): Promise<Ledger>;
  goods(): Promise<readonly (Good & {readonly stock: number})[]>;
  payments(): Promise<{readonly payments: readonly Payment[]; readonly notices: readonly Notice[]}>;
  pay(paymentId: string): Promise<void>;
  arm(fault: FaultOrder): Promise<ArmedFault>;
  clearFaults(): Promise<void>;
  /** Makes it so that so many pieces of a good without kinds are left. */
  setStock(goodCode: string, count: number): Promise<void>;
  /** Hands over a manual order. */
  deliver(tradeNo: string, secret: string): Promise<void>;
}

export function platformControl({urls, secrets}: Pick<LocalShop, 'urls' | 'secrets'>): PlatformControl {
  return {
    ledger: () => call('GET', '/ledger'),
    goods: () => call('GET', '/goods'),
    payments: () => call('GET', '/payments'),
    pay: id => call('POST', `/payments/${id}/pay`),
    arm: fault => call('POST', '/faults', fault),
    clearFaults: () => call('DELETE', '/faults'),
    setStock: (goodCode, count) => call('PUT', `/goods/${goodCode}/stock`, {count}),
    deliver: (tradeNo, secret) => call('POST', `/orders/${tradeNo}/deliver`, {secret}),
  };

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${urls.platform}/control${path}`, {
      method,
      headers: {Authorization: `Bearer ${secrets.controlToken}`, 'Content-Type': 'application/json'},
      ...(body !== undefined && {body: JSON.stringify(body)}),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}
