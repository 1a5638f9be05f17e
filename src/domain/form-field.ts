/** A field of a direct top-up that the buyer fills in, such as an account or a game area. */
export interface FormField {
  /** Name the platform knows the field by. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password' | 'number' | 'select' | 'radio' | 'checkbox' | 'textarea';
  readonly placeholder?: string;
  readonly required: boolean;
  /** Pattern the whole value is tested with; never trusted to be safe or even valid. */
  readonly pattern?: string;
  /** The platform's own words when the value does not fit. */
  readonly error?: string;
  readonly options?: readonly {readonly label: string; readonly value: string}[];
}

/** Longest value of one form field, in UTF-16 units. */
export const maximumFieldLength = 256;

/**
 * What is wrong with a value, if anything.
 * @param matches tests the platform's pattern; the pattern may be hostile or invalid, so the caller picks the engine.
 */
export function fieldError(
  field: FormField,
  value: string,
  matches: (pattern: string, value: string) => boolean,
): 'required' | 'mismatch' | undefined {
  if (value === '') return field.required ? 'required' : undefined;
  if (value.length > maximumFieldLength) return 'mismatch';
  if (field.options && !field.options.some(option => option.value === value)) return 'mismatch';
  return field.pattern === undefined || matches(field.pattern, value) ? undefined : 'mismatch';
}
