import {Parser} from 'htmlparser2';
import type {Block, RichText, Span} from '../../domain/rich-text.ts';
import {parseUrl} from '../../upstreams/parse-url.ts';

/** What a platform's HTML holds that a buyer may see. */
export interface Description {
  readonly text: RichText;
  /** Addresses of its pictures as they stand there: the platform's adapter knows what they are relative to. */
  readonly pictures: readonly string[];
}

const mostLetters = 20_000;
const mostBlocks = 400;
const mostSpans = 2_000;
const mostPictures = 7;
const longestAddress = 2_000;
/** The parser's work grows with the square of the depth, and no editor nests like that. */
const deepest = 200;
const chunk = 1_000;

const paragraphs = new Set([
  ...['p', 'div', 'section', 'article', 'header', 'footer', 'blockquote', 'pre', 'table', 'tr', 'dl', 'dt', 'dd', 'hr'],
  ...['center', 'figure', 'figcaption', 'details', 'summary', 'form', 'fieldset', 'address', 'main', 'aside', 'nav'],
]);
const silent = new Set([
  ...['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math', 'title', 'textarea', 'select'],
  ...['audio', 'video', 'canvas', 'noembed', 'noframes', 'xmp', 'head'],
]);

/**
 * Reads the few forms we show out of a platform's HTML: paragraphs, headings, lists, bold letters, https links. All
 * else is dropped or becomes text, so that no markup, style or script is left to be escaped later; see
 * docs/decisions/0011-descriptions-are-trees.md.
 */
export function readDescription(html: string): Description {
  const writer = new Writer();
  const pictures = new Set<string>();
  // A text without any form of HTML was typed line by line.
  const linesCount = !/<(?:br|p|div|li|h[1-6]|table)\b/i.test(html);
  let silence = 0;
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth++;
      if (silent.has(name)) silence++;
      if (silence > 0) return;
      const {src} = attributes;
      if (name === 'img' && src && src.length <= longestAddress && pictures.size < mostPictures) pictures.add(src);
      else if (name === 'a') writer.link(safeAddress(attributes['href']));
      else writer.open(name);
    },
    ontext(text) {
      if (silence === 0) writer.write(text.replaceAll(linesCount ? /[^\S\n]+/g : /\s+/g, ' '));
    },
    onclosetag(name) {
      depth--;
      if (silent.has(name)) silence = Math.max(0, silence - 1);
      else if (silence > 0) return;
      else if (name === 'a') writer.link(undefined);
      else writer.close(name);
    },
  });
  for (let at = 0; at < html.length && at < mostLetters * 10 && depth < deepest && !writer.isFull; at += chunk) {
    parser.write(html.slice(at, at + chunk));
  }
  parser.end();
  return {text: writer.finish(), pictures: [...pictures]};
}

/** Takes what a parser meets, one thing after the other, and keeps it within bounds. */
class Writer {
  /** Nothing more is taken. */
  isFull = false;
  readonly #blocks: Block[] = [];
  #spans: Span[] = [];
  #kind: 'paragraph' | 'heading' = 'paragraph';
  #list: {readonly ordered: boolean; readonly items: (readonly Span[])[]} | undefined;
  #lists: boolean[] = [];
  #strong = 0;
  #href: string | undefined;
  #letters = 0;
  #spanCount = 0;
  #blockCount = 0;

  open(name: string): void {
    if (name === 'br') this.#put('\n');
    else if (name === 'b' || name === 'strong') this.#strong++;
    else if (name === 'ul' || name === 'ol') {
      this.#endBlock();
      this.#lists.push(name === 'ol');
      // Lists within lists are told one after the other: the order stays, the depth goes.
      this.#list ??= {ordered: name === 'ol', items: []};
    } else if (name === 'td' || name === 'th') this.write(' ');
    else if (isBlock(name)) {
      this.#endBlock();
      if (isHeading(name)) this.#kind = 'heading';
    }
  }

  close(name: string): void {
    if (name === 'b' || name === 'strong') this.#strong = Math.max(0, this.#strong - 1);
    else if (name === 'ul' || name === 'ol') {
      this.#endBlock();
      this.#lists.pop();
      if (this.#lists.length === 0) this.#endList();
    } else if (isBlock(name)) this.#endBlock();
  }

  link(href: string | undefined): void {
    this.#href = href;
  }

  write(text: string): void {
    // Invisible letters that turn the direction of others make one address look like another.
    for (const [index, line] of text
      .replaceAll(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '')
      .split('\n')
      .entries()) {
      if (index > 0) this.#put('\n');
      const before = this.#spans.at(-1)?.text.at(-1);
      const isAtEdge = before === undefined || before === ' ' || before === '\n';
      this.#put(isAtEdge ? line.trimStart() : line);
    }
  }

  finish(): RichText {
    this.#endBlock();
    this.#endList();
    return this.#blocks;
  }

  #put(text: string): void {
    if (text === '' || this.isFull) return;
    const room = mostLetters - this.#letters;
    const cut = text.length > room ? `${wholeLetters(text.slice(0, room))}…` : text;
    this.isFull = text.length > room;
    this.#letters += text.length;
    const last = this.#spans.at(-1);
    const strong = this.#strong > 0;
    const isAlike = last && (last.strong === true) === strong && last.href === this.#href;
    if (last && (isAlike || this.#spanCount >= mostSpans)) {
      this.#spans[this.#spans.length - 1] = {...last, text: last.text + cut};
      return;
    }
    this.#spanCount++;
    this.#spans.push({text: cut, ...(strong && {strong}), ...(this.#href !== undefined && {href: this.#href})});
  }

  #endBlock(): void {
    const spans = trimmed(this.#spans);
    const kind = this.#kind;
    this.#spans = [];
    this.#kind = 'paragraph';
    if (spans.length === 0 || this.#blockCount >= mostBlocks) return;
    this.#blockCount++;
    if (this.#list) this.#list.items.push(spans);
    else this.#blocks.push({kind, spans});
  }

  #endList(): void {
    if (this.#list && this.#list.items.length > 0) this.#blocks.push({kind: 'list', ...this.#list});
    this.#list = undefined;
  }
}

const isHeading = (name: string): boolean => /^h[1-6]$/.test(name);
const isBlock = (name: string): boolean => name === 'li' || paragraphs.has(name) || isHeading(name);

/** Not half of a letter that takes two units. */
const wholeLetters = (text: string): string => text.replace(/[\ud800-\udbff]$/, '');

/** Editors leave spaces there that no Chinese text has: “不支持退换 。” */
const beforePunctuation = / +(?=[。，、；：！？）】》」』])/g;

/**
 * Without white space at either end, at the ends of lines and before Chinese punctuation, and without more than one empty
 * line in a row.
 */
function trimmed(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = spans.map(span => (/\s/.test(span.text) ? {...span, text: tidied(span.text)} : span));
  for (const [at, edge] of [
    [0, /^\s+/],
    [-1, /\s+$/],
  ] as const) {
    for (let span = kept.at(at); span; span = kept.at(at)) {
      const text = span.text.replace(edge, '');
      if (text !== '') {
        if (text !== span.text) kept.splice(at, 1, {...span, text});
        break;
      }
      kept.splice(at, 1);
    }
  }
  return kept;
}

function tidied(text: string): string {
  return text
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(beforePunctuation, '');
}

/** An address somebody may be led to: https, and nothing that poses as another host before an `@`. */
function safeAddress(href: string | undefined): string | undefined {
  if (!href || href.length > longestAddress) return undefined;
  const url = parseUrl(href.trim());
  return url?.protocol === 'https:' && !url.username && !url.password ? url.href : undefined;
}
