import {wordIn} from '../../catalogue/language.ts';
import {NotificationError, type PaymentProvider} from '../port.ts';
import {readTransferReferences, transferReference} from './transfer-reference.ts';

export interface BankTransferOptions {
  readonly id: string;
  readonly payee: string;
  readonly bank: string;
  readonly account: string;
  /** By language; the first is the one to fall back on. */
  readonly note?: Readonly<Record<string, string>> | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** How long an order waits for a transfer, where that is longer than for other payments. */
  readonly windowMs?: number;
}

/** Money that the buyer sends to the shop's account, where a person sees it and says so in the console. */
export function createBankTransferProvider(options: BankTransferOptions): PaymentProvider {
  const {id, payee, bank, account, note = {}, labels, windowMs} = options;
  return {
    id,
    byHand: {readReferences: readTransferReferences},
    acknowledgement: 'ok',
    methods: [{id, kind: 'transfer', labels, windowMs}],
    async open({paymentId, lang}) {
      const reference = transferReference(paymentId);
      const said = wordIn(note, lang) ?? Object.values(note)[0];
      return {
        providerReference: reference,
        instructions: {
          kind: 'transfer',
          payee,
          bank,
          account,
          reference,
          ...(said !== undefined && {note: said}),
        },
      };
    },
    async verify() {
      throw new NotificationError('Nobody notifies of a transfer: a person confirms it.');
    },
    /** Only a person knows. */
    async query() {
      return {state: 'pending'};
    },
  };
}
