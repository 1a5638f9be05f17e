/** Known at once: what a shop sends in its transactions are some eighty statements. */
const mostTexts = 1_000;
/** Longer ones carry many rows, beside which their plan costs nothing. */
const longestText = 4_000;
/** One that was sent so often will be sent again. */
const usual = 3;

/**
 * PostgreSQL keeps no prepared statement of that name (a pooler gave the transaction another connection), has one already,
 * or may not use its plan any more (a migration changed what it answers).
 * Source: PostgreSQL, Appendix A, invalid_sql_statement_name, duplicate_prepared_statement, feature_not_supported
 */
const lostPlans: ReadonlySet<unknown> = new Set(['26000', '42P05', '0A000']);

/** The database gave a statement up for its name; nothing is wrong with what it says. */
export function isLostPlan(error: unknown): boolean {
  return error instanceof Error && 'code' in error && lostPlans.has(error.code);
}

/**
 * Names for the statements of transactions, by which PostgreSQL parses and plans each once for a connection. They are few,
 * come by the thousand, and find their rows by keys, whatever the keys are. What only reads is planned for what it asks:
 * a search for one letter wants another plan than one for a word.
 */
export interface StatementNames {
  of(text: string): string | undefined;
  /** Nothing is named from now on: this database does not keep what has a name. */
  end(): void;
}

export function createStatementNames(): StatementNames {
  /** How often each was sent, or its name. */
  const texts = new Map<string, number | string>();
  let named = 0;
  let isEnded = false;

  return {
    of(text) {
      if (isEnded || text.length > longestText) return undefined;
      const known = texts.get(text) ?? 0;
      if (typeof known === 'string') return known;
      if (known === 0 && texts.size >= mostTexts) return undefined;
      const name = known + 1 < usual ? undefined : `keystall_${++named}`;
      texts.set(text, name ?? known + 1);
      return name;
    },
    end() {
      isEnded = true;
      texts.clear();
    },
  };
}
