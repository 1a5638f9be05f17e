import type {CardSecret} from '../../../../src/domain/card-secret.ts';
import {secretText} from '../../../../src/domain/card-secret.ts';
import type {NumberedKey} from './key-groups.ts';

export interface KeyFilter {
  /** Part of a key, however it is spaced or written; empty for all. */
  readonly query: string;
  readonly unusedOnly: boolean;
}

/** The keys that somebody is looking for. A picture is found by nothing that is typed. */
export function filterKeys(
  keys: readonly NumberedKey[],
  {query, unusedOnly}: KeyFilter,
  used: ReadonlySet<string>,
): readonly NumberedKey[] {
  const wanted = folded(query);
  if (!wanted && !unusedOnly) return keys;
  return keys.filter(
    ({key}) => !(unusedOnly && used.has(key.id)) && (!wanted || folded(searchable(key.secret)).includes(wanted)),
  );
}

function searchable(secret: CardSecret): string {
  return secret.kind === 'image' ? '' : secretText(secret);
}

/** People read keys out in groups, and type what they heard. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '');
}
