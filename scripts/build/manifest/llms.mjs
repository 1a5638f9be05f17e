import {readFileSync} from 'node:fs';
import {elementsOf} from './manifest.mjs';
import {designTokens} from './tokens.mjs';

/** What an assistant needs to embed the shop, as https://llmstxt.org proposes: the guide, then every element in brief. */
export function llmsText(manifest) {
  const {description} = JSON.parse(readFileSync('package.json', 'utf8'));
  const guide = readFileSync('docs/embedding.md', 'utf8')
    .replace(/^# .*\n+/, '')
    .replaceAll(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1');
  return `# Keystall

> ${description}

${guide.trim()}

## The elements

${elementsOf(manifest).map(brief).join('\n\n')}

## Tokens

${designTokens().map(item).join('\n')}
`;
}

function brief({tagName, summary, attributes, members, events, slots, cssParts}) {
  const attributed = new Set((attributes ?? []).map(({fieldName}) => fieldName));
  const lists = {
    Attributes: (attributes ?? []).map(({name, type, description}) =>
      item({name: `${name}: ${type.text.replace(' | undefined', '')}`, description}),
    ),
    Properties: members
      .filter(({kind, name}) => kind === 'field' && !attributed.has(name))
      .map(({name, type, description}) =>
        item({name: `${name}: ${type.text.replace(' | undefined', '')}`, description}),
      ),
    Methods: members
      .filter(({kind}) => kind === 'method')
      .map(({name, description}) => item({name: `${name}()`, description})),
    Events: (events ?? []).map(item),
    Slots: (slots ?? []).map(({name, description}) => item({name: name || 'default', description})),
    Parts: (cssParts ?? []).map(item),
  };
  const filled = Object.entries(lists).filter(([, lines]) => lines.length > 0);
  return [`### <${tagName}>`, summary, ...filled.map(([title, lines]) => `${title}:\n\n${lines.join('\n')}`)].join(
    '\n\n',
  );
}

const item = ({name, description}) => `- \`${name}\`: ${description.replaceAll('\n', ' ')}`;
