import type {FaultBox} from './fault-box.ts';

const defaultDelayMs = 30_000;

/** Whom a callback is written for: the account, and what its callbacks are signed with. */
export interface CallbackAccount {
  readonly id: string;
  readonly key: string;
}

export interface CallbackSending<Callback> {
  readonly callback: Callback;
  /** How long it waits before it goes out. */
  readonly delayMs: number;
  /** The platform itself sends it, to whom it is meant for, and cares whether it is taken. */
  readonly isHonest: boolean;
}

/** What goes out in the place of one callback, in this order, under the faults that are armed for it. */
export async function sendingsUnder<Callback>(
  faults: FaultBox,
  goodCode: string,
  account: CallbackAccount,
  stranger: CallbackAccount,
  write: (account: CallbackAccount) => Callback | Promise<Callback>,
): Promise<readonly CallbackSending<Callback>[]> {
  const strike = faults.strike('callback', goodCode);
  const sendings: CallbackSending<Callback>[] = [];
  if (strike.has('callback-forged')) {
    sendings.push({callback: await write({...account, key: guessedKey}), delayMs: 0, isHonest: false});
  }
  if (strike.has('callback-for-another-shop')) {
    sendings.push({callback: await write(stranger), delayMs: 0, isHonest: false});
  }
  if (strike.has('callback-lost')) return sendings;
  const late = strike.get('callback-late');
  const delayMs = late ? (late.delayMs ?? defaultDelayMs) : 0;
  const honest: CallbackSending<Callback> = {callback: await write(account), delayMs, isHonest: true};
  return [...sendings, honest, ...(strike.has('callback-twice') ? [honest] : [])];
}

const guessedKey = 'GUESSEDGUESSED00';
