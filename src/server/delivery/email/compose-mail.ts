import type {Key} from '../../../contract/keys.ts';
import {isPositive, type Money} from '../../../domain/money.ts';
import {refundedOf} from '../../refunds/refunded.ts';
import {deliveryWords} from '../delivery-words.ts';
import type {DeliveryWords} from '../delivery-words.zh-cn.ts';
import type {Message} from '../port.ts';

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Keys that are pictures. */
  readonly attachments: readonly {readonly filename: string; readonly contentType: string; readonly base64: string}[];
}

/** A part of a mail, which has two forms. */
interface Part {
  readonly text: string;
  readonly html: string;
}

/** A message as a mail, in its buyer's language. No key ever stands in the subject. */
export function composeMail(message: Message): Mail {
  const {order, occasion, keys, link, page, shopName} = message;
  const words = deliveryWords(order.lang);
  const headline = words.headline[occasion];
  const {parts: keyParts, attachments} = keyList(keys, words);
  const isOpen = occasion === 'keys_partly_delivered' && order.progress.state === 'partially_delivered';
  const refunded = refundedOf(order);
  const parts: readonly (Part | false | undefined)[] = [
    {text: headline, html: `<h1 style="font-size:20px;margin:0 0 16px">${escaped(headline)}</h1>`},
    paragraph(words.number(order.number)),
    lineList(message, words),
    isOpen && paragraph(words.stillToCome),
    isPositive(order.refundDue) && paragraph(words.due(inWords(order.refundDue, words))),
    occasion === 'refunded' && isPositive(refunded) && paragraph(words.refunded(inWords(refunded, words))),
    ...keyParts,
    link === undefined ? undefined : button(words.open, link),
    link === undefined ? undefined : paragraph(words.openHint),
    link === undefined && page !== undefined && button(words.page, page),
    (keys.length > 0 || link !== undefined) && paragraph(words.keep),
    paragraph(shopName),
  ];
  const present = parts.filter(part => !!part);
  return {
    subject: oneLine(words.subject(`${shopName}: ${headline}`, order.number)),
    text: `${present.map(({text}) => text).join('\n\n')}\n`,
    html:
      `<!doctype html><html lang="${escaped(words.lang)}"><head><meta charset="utf-8">` +
      `<meta name="viewport" content="width=device-width"><title>${escaped(headline)}</title></head>` +
      '<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:auto">' +
      `${present.map(({html}) => html).join('')}</div></body></html>`,
    attachments,
  };
}

function lineList({order}: Message, words: DeliveryWords): Part {
  const lines = order.lines.map(({id, title}) => {
    const {delivered, quantity} = order.progress.lines[id]!;
    return `${title} × ${quantity} · ${words.pieces(delivered, quantity)}`;
  });
  return {
    text: lines.map(line => `- ${line}`).join('\n'),
    html: `<ul style="padding-inline-start:20px">${lines.map(line => `<li>${escaped(line)}</li>`).join('')}</ul>`,
  };
}

function keyList(keys: readonly Key[], words: DeliveryWords): {parts: Part[]; attachments: Mail['attachments']} {
  const attachments: Mail['attachments'][number][] = [];
  if (keys.length === 0) return {parts: [], attachments};
  const parts = keys.map(key => {
    const {title, note, expiresAt} = key;
    const lines = [
      ...secretLines(key, words, (contentType, base64) => {
        const filename = `${attachments.length + 1}.${contentType.split('/')[1]!}`;
        attachments.push({filename, contentType, base64});
        return attachments.length;
      }),
    ];
    const asides = [
      ...(note === undefined ? [] : [note]),
      ...(expiresAt === undefined ? [] : [words.expires(expiresAt.slice(0, 10))]),
    ];
    return {
      text: [title, ...lines.map(line => `  ${line}`), ...asides].join('\n'),
      html:
        `<div style="border:1px solid #ccc;border-radius:8px;padding:12px;margin:12px 0"><div>${escaped(title)}</div>` +
        lines
          .map(
            line =>
              `<div style="font:16px/1.6 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap">${escaped(line)}</div>`,
          )
          .join('') +
        asides.map(aside => `<div style="white-space:pre-wrap">${escaped(aside)}</div>`).join('') +
        '</div>',
    };
  });
  const heading = {text: words.keys, html: `<h2 style="font-size:16px;margin:24px 0 0">${escaped(words.keys)}</h2>`};
  return {parts: [heading, ...parts], attachments};
}

function secretLines(
  {secret}: Key,
  words: DeliveryWords,
  attach: (contentType: string, base64: string) => number,
): readonly string[] {
  switch (secret.kind) {
    case 'code':
      return [secret.code];
    case 'number_and_password':
      return [`${words.cardNumber}: ${secret.number}`, `${words.password}: ${secret.password}`];
    case 'link':
      return [secret.url];
    case 'text':
      return secret.text.split(/\r?\n/);
    case 'image':
      return [words.picture(attach(secret.mediaType, secret.base64))];
  }
}

function paragraph(text: string): Part {
  return {text, html: `<p style="margin:12px 0">${escaped(text)}</p>`};
}

function button(label: string, address: string): Part {
  return {
    text: `${label}: ${address}`,
    html: `<p style="margin:20px 0"><a href="${escaped(address)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1d4ed8;color:#fff;text-decoration:none">${escaped(label)}</a></p>`,
  };
}

function inWords({amount, currency}: Money, {lang}: DeliveryWords): string {
  return new Intl.NumberFormat(lang, {style: 'currency', currency}).format(amount as Intl.StringNumericLiteral);
}

/** What a header can hold: no line end, so that a name cannot write a header of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}
