/** A good's `config`: sections, and in them texts or further groups, in the order written. */
export type ConfigTree = ReadonlyMap<string, ConfigTree | string>;

/** Thrown when the platform's own parser would not read a `config`, either. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the INI text in which `items` carries prices and options, as the platform's parser does, quirks included:
 * a line that ends in a bracket pair is a section header wherever the bracket opens; there are no comments and no
 * trimming; each other line has exactly one `=`; dots in a name nest; the first of equal names wins; a line `0` is
 * nothing. Source: acg-faka 3.6.0, app/Util/Ini.php.
 * @throws {ConfigError} and nothing else.
 */
export function parseConfig(text: string): ConfigTree {
  const sections = new Map<string, MutableTree>();
  let section: MutableTree | undefined;
  for (const line of trimPhp(text).split(/[\r\n]+/)) {
    if (line === '' || line === '0') continue;
    const header = readHeader(line);
    if (header === undefined) {
      if (!section) throw new ConfigError(`The config line ${shown(line)} stands in no section.`);
      insertLine(section, line);
      continue;
    }
    // PHP takes these two names for empty, and then finds no section for the lines below.
    section = header === '' || header === '0' ? undefined : (sections.get(header) ?? new Map());
    if (section) sections.set(header, section);
  }
  return sections;
}

/**
 * Reads the object in which `item` carries the same. An empty PHP array arrives as `[]`, one with the keys 0, 1, … as a list.
 * @throws {ConfigError} and nothing else.
 */
export function readConfig(value: unknown): ConfigTree {
  if (value === null || value === undefined || value === '') return new Map();
  if (typeof value === 'string') return parseConfig(value);
  const tree = readNode(value, deepestNesting);
  if (typeof tree === 'string') throw new ConfigError('The config is neither a text nor a table.');
  return tree;
}

/** The group at a place of the tree; empty when there is none or a text stands there. */
export function group(tree: ConfigTree, ...path: readonly string[]): ConfigTree {
  let node: ConfigTree | string | undefined = tree;
  for (const name of path) node = typeof node === 'object' ? node.get(name) : undefined;
  return typeof node === 'object' ? node : new Map();
}

type MutableTree = Map<string, MutableTree | string>;

/** Deepest in use: section → race → quantity. */
const deepestNesting = 8;

function readHeader(line: string): string | undefined {
  const opening = line.indexOf('[');
  return line.endsWith(']') && opening >= 0 ? line.slice(opening + 1, -1) : undefined;
}

function insertLine(section: MutableTree, line: string): void {
  const [left, value, ...more] = line.split('=');
  if (left === undefined || value === undefined || more.length > 0) {
    throw new ConfigError(`The config line ${shown(line)} needs exactly one "=".`);
  }
  const names = left.split('.').flatMap(name => (name.includes('[]') ? [name.replaceAll('[]', ''), '0'] : [name]));
  const last = names.pop()!;
  let node = section;
  for (const name of names) {
    const next = node.get(name) ?? new Map();
    if (typeof next === 'string') return;
    node.set(name, next);
    node = next;
  }
  const earlier = node.get(last);
  if (typeof earlier === 'object') throw new ConfigError(`The config line ${shown(line)} gives a group one value.`);
  if (earlier === undefined) node.set(last, value);
}

function readNode(value: unknown, depth: number): ConfigTree | string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '1';
  if (typeof value !== 'object' || depth === 0) throw new ConfigError('The config is nested too deeply.');
  return new Map(Object.entries(value).map(([name, inner]) => [name, readNode(inner, depth - 1)]));
}

function trimPhp(text: string): string {
  const isBlank = (index: number) => ' \t\n\r\0\v'.includes(text[index]!);
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

function shown(line: string): string {
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
}
