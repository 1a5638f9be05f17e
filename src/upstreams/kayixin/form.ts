import * as v from 'valibot';
import {describeIssues} from '../answer-schemas.ts';
import type {FormField} from '../../domain/form-field.ts';
import {template, templateOption} from './answers.ts';

/** A field that cannot be asked for, said to a person. */
type Reason = string;

/** The protocol's kinds of fields. A picture (1) is none that we could send. */
const types: Readonly<Record<number, FormField['type']>> = {
  0: 'text',
  13: 'number',
  14: 'select',
  15: 'textarea',
  16: 'select',
};

/**
 * The form of a good. Its fields are named by their titles, which is how they are sent. What need not be filled in and
 * cannot be asked for is left out.
 */
export function readForm(templates: readonly unknown[]): readonly FormField[] | Reason {
  const fields: FormField[] = [];
  for (const record of templates) {
    const parsed = v.safeParse(template, record);
    if (!parsed.success) return `A field of its form is unreadable: ${describeIssues(parsed.issues)}.`;
    const {type: code, title, placeholder, required, regex, options: records} = parsed.output;
    const type = types[code];
    if (type === undefined) {
      if (required === 1) return `Its field ${title} is of type ${code}, which cannot be asked for.`;
      continue;
    }
    if (fields.some(({name}) => name === title)) return `Two fields of its form are called ${title}.`;
    const options = readOptions(records);
    if (!options || new Set(options.map(({value}) => value)).size < options.length) {
      return `The options of its field ${title} are unreadable, or two of them mean the same.`;
    }
    if (options.length === 0 && type === 'select') return `Its field ${title} has no options.`;
    fields.push({
      name: title,
      label: title,
      type,
      required: required === 1,
      ...(placeholder !== '' && {placeholder}),
      ...(regex !== '' && {pattern: regex}),
      ...(type === 'select' && {options}),
    });
  }
  return fields;
}

/** The inmost options of a cascade, each called by all that it is in; what is sent is its own value. */
function readOptions(records: readonly unknown[], above = ''): NonNullable<FormField['options']> | undefined {
  const options: {label: string; value: string}[] = [];
  for (const record of records) {
    const parsed = v.safeParse(templateOption, record);
    if (!parsed.success) return undefined;
    const {name, value, children} = parsed.output;
    const label = `${above}${name || value}`;
    const inner = children.length > 0 ? readOptions(children, `${label} / `) : [{label, value}];
    if (!inner) return undefined;
    options.push(...inner);
  }
  return options;
}
