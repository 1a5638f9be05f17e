import type {KeystallError} from '../client/errors.ts';
import {minimumLookupPassword, type OrderRequest} from '../contract/order.ts';
import type {FormField} from '../domain/form-field.ts';
import type {ContactKind} from '../domain/product.ts';
import {fieldPlace} from './form-draft.ts';
import {fieldProblems} from './form-fields.ts';
import type {BuyableQuote} from './purchase.ts';
import type {CheckoutForm, FormProblems} from './shop.ts';

const longestContact = 254;

const contactPatterns: Readonly<Record<ContactKind, RegExp>> = {
  any: /\S/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  phone: /^\+?[\d ()-]{5,24}$/,
  qq: /^[1-9]\d{4,11}$/,
};

/** What the server would refuse anyway, said before anything is sent. The server has the last word. */
export function checkForm(quote: BuyableQuote, form: CheckoutForm): FormProblems {
  const problems: Record<string, 'required' | 'mismatch'> = {};
  const contact = contactProblem(quote, form.contact.trim());
  if (contact) problems['contact'] = contact;
  const password = lookupPasswordOf(form);
  if (password && password.length < minimumLookupPassword) problems['lookupPassword'] = 'mismatch';
  if (form.method === '') problems['method'] = 'required';
  for (const {skuId, fields} of quote.lines) {
    const wrong = fieldProblems(fields, name => form.fields[skuId]?.[name] ?? '');
    for (const [name, problem] of Object.entries(wrong)) problems[fieldPlace(skuId, name)] = problem;
  }
  return problems;
}

/** What is sent: the fields the goods ask for, and nothing else a form may have held. */
export function orderRequest(
  quote: BuyableQuote,
  form: CheckoutForm,
  {lang, revealKey}: {readonly lang?: string | undefined; readonly revealKey?: string | undefined},
): OrderRequest {
  const filled = quote.lines.flatMap(({skuId, fields}) => {
    const values = fields.flatMap((field: FormField) => {
      const value = form.fields[skuId]?.[field.name] ?? '';
      return value === '' ? [] : [[field.name, value] as const];
    });
    return values.length > 0 ? [[skuId, Object.fromEntries(values)] as const] : [];
  });
  return {
    quote: quote.token,
    contact: form.contact.trim(),
    ...(filled.length > 0 && {fields: Object.fromEntries(filled)}),
    ...(lang !== undefined && {lang}),
    ...(lookupPasswordOf(form) && {lookupPassword: lookupPasswordOf(form)}),
    ...(revealKey !== undefined && {revealKey}),
  };
}

/** Empty where the buyer wants none. */
export function lookupPasswordOf({lookupPassword = ''}: CheckoutForm): string {
  return lookupPassword.trim();
}

/** The places of a form that the server objected to. */
export function problemsOf(error: KeystallError): FormProblems {
  const places = error.errors.map(({path}) => {
    const [place, skuId, ...name] = path.split('.');
    return place === 'fields' ? fieldPlace(skuId!, name.join('.')) : path;
  });
  return Object.fromEntries(places.map(place => [place, 'mismatch'] as const));
}

function contactProblem(quote: BuyableQuote, contact: string): 'required' | 'mismatch' | undefined {
  if (contact === '') return 'required';
  const asked = new Set(quote.lines.map(line => line.contact).filter(kind => kind !== 'any'));
  const fits = asked.size === 0 || [...asked].some(kind => contactPatterns[kind].test(contact));
  return fits && contact.length <= longestContact ? undefined : 'mismatch';
}
