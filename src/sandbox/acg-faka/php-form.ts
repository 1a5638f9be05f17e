/**
 * Reads form bodies the way PHP fills `$_POST`: names are mangled, `a[b]` nests, of equal names the last wins.
 * Source: PHP manual, "Variables From External Sources"; seen on a running shop.
 */
export type PhpValue = string | PhpArray;

/** An ordered PHP array; names that are plain decimal numbers are integers there, but read alike as text. */
export type PhpArray = Map<string, PhpValue>;

/** The fields of a POST request; anything that is not a form has none. */
export async function readForm(request: Request): Promise<PhpArray> {
  if (request.method !== 'POST') return new Map();
  const mediaType = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') return parseUrlEncoded(await request.text());
  if (mediaType === 'multipart/form-data') return parseMultipart(request);
  return new Map();
}

export function parseUrlEncoded(body: string): PhpArray {
  const fields: PhpArray = new Map();
  for (const pair of body.split('&')) {
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    register(fields, decode(name), equals < 0 ? '' : decode(pair.slice(equals + 1)));
  }
  return fields;
}

async function parseMultipart(request: Request): Promise<PhpArray> {
  const fields: PhpArray = new Map();
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    return fields;
  }
  for (const [name, value] of form) if (typeof value === 'string') register(fields, name, value);
  return fields;
}

/** `+` is a space, a percent sign that starts no escape stays as it is. */
function decode(text: string): string {
  const source = new TextEncoder().encode(text);
  const bytes: number[] = [];
  for (let index = 0; index < source.length; index += 1) {
    const byte = source[index]!;
    const escape =
      byte === 0x25 ? /^[0-9a-f]{2}$/i.exec(String.fromCharCode(...source.slice(index + 1, index + 3))) : null;
    if (escape) index += 2;
    bytes.push(escape ? Number.parseInt(escape[0], 16) : byte === 0x2b ? 0x20 : byte);
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** Puts one pair where PHP would. */
function register(fields: PhpArray, rawName: string, value: string): void {
  const name = rawName.replace(/^ +/, '');
  const bracket = name.indexOf('[');
  const close = bracket < 0 ? -1 : name.indexOf(']', bracket);
  if (bracket === 0 || name === '') return;
  if (close < 0) {
    // An opening bracket without its partner is one more character a variable name cannot hold.
    const mangled = bracket < 0 ? mangle(name) : `${mangle(name.slice(0, bracket))}_${name.slice(bracket + 1)}`;
    fields.set(mangled, value);
    return;
  }
  const path = [mangle(name.slice(0, bracket)), ...subscripts(name.slice(bracket))];
  let target = fields;
  path.forEach((step, index) => {
    const key = step === null ? nextIndex(target) : step;
    if (index === path.length - 1) {
      target.set(key, value);
      return;
    }
    const held = target.get(key);
    const nested: PhpArray = held instanceof Map ? held : new Map();
    target.set(key, nested);
    target = nested;
  });
}

function mangle(name: string): string {
  return name.replace(/[ .]/g, '_');
}

/** `[a][][b]` as steps; `null` means "the next free number". What follows the last bracket is dropped. */
function subscripts(text: string): (string | null)[] {
  const steps: (string | null)[] = [];
  let rest = text;
  for (let match = /^\[\s*([^\]]*)\]/.exec(rest); match; match = /^\[\s*([^\]]*)\]/.exec(rest)) {
    steps.push(match[1] === '' ? null : match[1]!);
    rest = rest.slice(match[0].length);
  }
  return steps;
}

function nextIndex(array: PhpArray): string {
  let next = 0;
  for (const key of array.keys()) if (/^\d+$/.test(key)) next = Math.max(next, Number(key) + 1);
  return String(next);
}

/** `(int)$text`: what leads as a number, cut towards zero; nothing numeric is 0. */
export function toInteger(value: PhpValue | undefined): number {
  if (value === undefined) return 0;
  if (value instanceof Map) return value.size > 0 ? 1 : 0;
  const match = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.exec(value);
  return match ? Math.trunc(Number(match[0])) || 0 : 0;
}

/** `(string)$value`. */
export function toText(value: PhpValue | undefined): string {
  return value instanceof Map ? 'Array' : (value ?? '');
}

/** As `json_encode` writes it: an array whose names are 0, 1, 2 … is a list. */
export function toJson(value: PhpValue): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...value];
  const isList = entries.every(([key], index) => key === String(index));
  return isList
    ? entries.map(([, entry]) => toJson(entry))
    : Object.fromEntries(entries.map(([key, entry]) => [key, toJson(entry)]));
}
