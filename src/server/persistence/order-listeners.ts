/** Who, in this process, wants to hear of changes to which order. */
export interface OrderListeners {
  add(orderId: string, changed: () => void): () => void;
  /** Tells the listeners of these orders, each in a task of its own: a listener that throws fails no transaction. */
  announce(orderIds: Iterable<string>): void;
  /** Tells everybody: something may have changed that was not heard of. */
  announceAll(): void;
}

export function createOrderListeners(): OrderListeners {
  const listeners = new Map<string, Set<() => void>>();
  const tell = (orderId: string) => {
    for (const entry of listeners.get(orderId) ?? []) queueMicrotask(entry);
  };
  return {
    add(orderId, changed) {
      const ofOrder = listeners.get(orderId) ?? new Set();
      listeners.set(orderId, ofOrder);
      // One entry per call: the same function may be registered twice and taken back once.
      const entry = () => changed();
      ofOrder.add(entry);
      return () => {
        ofOrder.delete(entry);
        if (ofOrder.size === 0 && listeners.get(orderId) === ofOrder) listeners.delete(orderId);
      };
    },
    announce(orderIds) {
      for (const orderId of orderIds) tell(orderId);
    },
    announceAll() {
      for (const orderId of listeners.keys()) tell(orderId);
    },
  };
}
