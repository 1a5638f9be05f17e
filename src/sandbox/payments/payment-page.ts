import {sha256} from '@noble/hashes/sha2.js';
import {utf8ToBytes} from '@noble/hashes/utils.js';
import type {Payment} from './payment.ts';
import {pageTexts, type PageLanguage, type PageTexts} from './payment-texts.ts';

/** Actions of the page's forms. */
export const pageActions = ['pay', 'decline', 'expire', 'pay-late', 'notify-again'] as const;

export type PageAction = (typeof pageActions)[number];

const style = `
:root{color-scheme:light dark;--ground:#f3f5f7;--card:#fff;--ink:#16202a;--quiet:#566472;--line:#d5dce2;--accent:#0b5fd0;--on-accent:#fff;--warn-ground:#fff3d1;--warn-ink:#6a4700;--good:#0d6b3a;--bad:#a3231f}
@media (prefers-color-scheme:dark){:root{--ground:#11161b;--card:#1a2128;--ink:#eef2f5;--quiet:#a3b0bc;--line:#37434e;--accent:#8ab8ff;--on-accent:#08182e;--warn-ground:#3a2d0c;--warn-ink:#ffdf94;--good:#7ddba6;--bad:#ff9d97}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;display:grid;place-items:start center;padding:16px}
main{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:16px;overflow:hidden}
.banner{margin:0;padding:12px 24px;background:var(--warn-ground);color:var(--warn-ink);font-weight:600}
.inside{padding:24px}
h1{margin:0 0 4px;font-size:20px}
.what{margin:0 0 24px;color:var(--quiet);overflow-wrap:anywhere}
.amount{margin:0;font-size:40px;line-height:1.2;font-weight:700;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.label{margin:0;color:var(--quiet);font-size:14px}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:24px 0;padding:16px 0;border-block:1px solid var(--line)}
dt{color:var(--quiet)}
dd{margin:0;text-align:end;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.status{font-weight:600}
.paid .status{color:var(--good)}
.declined .status,.expired .status{color:var(--bad)}
form{display:grid;gap:12px}
button,.button{display:grid;place-items:center;min-height:48px;padding:8px 16px;border:1px solid var(--line);border-radius:12px;background:transparent;color:var(--ink);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
button.main,.button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
button:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
h2{margin:24px 0 12px;font-size:14px;color:var(--quiet);font-weight:600}
.hint{margin:24px 0 0;color:var(--quiet);font-size:14px}
.language{display:inline-grid;place-items:center;min-height:44px;color:var(--accent)}
@media (min-width:40rem){body{place-items:center}}
@media (prefers-contrast:more){:root{--quiet:var(--ink);--line:var(--ink)}}
`;

const styleHash = `sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(style))))}`;

/** The pay page: no script, one style sheet allowed by its hash, plain forms. */
export function paymentPage(payment: Payment, now: number, language: PageLanguage): Response {
  const texts = pageTexts[language];
  const actions = formFor(payment, language, texts);
  return page(
    language,
    texts,
    payment.status,
    `<h1>${texts.title}</h1>
<p class="what">${escapeHtml(payment.description)}</p>
<p class="label" id="amount-label">${texts.amount}</p>
<p class="amount" aria-labelledby="amount-label">${escapeHtml(displayAmount(payment, language))}</p>
<dl>
<dt>${texts.state}</dt><dd class="status">${texts.status[payment.status]}</dd>
${payment.status === 'pending' ? `<dt>${texts.left}</dt><dd>${timeLeft(payment, now, texts)}</dd>` : ''}
<dt>${texts.reference}</dt><dd>${escapeHtml(payment.reference)}</dd>
</dl>
${actions}
<p class="hint">${texts.sandboxHint}</p>
<a class="language" hreflang="${otherLanguage(language)}" href="?lang=${otherLanguage(language)}">${texts.otherLanguage}</a>`,
    200,
    new URL(payment.returnUrl).origin,
  );
}

export function absentPage(language: PageLanguage): Response {
  const texts = pageTexts[language];
  return page(language, texts, 'absent', `<h1>${texts.title}</h1><p>${texts.absent}</p>`, 404);
}

function formFor(payment: Payment, language: PageLanguage, texts: PageTexts): string {
  const button = (action: PageAction, text: string, main = false): string =>
    `<button${main ? ' class="main"' : ''} name="action" value="${action}">${text}</button>`;
  const form = (buttons: string): string => `<form method="post" action="?lang=${language}">${buttons}</form>`;
  const tests = (buttons: string): string => `<h2>${texts.test}</h2>${form(buttons)}`;
  const back = `<a class="button main" href="${escapeHtml(payment.returnUrl)}">${texts.back}</a>`;
  const again = button('notify-again', texts.notifyAgain);
  switch (payment.status) {
    case 'pending':
      return (
        form(button('pay', texts.pay, true) + button('decline', texts.decline)) +
        tests(button('expire', texts.expire) + button('pay-late', texts.payLate))
      );
    case 'expired':
      return back + tests(button('pay-late', texts.payLate) + again);
    case 'paid':
    case 'declined':
      return back + tests(again);
  }
}

/**
 * Browsers hold the redirect after a form to `form-action`, so the shop's origin stands there too.
 */
export function page(
  language: PageLanguage,
  texts: PageTexts,
  kind: string,
  inside: string,
  status: number,
  returnOrigin = '',
): Response {
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts.title} · ${texts.sandbox}</title>
<style>${style}</style>
</head>
<body>
<main class="${kind}">
<p class="banner">${texts.sandbox}</p>
<div class="inside">
${inside}
</div>
</main>
</body>
</html>
`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'content-security-policy': `default-src 'none'; style-src '${styleHash}'; form-action 'self' ${returnOrigin}; base-uri 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      vary: 'accept-language',
    },
  });
}

function displayAmount({amount}: Payment, language: PageLanguage): string {
  // An exact decimal text is formatted as it is; a number would be a float.
  return new Intl.NumberFormat(language, {style: 'currency', currency: amount.currency}).format(
    amount.amount as Intl.StringNumericLiteral,
  );
}

function timeLeft(payment: Payment, now: number, texts: PageTexts): string {
  const seconds = Math.floor((payment.expiresAt - now) / 1000);
  return seconds <= 0 ? texts.overdue : texts.duration(Math.floor(seconds / 60), seconds % 60);
}

function otherLanguage(language: PageLanguage): PageLanguage {
  return language === 'en' ? 'zh-CN' : 'en';
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
