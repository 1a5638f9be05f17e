/** Letters in one style. A line break is `\n`. */
export interface Span {
  readonly text: string;
  readonly strong?: true;
  /** Where a link leads: an absolute https address, or the text is no link. */
  readonly href?: string;
}

export type Block =
  | {readonly kind: 'paragraph' | 'heading'; readonly spans: readonly Span[]}
  | {readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[]};

/** A text with a little form, and no way to hold anything else: blocks of spans, never deeper. */
export type RichText = readonly Block[];

export const spanText = (spans: readonly Span[]): string => spans.map(({text}) => text).join('');
