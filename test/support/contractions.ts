/*
 * What a statement of a migration would take from the version before, which goes on beside the new one for a while. Tables
 * that the same migration makes are unknown to it. What is not understood here counts as taking something away.
 */

const name = '((?:"[^"]+"|[\\w.])+)';
const quoted = /\$\$.*?\$\$|'(?:[^']|'')*'/g;

/** What the statements take away, each as it was written, with one space where there was more. */
export function contractions(statements: readonly string[]): readonly string[] {
  const made = new Set<string>();
  return statements.flatMap(statement => {
    const line = statement.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim();
    // What stands in quotes is data, or runs later; its words must not be taken for those of the statement.
    const bare = line.replace(quoted, "''").toLowerCase();
    const table = new RegExp(`^create table (?:if not exists )?${name}`).exec(bare)?.[1];
    if (table !== undefined) made.add(table);
    return takenBy(bare, made).map(part => (part === bare ? line : part));
  });
}

function takenBy(bare: string, made: ReadonlySet<string>): readonly string[] {
  if (/^(create (table|function|index) |set local )/.test(bare)) return [];
  const [, onTable] = new RegExp(`^create (?:unique index|trigger) .*? on ${name}`).exec(bare) ?? [];
  const [, into] = new RegExp(`^insert into ${name}`).exec(bare) ?? [];
  const [, altered, actions] = new RegExp(`^alter table ${name} (.*)$`).exec(bare) ?? [];
  if ([onTable, into, altered].some(table => table !== undefined && made.has(table))) return [];
  return actions === undefined ? [bare] : listed(actions).filter(action => !isColumnNobodyMisses(action));
}

/** A new column that rows of the version before fit into, which names no value for it. */
function isColumnNobodyMisses(action: string): boolean {
  if (!/^add column /.test(action) || /\b(unique|primary key|references|check)\b/.test(action)) return false;
  return !/\bnot null\b/.test(action) || /\b(default|generated always as)\b/.test(action);
}

/** The parts between the commas that stand in no parentheses. */
function listed(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map(part => part.trim());
}
