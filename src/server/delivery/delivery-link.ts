import {framePath} from '../../contract/frame-path.ts';
import type {DeliveryRecord} from '../persistence/delivery-record.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {rebindOnce} from '../ordering/reveal-key.ts';
import {equalInConstantTime} from '../security/key-ring.ts';

/*
 * A message can carry a link in place of the keys. It leads to the merchant's page with a code in the fragment, which no
 * server, proxy or mail scanner sees that only fetches the address. The page sends it back as it does after a payment (see
 * docs/decisions/0014). The code is a keyed hash of the message's id: it is the same at every try, and is stored nowhere.
 *
 * Where the keys are sealed to the shop's frame, the link leads to the frame's own page instead: the code is what gives the
 * keys away then, and no script of the merchant's page may see it.
 */

const validMs = 72 * 3_600_000;

/** The address that opens the order of a message once. */
export async function deliveryLink(
  {keys, config}: Pick<ServerPorts, 'keys' | 'config'>,
  orderPage: string,
  deliveryId: string,
  {isSealed}: {readonly isSealed: boolean},
): Promise<string> {
  const [hash] = await keys.hashes('delivery-link', deliveryId);
  if (isSealed) return `${config.address}${framePath}#${deliveryId}.${hash}`;
  const page = new URL(orderPage);
  const mark = `ks-return=${deliveryId}.${hash}@${new URL(config.address).host}`;
  page.hash = page.hash === '' ? mark : `${page.hash}&${mark}`;
  return page.href;
}

/** Whether a code was made for a message, used or not. */
export function isDeliveryCode(code: string): boolean {
  return code.startsWith('dlv_');
}

/** The order that a message's code opens: once, and for three days after the message was due. */
export async function claimDeliveryLink(ports: ServerPorts, code: string): Promise<OrderRecord | undefined> {
  const named = await deliveryOf(ports, code);
  return named && useLink(ports, named);
}

/** Binds the order of a message to a key, by the message's code: once, and for as long. */
export async function rebindLinked(
  ports: ServerPorts,
  code: string,
  revealKey: string,
): Promise<OrderRecord | undefined> {
  const named = await deliveryOf(ports, code);
  if (!named || !isOpenLink({...named, linkUsedAt: undefined}, ports.clock.now())) return undefined;
  return rebindOnce(ports, named.orderId, revealKey, async () => (await useLink(ports, named)) !== undefined);
}

async function deliveryOf({keys, store}: ServerPorts, code: string): Promise<DeliveryRecord | undefined> {
  const [deliveryId = '', hash = '', ...rest] = code.split('.');
  const valid = await keys.hashes('delivery-link', deliveryId);
  const isValid = valid.map(candidate => equalInConstantTime(candidate, hash)).includes(true);
  return isValid && rest.length === 0 ? store.delivery(deliveryId) : undefined;
}

function useLink({store, clock}: ServerPorts, {id, orderId}: DeliveryRecord): Promise<OrderRecord | undefined> {
  return store.transaction(async tx => {
    const order = await tx.order(orderId);
    const delivery = (await tx.delivery(id))!;
    const now = clock.now();
    if (!order || !isOpenLink(delivery, now)) return undefined;
    await tx.saveDelivery({...delivery, linkUsedAt: now, updatedAt: now});
    return order;
  });
}

function isOpenLink(
  {linkUsedAt, createdAt}: {readonly linkUsedAt?: number | undefined; readonly createdAt: number},
  now: number,
): boolean {
  return linkUsedAt === undefined && now < createdAt + validMs;
}
