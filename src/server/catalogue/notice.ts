import {spanText, type Block, type RichText} from '../../domain/rich-text.ts';

/** What a buyer has to know before buying (购买须知), and what is left of the description. */
export interface SplitDescription {
  readonly notice: RichText;
  readonly description: RichText;
}

const noticeTitle =
  /^(?:购买须知|购前须知|购买必读|购买说明|注意事项|温馨提示|下单须知|purchase notes?|before you buy)$/i;
const sectionTitle = /^【[^】]{1,20}】[:：]?$/;
const brackets = /^[【[「『（(〔\s]+|[】\]」』）)〕:：\s]+$/g;

/**
 * Takes the notice out of a description. No platform has a field for it: operators write it as a section with a title
 * line, `【购买须知】`, which ends at the next such line. What stands under no such title stays where it is, and nothing is
 * ever lost or said twice.
 * @param title a first line that repeats it is left out: the page shows it anyway
 */
export function splitNotice(blocks: RichText, title: string): SplitDescription {
  const notice: Block[] = [];
  const description: Block[] = [];
  let isNotice = false;
  for (const [index, block] of blocks.entries()) {
    const line = block.kind === 'list' ? undefined : spanText(block.spans).trim();
    if (index === 0 && line === title.trim()) continue;
    if (line !== undefined && noticeTitle.test(line.replaceAll(brackets, ''))) {
      isNotice = true;
      continue;
    }
    const isTitle = block.kind === 'heading' || (line !== undefined && sectionTitle.test(line));
    if (isTitle) isNotice = false;
    if (isNotice) notice.push(block);
    else description.push(isTitle && line !== undefined ? titled(line) : block);
  }
  return {notice, description};
}

/** Brackets say in a line of text what a heading says by itself. */
const titled = (line: string): Block => ({kind: 'heading', spans: [{text: line.replaceAll(brackets, '') || line}]});
