import {RE2JS} from 're2js';
import {fieldError} from '../../domain/form-field.ts';
import type {ContactKind} from '../../domain/product.ts';
import type {OrderRequest} from '../../contract/order.ts';
import type {Problem} from '../../contract/problem.ts';
import type {ListingRecord} from '../persistence/records.ts';

const contactPatterns: Readonly<Record<ContactKind, RegExp>> = {
  any: /\S/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  phone: /^\+?\d[\d -]{5,18}\d$/,
  qq: /^[1-9]\d{4,11}$/,
};

/** What is wrong with contact and form fields, place by place; empty when nothing is. */
export function formErrors(
  request: OrderRequest,
  lines: readonly {skuId: string; listing: ListingRecord}[],
): NonNullable<Problem['errors']> {
  const errors: NonNullable<Problem['errors']> = [];
  for (const kind of new Set(lines.map(({listing}) => listing.product.contact))) {
    if (!contactPatterns[kind].test(request.contact.trim())) {
      errors.push({path: 'contact', message: kind === 'any' ? 'required' : `mismatch: ${kind}`});
    }
  }
  for (const {skuId, listing} of lines) {
    for (const field of listing.product.fields) {
      const error = fieldError(field, valueOf(request, skuId, field.name), matchesInLinearTime);
      if (error) errors.push({path: `fields.${skuId}.${field.name}`, message: error});
    }
  }
  return errors;
}

/** The values of the fields a good declares; whatever else was sent goes nowhere. */
export function declaredFields(request: OrderRequest, skuId: string, listing: ListingRecord): Record<string, string> {
  const values = listing.product.fields.map(({name}) => [name, valueOf(request, skuId, name)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** What was sent for a field; the platform picks its name, which may be that of an inherited property. */
function valueOf(request: OrderRequest, skuId: string, name: string): string {
  const values = request.fields?.[skuId] ?? {};
  return Object.hasOwn(values, name) ? values[name]! : '';
}

/** A platform's pattern may be made to hang a backtracking engine; RE2 is linear. What it cannot read checks nothing. */
function matchesInLinearTime(pattern: string, value: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    return true;
  }
}
