import type {Random} from '../random.ts';
import {paymentFaults, type ArmedFault, type FaultName, type FaultOrder} from './fault.ts';

/** The faults that strike one call, by name. */
export type Strike = ReadonlyMap<FaultName, ArmedFault>;

/** Holds armed faults and decides, with its own seeded chance, which of them strike a call. */
export class FaultBox {
  readonly #random: Random;
  readonly #armed = new Map<string, ArmedFault>();
  #serial = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  arm(order: FaultOrder): ArmedFault {
    this.#serial += 1;
    const isPayment = (paymentFaults as readonly string[]).includes(order.fault);
    const armed: ArmedFault = {
      endpoint: isPayment ? 'notify' : 'trade',
      times: 1,
      probability: 1,
      ...order,
      id: `fault_${this.#serial}`,
    };
    this.#armed.set(armed.id, armed);
    return armed;
  }

  /** Clears one fault, or all of them. Says whether there was anything to clear. */
  clear(id?: string): boolean {
    if (id !== undefined) return this.#armed.delete(id);
    const any = this.#armed.size > 0;
    this.#armed.clear();
    return any;
  }

  list(): readonly ArmedFault[] {
    return [...this.#armed.values()];
  }

  /** Which faults strike this call. Every strike uses up one of the fault's times. */
  strike(endpoint: string, goodCode?: string): Strike {
    const strike = new Map<FaultName, ArmedFault>();
    for (const fault of this.list()) {
      if (fault.endpoint !== '*' && fault.endpoint !== endpoint) continue;
      if (fault.goodCode !== undefined && fault.goodCode !== goodCode) continue;
      if (strike.has(fault.fault)) continue;
      if (fault.probability < 1 && this.#random.next() >= fault.probability) continue;
      strike.set(fault.fault, fault);
      this.#useUp(fault);
    }
    return strike;
  }

  #useUp(fault: ArmedFault): void {
    if (fault.times === null) return;
    if (fault.times <= 1) this.#armed.delete(fault.id);
    else this.#armed.set(fault.id, {...fault, times: fault.times - 1});
  }
}
