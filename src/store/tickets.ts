import type {Client} from '../client/client.ts';
import type {Ticket} from '../contract/ticket.ts';
import {isAnswerLost, isPassing} from './answer-lost.ts';
import {asKeystallError} from './as-keystall-error.ts';
import type {Environment} from './environment.ts';
import type {OrderTokens} from './order-tokens.ts';
import {pause, pauseBefore} from './pause.ts';
import {readableValue, type ReadableValue} from './readable-value.ts';
import type {Loaded, Tickets} from './shop.ts';

export interface TicketsController extends Tickets {
  dispose(): void;
}

export interface TicketsOptions {
  readonly client: Client;
  readonly environment: Environment;
  readonly tokens: OrderTokens;
  /** The shop has said or decided something: the order may hold other keys now, or be owed money. */
  readonly onNews: (orderId: string) => void;
}

type TicketList = Loaded<readonly Ticket[]>;

/** How often somebody who has a ticket in view hears of the shop's answer. People write; nobody waits for a second. */
const lookEvery = 10_000;
const lookAtMost = 60_000;
const triesAtMost = 4;

/** After-sales as a page needs it: lists that stay fresh while somebody looks, and deeds that are done once. */
export function createTickets({client, environment, tokens, onNews}: TicketsOptions): TicketsController {
  const lists = new Map<string, {readonly list: ReadableValue<TicketList>; refresh(): void}>();

  return {
    of(orderId, token) {
      const isNew = tokens.learn(orderId, token);
      let held = lists.get(orderId);
      if (!held) lists.set(orderId, (held = follow(orderId)));
      else if (isNew) held.refresh();
      return held.list;
    },
    async keys(orderId, {token, signal} = {}) {
      return client.listKeys(orderId, {token: await tokens.needed(orderId, token), signal});
    },
    open: (orderId, request, idempotencyKey, {token, signal} = {}) =>
      done(orderId, token, signal, held => client.openTicket(orderId, request, {token: held, idempotencyKey, signal})),
    write: ({id, orderId}, text, idempotencyKey, {token, signal} = {}) =>
      done(orderId, token, signal, held => client.writeToTicket(id, {text}, {token: held, idempotencyKey, signal})),
    attach: ({id, orderId}, file, idempotencyKey, {token, signal} = {}) =>
      done(orderId, token, signal, held => client.addEvidence(id, file, {token: held, idempotencyKey, signal})),
    async file({id, orderId}, evidenceId, {token, signal} = {}) {
      return client.getEvidence(id, evidenceId, {token: await tokens.needed(orderId, token), signal});
    },
    newKey: environment.newId,
    dispose() {
      for (const {list} of lists.values()) list.close();
    },
  };

  function follow(orderId: string) {
    let nudge = () => {};
    const list = readableValue<TicketList>({status: 'loading'}, () => {
      const run = new AbortController();
      const stopAwake = environment.onAwake(() => nudge());
      void look(run.signal).catch(() => {});
      return () => {
        stopAwake();
        run.abort();
      };
    });
    return {list, refresh: () => nudge()};

    async function look(signal: AbortSignal): Promise<void> {
      for (let attempt = 1; ; attempt++) {
        try {
          const token = await tokens.needed(orderId, undefined);
          const tickets = await client.listTickets(orderId, {token, signal});
          if (signal.aborted) return;
          const {value} = list;
          list.set({status: 'ready', data: tickets, refreshing: false});
          if ('data' in value && value.data && saidByShop(tickets) !== saidByShop(value.data)) onNews(orderId);
          attempt = 1;
        } catch (error) {
          if (signal.aborted) return;
          const {value} = list;
          const data = 'data' in value ? value.data : undefined;
          list.set({status: 'failed', error: asKeystallError(error), ...(data && {data}), retry: () => nudge()});
          // What is refused for good is asked for again only when somebody says so.
          if (!isPassing(error)) await nudged(signal);
        }
        await pause(environment, pauseBefore(attempt, environment.random(), lookEvery, lookAtMost), signal, wake => {
          nudge = wake;
          return () => {};
        });
      }
    }

    function nudged(signal: AbortSignal): Promise<void> {
      return new Promise(resolve => {
        nudge = resolve;
        signal.addEventListener('abort', () => resolve(), {once: true});
      });
    }
  }

  /** Does a deed until there is a definite answer, a few times at the most; the list shows it at once. */
  async function done(
    orderId: string,
    given: string | undefined,
    signal: AbortSignal | undefined,
    deed: (token: string) => Promise<Ticket>,
  ): Promise<Ticket> {
    const token = await tokens.needed(orderId, given);
    for (let attempt = 1; ; attempt++) {
      try {
        const ticket = await deed(token);
        show(ticket);
        return ticket;
      } catch (error) {
        signal?.throwIfAborted();
        // A limit is a "no" that lasts: repeating would only lengthen it.
        const isFinal = !isAnswerLost(error) || asKeystallError(error).code === 'too_many_attempts';
        if (isFinal || attempt === triesAtMost) throw asKeystallError(error);
        await pause(environment, pauseBefore(attempt, environment.random()), signal ?? new AbortController().signal);
      }
    }
  }

  function show(ticket: Ticket): void {
    const list = lists.get(ticket.orderId)?.list;
    if (!list) return;
    const {value} = list;
    const known = ('data' in value && value.data) || [];
    const isKnown = known.some(({id}) => id === ticket.id);
    const data = isKnown ? known.map(each => (each.id === ticket.id ? ticket : each)) : [ticket, ...known];
    list.set({status: 'ready', data, refreshing: false});
  }
}

function saidByShop(tickets: readonly Ticket[]): number {
  return tickets.flatMap(({messages}) => messages).filter(({from}) => from === 'shop').length;
}
