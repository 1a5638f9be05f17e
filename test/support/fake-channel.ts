import {emailOf, maskedContact} from '../../src/domain/contact.ts';
import {notSent, sent, type DeliveryChannel, type Message, type SendOutcome} from '../../src/server/delivery/port.ts';

/** A way to send messages that answers as a test says, and remembers what it was given. */
export interface FakeChannel extends DeliveryChannel {
  readonly messages: readonly Message[];
  /** Called for each message from now on. */
  answer(answer: (message: Message) => Promise<SendOutcome> | SendOutcome): void;
}

export function fakeChannel(overrides: Partial<DeliveryChannel> = {}): FakeChannel {
  const messages: Message[] = [];
  let answer: (message: Message) => Promise<SendOutcome> | SendOutcome = () => sent;
  return {
    name: 'email',
    carries: 'keys',
    addressOf: ({contact}) => emailOf(contact),
    masked: maskedContact,
    messages,
    answer(next) {
      answer = next;
    },
    async send(message) {
      messages.push(message);
      return answer(message);
    },
    ...overrides,
  };
}

export const later = () => notSent('It is busy.');
export const never = () => notSent('There is no such mailbox.', {isFinal: true});
