import {fieldError, type FormField} from '../domain/form-field.ts';

/** What is wrong with the fields of a good, by their names. `valueOf` answers what was typed in. */
export function fieldProblems(
  fields: readonly FormField[],
  valueOf: (name: string) => string,
): Readonly<Record<string, 'required' | 'mismatch'>> {
  const problems: Record<string, 'required' | 'mismatch'> = {};
  for (const field of fields) {
    const problem = fieldError(field, valueOf(field.name), matchesPattern);
    if (problem) problems[field.name] = problem;
  }
  return problems;
}

/**
 * Tests a platform's pattern in the buyer's page. One that could run for ever (repeated groups, back references, many
 * open repeats) or is none is left to the server.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  const openRepeats = pattern.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  if (pattern.length > 200 || openRepeats > 3 || /\)[*+{]|\\[1-9k]/.test(pattern)) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    return true;
  }
}
