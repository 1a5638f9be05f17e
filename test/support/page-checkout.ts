import type {Page} from 'playwright-core';

export interface PageCheckout {
  /** Of the way to pay, as it is called in Chinese. */
  readonly method: RegExp;
  readonly lookupPassword?: string;
}

/** The contact that is given in it. */
export const contact = 'buyer@example.com';

/** On a page of the shop, up to the press that pays: the first good there, which needs no choice and no fields. */
export async function checkOut(page: Page, {method, lookupPassword}: PageCheckout): Promise<void> {
  await page
    .getByRole('button', {name: /^加入购物车：/})
    .first()
    .click();
  await page.getByRole('button', {name: '购物车，1 件商品'}).click();
  await page.getByRole('button', {name: '去结算'}).click();
  await page.getByRole('textbox', {name: /联系方式|邮箱/}).fill(contact);
  if (lookupPassword !== undefined) await page.getByRole('textbox', {name: /查单密码/}).fill(lookupPassword);
  await page.getByRole('radio', {name: method}).check();
  await page.getByRole('button', {name: /^支付 ¥/}).click();
}
