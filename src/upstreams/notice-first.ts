/**
 * A description with what a buyer has to know before it, under the titles by which a shop tells the two apart again.
 * @param notice as the platform sends it, HTML or text
 */
export function noticeFirst(notice: string, description: string): string {
  if (notice.trim() === '') return description;
  return `<p>【购买须知】</p>${notice}${description.trim() === '' ? '' : `<p>【商品详情】</p>${description}`}`;
}
