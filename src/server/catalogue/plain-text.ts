import {Parser} from 'htmlparser2';

const blocks = new Set([
  'p',
  'div',
  'li',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'table',
  'section',
  'blockquote',
]);
const silent = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math']);
const longest = 20_000;

/** What a platform's HTML says, as plain text with line breaks. No markup, no script, no address of it survives. */
export function plainText(html: string): string {
  let text = '';
  let silence = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (silent.has(name)) silence++;
      else if (name === 'br' || blocks.has(name)) text += '\n';
    },
    ontext(part) {
      if (silence === 0) text += part;
    },
    onclosetag(name) {
      if (silent.has(name)) silence = Math.max(0, silence - 1);
      else if (blocks.has(name)) text += '\n';
    },
  });
  parser.end(html.slice(0, longest * 10));
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, longest);
}
