import type {Capabilities} from '../../../src/upstreams/port.ts';
import type {World} from './world.ts';

/** One thing every platform has to do right, said once for all of them. */
export interface ConformanceCase {
  /** Kebab-case; its name in every report. */
  readonly name: string;
  /** Whether a protocol has the thing at all; absent: all have. */
  readonly applies?: (capabilities: Capabilities) => boolean;
  /** It needs neither a wire nor a platform at its other end, so own stock is held against it as well. */
  readonly wireless?: true;
  /** @throws {AssertionError} when the adapter, or its skin, does not do it. */
  run(world: World): Promise<void>;
}
