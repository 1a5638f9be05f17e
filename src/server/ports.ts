import type {Upstream} from '../upstreams/port.ts';
import type {Clock} from './clock.ts';
import type {CheckedConfig, ConnectionConfig} from './config/config.ts';
import type {DeliveryChannel} from './delivery/port.ts';
import type {Log} from './log.ts';
import type {PaymentProvider} from './payments/port.ts';
import type {Store} from './persistence/store.ts';
import type {Presence} from './presence.ts';
import type {KeyRing} from './security/key-ring.ts';
import type {SealToKey} from './security/seal-to-key.ts';

/** Everything the server needs of the world. The same server runs on any set of these: in Node, a worker, or a page. */
export interface ServerPorts {
  readonly config: CheckedConfig;
  readonly store: Store;
  readonly presence: Presence;
  /** By connection id. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly payments: readonly PaymentProvider[];
  /** By which ways buyers, and the merchant's own system, are told of their orders. Absent: by the page alone. */
  readonly delivery?: readonly DeliveryChannel[] | undefined;
  readonly keys: KeyRing;
  /** Seals keys to the frame that shows them. Absent: orders with a public key are refused. */
  readonly sealToKey?: SealToKey | undefined;
  /** How much work the hash of a look-up password is (PBKDF2); absent: as much as is advised today. */
  readonly passwordIterations?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** A connection with its adapter. */
export interface Connection {
  readonly config: ConnectionConfig;
  readonly upstream: Upstream;
}

/** @throws {Error} when a record names a connection that is no longer configured. */
export function connectionOf(ports: ServerPorts, connectionId: string): Connection {
  const config = ports.config.connections.find(({id}) => id === connectionId);
  const upstream = ports.upstreams.get(connectionId);
  if (!config || !upstream) {
    throw new Error(
      `Connection "${connectionId}" is not in the configuration; put it back or settle its orders first.`,
    );
  }
  return {config, upstream};
}
