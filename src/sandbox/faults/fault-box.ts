import {createRandom, type Random} from '../random.ts';
import {placeOf, type ArmedFault, type FaultName, type FaultOrder} from './fault.ts';

/** The faults that strike one call, by name. */
export type Strike = ReadonlyMap<FaultName, ArmedFault>;

export interface FaultBoxOptions {
  /** Decides which calls faults with a chance strike. */
  readonly seed: string;
  /** Epoch milliseconds, for faults that have their time. */
  readonly now: () => number;
}

/** What every protocol's view of a box shares. */
interface Armoury extends FaultBoxOptions {
  readonly armed: Map<string, ArmedFault>;
  /** By fault: how many calls it has waited for, and its own stream of chance, so that faults do not sway each other. */
  readonly calls: Map<string, number>;
  readonly chances: Map<string, Random>;
  serial: number;
}

/** Holds armed faults and decides, with a seeded chance, which of them strike a call: same seed, same calls, same faults. */
export class FaultBox {
  readonly #armoury: Armoury;
  readonly #protocol: string | undefined;

  constructor(options: FaultBoxOptions | FaultBox, protocol?: string) {
    this.#armoury =
      options instanceof FaultBox
        ? options.#armoury
        : {...options, armed: new Map(), calls: new Map(), chances: new Map(), serial: 0};
    this.#protocol = protocol;
  }

  /** The same faults, as the calls of one protocol meet them. */
  on(protocol: string): FaultBox {
    return new FaultBox(this, protocol);
  }

  arm(order: FaultOrder): ArmedFault {
    const {armed, chances, seed} = this.#armoury;
    this.#armoury.serial += 1;
    const fault: ArmedFault = {
      endpoint: placeOf(order.fault) ?? 'trade',
      times: 1,
      probability: 1,
      ...order,
      id: `fault_${this.#armoury.serial}`,
    };
    armed.set(fault.id, fault);
    chances.set(fault.id, createRandom(`${seed}/${fault.id}`));
    return fault;
  }

  /** Clears one fault, or all of them. Says whether there was anything to clear. */
  clear(id?: string): boolean {
    const ids = id === undefined ? [...this.#armoury.armed.keys()] : [id];
    return ids.filter(each => this.#forget(each)).length > 0;
  }

  list(): readonly ArmedFault[] {
    return [...this.#armoury.armed.values()];
  }

  /** Which faults strike this call. Every strike uses up one of the fault's times. */
  strike(endpoint: string, goodCode?: string): Strike {
    const strike = new Map<FaultName, ArmedFault>();
    for (const fault of this.list()) {
      if (!this.#isWaitingFor(fault, endpoint, goodCode) || !this.#isDue(fault)) continue;
      if (strike.has(fault.fault)) continue;
      strike.set(fault.fault, fault);
      this.#useUp(fault);
    }
    return strike;
  }

  #isWaitingFor(fault: ArmedFault, endpoint: string, goodCode: string | undefined): boolean {
    const now = this.#armoury.now();
    return (
      (fault.protocol === undefined || fault.protocol === this.#protocol) &&
      (fault.endpoint === '*' || fault.endpoint === endpoint) &&
      // A callback is no call: what strikes calls everywhere passes it by.
      (placeOf(fault.fault) === 'callback') === (endpoint === 'callback') &&
      (fault.goodCode === undefined || fault.goodCode === goodCode) &&
      now >= (fault.from ?? -Infinity) &&
      now < (fault.until ?? Infinity)
    );
  }

  /** Counts the call, and draws for it whether or not another fault of that name strikes it already. */
  #isDue({id, nth, every, probability}: ArmedFault): boolean {
    const {calls, chances} = this.#armoury;
    const call = (calls.get(id) ?? 0) + 1;
    calls.set(id, call);
    const isItsTurn = (nth === undefined || nth.includes(call)) && (every === undefined || call % every === 0);
    return isItsTurn && (probability >= 1 || chances.get(id)!.next() < probability);
  }

  #useUp(fault: ArmedFault): void {
    if (fault.times === null) return;
    if (fault.times <= 1) this.#forget(fault.id);
    else this.#armoury.armed.set(fault.id, {...fault, times: fault.times - 1});
  }

  #forget(id: string): boolean {
    this.#armoury.calls.delete(id);
    this.#armoury.chances.delete(id);
    return this.#armoury.armed.delete(id);
  }
}
