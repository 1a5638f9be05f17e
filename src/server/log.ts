/**
 * Where the server tells an operator what happens. `facts` are ids, states and texts of platforms: never a card, a key,
 * a token, a credential or a buyer's contact.
 */
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export const silentLog: Log = {info() {}, warn() {}, error() {}};
