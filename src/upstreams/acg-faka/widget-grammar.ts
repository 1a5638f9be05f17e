import type {FormField} from '../../domain/form-field.ts';
import {parseExactJson} from '../exact-json.ts';
import {isPlainFieldName} from './sign.ts';
import {isReservedField} from './trade-form.ts';

/** Thrown when a good asks for a field that no purchase through this protocol could ever fill in. */
export class WidgetError extends Error {
  override readonly name = 'WidgetError';
}

/**
 * Reads a good's extra buyer fields (控件): a JSON text in `items`, a list in `item`, or `null`. What is no readable list
 * counts as no fields, as on the platform itself.
 *
 * A field of type custom is no input but a place for the seller's own script: the platform neither checks nor keeps it.
 * A field of type checkbox is named `name[]`, the way it is sent. A pattern this engine cannot compile is left to the
 * platform: the field counts as required and has no pattern. The platform tests with PCRE, on bytes.
 * @throws {WidgetError} when a field's name cannot be sent, or its pattern can never match on the platform.
 */
export function readWidget(widget: unknown): readonly FormField[] {
  const fields = new Map<string, FormField>();
  for (const entry of entriesOf(widget)) {
    if (entry['type'] === 'custom') continue;
    const field = readField(entry);
    if (!fields.has(field.name)) fields.set(field.name, field);
  }
  return [...fields.values()];
}

type Entry = Readonly<Record<string, unknown>>;

function entriesOf(widget: unknown): readonly Entry[] {
  const list = typeof widget === 'string' ? parsed(widget) : widget;
  if (typeof list !== 'object' || list === null) return [];
  return Object.values(list).filter((entry): entry is Entry => typeof entry === 'object' && entry !== null);
}

function parsed(json: string): unknown {
  try {
    return parseExactJson(json);
  } catch {
    return undefined;
  }
}

function readField(entry: Entry): FormField {
  const name = textOf(entry, 'name');
  if (!isPlainFieldName(name) || isReservedField(name)) {
    throw new WidgetError(`The field name ${JSON.stringify(name)} cannot be sent to the platform.`);
  }
  const options = readOptions(textOf(entry, 'dict'));
  const type = readType(textOf(entry, 'type'), options.length > 0);
  const isChoice = type === 'select' || type === 'radio';
  const {pattern, required} = readPattern(name, textOf(entry, 'regex'));
  const placeholder = textOf(entry, 'placeholder');
  const error = textOf(entry, 'error');
  return {
    name: type === 'checkbox' ? `${name}[]` : name,
    label: textOf(entry, 'cn') || name,
    type,
    // The platform's own page always sends one of the choices, so sellers do not bother to demand it.
    required: required || isChoice,
    ...(placeholder && {placeholder}),
    ...(pattern && {pattern}),
    ...(error && {error}),
    ...((isChoice || type === 'checkbox') && options.length > 0 && {options}),
  };
}

function textOf(entry: Entry, name: string): string {
  const value = entry[name];
  return typeof value === 'string' ? value : '';
}

function readType(type: string, hasOptions: boolean): FormField['type'] {
  switch (type) {
    case 'password':
    case 'number':
    case 'textarea':
      return type;
    case 'select':
    case 'radio':
    case 'checkbox':
      return hasOptions ? type : 'text';
    default:
      return 'text';
  }
}

function readOptions(dict: string): {label: string; value: string}[] {
  return dict
    .split(',')
    .filter(entry => entry.trim() !== '')
    .map(entry => {
      const at = entry.indexOf('=');
      const label = (at < 0 ? entry : entry.slice(0, at)).trim();
      return {label, value: at < 0 ? entry.trim() : entry.slice(at + 1)};
    });
}

function readPattern(name: string, regex: string): {pattern?: string; required: boolean} {
  if (regex === '') return {required: false};
  if (hasUnescapedSlash(regex)) {
    throw new WidgetError(
      `The field ${JSON.stringify(name)} can never be filled in: its pattern has an unescaped slash, which the platform refuses.`,
    );
  }
  try {
    return {pattern: regex, required: !new RegExp(regex).test('')};
  } catch {
    return {required: true};
  }
}

function hasUnescapedSlash(regex: string): boolean {
  return regex.replace(/\\[^]/g, '').includes('/');
}
