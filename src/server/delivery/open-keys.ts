import type {Key} from '../../contract/keys.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {openCard} from '../procurement/seal-delivery.ts';

/**
 * Everything that was delivered of an order so far, opened. For the moment in which it is handed over: what this answers
 * is kept nowhere.
 */
export async function openKeys(ports: Pick<ServerPorts, 'store' | 'keys'>, order: OrderRecord): Promise<Key[]> {
  const cards = await ports.store.cards(order.id);
  return Promise.all(
    cards.map(async card => {
      const title = order.lines.find(({id}) => id === card.lineId)?.title ?? '';
      const {id, lineId, note, expiresAt} = card;
      return {
        id,
        lineId,
        title,
        ...(note !== undefined && {note}),
        ...(expiresAt !== undefined && {expiresAt: new Date(expiresAt).toISOString()}),
        secret: await openCard(ports, card),
      };
    }),
  );
}
