import {existsSync, readFileSync} from 'node:fs';

/** The page of docs/elements/ for one element. Nothing in it is written by hand but the example beside the element. */
export function elementPage(element, {tokens, events}) {
  const {tagName, summary, description, module, attributes, members, slots, cssParts, cssProperties} = element;
  const folder = folderOf(module);
  const shared = new Set(tokens.map(({name}) => name));
  const own = (cssProperties ?? []).filter(({name}) => !shared.has(name));
  const fields = members.filter(({kind}) => kind === 'field');
  const methods = members.filter(({kind}) => kind === 'method');
  return `${[
    notice,
    `# \`<${tagName}>\``,
    summary,
    description,
    exampleSection(folder, tagName),
    section('Attributes and properties', settings(attributes ?? [], fields)),
    section(
      'Methods',
      table(
        ['method', 'does'],
        methods.map(method => [signature(method), method.description]),
      ),
    ),
    section(
      'Events',
      table(
        ['event', 'when', 'carries'],
        (element.events ?? []).map(({name, description, type}) => [
          code(name),
          description,
          fieldsOf(events.get(type.text)),
        ]),
      ),
    ),
    section(
      'Slots',
      table(
        ['slot', 'for'],
        (slots ?? []).map(({name, description}) => [name === '' ? 'default' : code(name), description]),
      ),
    ),
    section(
      'Parts',
      table(
        ['part', 'is'],
        (cssParts ?? []).map(({name, description}) => [code(name), description]),
      ),
    ),
    section(
      'Custom properties',
      table(
        ['property', 'sets', 'default'],
        own.map(({name, description, default: value}) => [code(name), description, value ? code(value) : '']),
      ) + (own.length < (cssProperties ?? []).length ? `${own.length > 0 ? '\n\n' : ''}${readsTokens}` : ''),
    ),
    section('Import', importLines(element, folder)),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

const notice = '<!-- Written by "npm run docs" from the comments in the sources. Change those. -->';
const readsTokens = 'It reads the [tokens](README.md#tokens) as well.';

/** The overview, with what all elements have in common. */
export const overviewPage = (elements, {tokens}) =>
  `${[
    notice,
    '# The elements',
    table(
      ['element', 'is'],
      elements.map(({tagName, summary}) => [`[\`<${tagName}>\`](${tagName}.md)`, summary]),
    ),
    section(
      'Tokens',
      `What a page sets, anywhere above the elements, to change how all of them look.\n\n${table(
        ['property', 'sets', 'default'],
        tokens.map(({name, description, default: value}) => [code(name), description, value ? code(value) : '']),
      )}`,
    ),
  ].join('\n\n')}\n`;

/** `components/storefront/cart` for `dist/components/storefront/cart/cart.js`. */
const folderOf = module => module.replace(/^dist\//, '').replace(/\/[^/]+$/, '');

/** The example of an element, if there is one: `<name>.example.html` beside its class. */
function exampleSection(folder, tagName) {
  const path = `${folder}/${tagName.replace(/^ks-/, '')}.example.html`;
  if (!existsSync(path)) return '';
  return section('Example', `\`\`\`html\n${readFileSync(path, 'utf8').trim()}\n\`\`\``);
}

/** A property and the attribute that sets it are one line. */
function settings(attributes, fields) {
  const attributeOf = new Map(attributes.map(attribute => [attribute.fieldName, attribute]));
  const alone = attributes.filter(({fieldName}) => !fields.some(({name}) => name === fieldName));
  return table(
    ['attribute', 'property', 'type', 'is'],
    [
      ...alone.map(({name, type, description}) => [code(name), '', code(type.text), description]),
      ...fields.map(({name, type, description}) => {
        const attribute = attributeOf.get(name);
        return [attribute ? code(attribute.name) : '', code(name), code(type?.text ?? 'unknown'), description];
      }),
    ],
  );
}

function signature({name, parameters = [], return: result}) {
  const list = parameters.map(({name, optional, type}) => `${name}${optional ? '?' : ''}: ${type?.text ?? 'unknown'}`);
  return code(`${name}(${list.join(', ')}): ${result?.type?.text ?? 'void'}`);
}

const fieldsOf = event =>
  (event?.members ?? [])
    .filter(({kind, privacy = 'public'}) => kind === 'field' && privacy === 'public')
    .map(({name, type}) => code(type?.text ? `${name}: ${type.text}` : name))
    .join('<br>');

function importLines({name, tagName}, folder) {
  const element = tagName.replace(/^ks-/, '');
  if (!folder.startsWith('components/storefront/')) return '';
  return `\`\`\`ts\nimport 'keystall/define/${element}'; // registers it\nimport {${name}} from 'keystall/elements/${element}'; // the class alone\n\`\`\``;
}

const section = (title, body) => body && `## ${title}\n\n${body}`;

function table(titles, rows) {
  if (rows.length === 0) return '';
  const used = titles.map((_, column) => rows.some(row => row[column]));
  const line = cells =>
    `| ${cells
      .filter((_, column) => used[column])
      .map(cell)
      .join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = text => (text ?? '').replaceAll('\n', ' ').replaceAll('|', '\\|');
const code = text => `\`${text}\``;
