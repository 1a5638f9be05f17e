import assert from 'node:assert/strict';
import {describe, it, type TestContext} from 'node:test';
import type {SMTPServerOptions} from 'smtp-server';
import type {EmailConfig} from '../../../src/server/config/delivery-config.ts';
import {createSmtpChannel} from '../../../src/server/delivery/email/smtp-channel.ts';
import type {SendOutcome} from '../../../src/server/delivery/port.ts';
import {retryPausesMs} from '../../../src/server/delivery/send-delivery.ts';
import {openMailbox, openRawServer, smtpError, type Mailbox} from '../../support/mailbox.ts';
import {aMessage, canary} from '../../support/messages.ts';
import {openShop} from '../../support/shop-server.ts';

const signal = new AbortController().signal;

function channelTo(port: number, overrides: Partial<EmailConfig> & {silenceMs?: number} = {}) {
  return createSmtpChannel({
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'shop@shop.example',
    keys: 'inline',
    shopName: '卡铺',
    secrets: ({env}) => `secret of ${env}`,
    ...overrides,
  });
}

async function sendThrough(test: TestContext, options: SMTPServerOptions): Promise<[SendOutcome, Mailbox]> {
  const box = await openMailbox(test, options);
  return [await channelTo(box.port).send(aMessage(), signal), box];
}

function failure(outcome: SendOutcome, text: RegExp, isFinal: boolean): void {
  assert.ok(outcome.kind === 'not_sent');
  assert.match(outcome.text, text);
  assert.equal(outcome.isFinal, isFinal);
  assert.ok(!outcome.text.includes(canary));
}

describe('mail', () => {
  it('comes with the keys in text and HTML, never in the subject, and under a stable id', async test => {
    const box = await openMailbox(test);
    const channel = channelTo(box.port);
    for (let copy = 0; copy < 2; copy++) assert.equal((await channel.send(aMessage(), signal)).kind, 'sent');
    const [mail, second] = box.mails;
    assert.equal(mail!.subject, '卡铺: 您购买的商品已发货（订单 261128120000123456）');
    assert.ok(mail!.text!.includes(canary) && String(mail!.html).includes(canary));
    assert.deepEqual(
      [mail!.from!.value, (mail!.to as {value: unknown}).value],
      [[{name: '卡铺', address: 'shop@shop.example'}], [{name: '', address: 'mei@example.com'}]],
    );
    assert.equal(mail!.messageId, '<dlv_AbCdEf0123456789AbCdEf@shop.example>');
    assert.equal(second!.messageId, mail!.messageId);
    assert.equal(mail!.headers.get('auto-submitted'), 'auto-generated');
  });

  it('goes to mail addresses only', () => {
    const to = (contact: string) => channelTo(1).addressOf({contact});
    assert.equal(to(' ｍｅｉ＠example.com '), 'mei@example.com');
    assert.equal(to('张三@例子.公司'), '张三@例子.公司');
    for (const contact of [
      '13800138000',
      '12345678',
      'mei@example',
      'mei',
      'a@b.com, c@d.com',
      'a@b.com\r\nBcc: c@d.com',
      '"x" <a@b.com>',
      'a b@c.com',
      '<a@b.com>',
      'a@b.com;c@d.com',
      `${'a'.repeat(65)}@b.com`,
      '@b.com',
      'a@@b.com',
      'a@b..com',
      'x:a@b.com;',
    ]) {
      assert.equal(to(contact), undefined, contact);
    }
  });

  it('writes no header that a name of the shop, a title or an address brings along', async test => {
    const box = await openMailbox(test);
    const shopName = '卡铺\r\nBcc: thief@example.com\r\n\r\nHello';
    const channel = channelTo(box.port, {shopName} as never);
    await channel.send(aMessage({shopName, id: 'dlv_1'}), signal);
    const [mail] = box.mails;
    assert.equal(mail!.bcc, undefined);
    assert.doesNotMatch(mail!.raw.split('\r\n\r\n')[0]!, /^bcc:/im);
    assert.match(mail!.subject!, /^卡铺 Bcc: thief@example\.com Hello: /);
  });

  it('refused for good is not tried again, wanted later is', async test => {
    const no = (responseCode: number): SMTPServerOptions => ({
      onRcptTo: (_, __, answer) => answer(smtpError(responseCode, `4.7.1 ${canary} try again`)),
    });
    failure((await sendThrough(test, no(550)))[0], /refused the mail for good \(550/, true);
    failure((await sendThrough(test, no(451)))[0], /wants the mail later \(451/, false);
  });

  it('whose text the server quotes when it refuses it is not quoted by us', async test => {
    const [outcome] = await sendThrough(test, {
      onData(stream, _, answer) {
        stream.resume();
        stream.once('end', () => answer(smtpError(554, `5.7.1 looks like spam: ${canary}`)));
      },
    });
    failure(outcome, /^The mail server refused the mail for good \(554/, true);
  });

  it('cut off within its text, and to a server that is not there, is tried again', async test => {
    const port = await openRawServer(test, socket => {
      socket.write('220 box ESMTP\r\n');
      socket.on('data', data => {
        const text = String(data);
        if (/^(EHLO|HELO|MAIL|RCPT)/.test(text)) socket.write('250 ok\r\n');
        else if (text.startsWith('DATA')) socket.write('354 go on\r\n');
        else socket.destroy();
      });
    });
    failure(await channelTo(port).send(aMessage(), signal), /broke the connection off/, false);
    failure(await channelTo(1).send(aMessage(), signal), /cannot be reached/, false);
  });

  it('to a server that says nothing is given up in time', async test => {
    const port = await openRawServer(test, () => {});
    failure(await channelTo(port, {silenceMs: 60}).send(aMessage(), signal), /did not answer in time/, false);
    const hurried = AbortSignal.timeout(60);
    failure(await channelTo(port).send(aMessage(), hurried), /took too long/, false);
  });

  it('sends no password, and no key, to a server that speaks no TLS', async test => {
    const said: string[] = [];
    const port = await openRawServer(test, socket => {
      socket.write('220 box ESMTP\r\n');
      socket.on('data', data => {
        said.push(String(data));
        const isGreeting = String(data).startsWith('EHLO');
        socket.write(isGreeting ? '250-box\r\n250 AUTH PLAIN LOGIN\r\n' : '502 not here\r\n');
      });
    });
    const credentials = {user: {env: 'MAIL_USER'}, password: {env: 'MAIL_PASSWORD'}};
    const outcome = await channelTo(port, {security: 'starttls', credentials}).send(aMessage(), signal);
    failure(outcome, /TLS/, false);
    assert.ok(!said.some(text => /AUTH|MAIL FROM/.test(text)), said.join());
  });

  it('gives its credentials, and says in words when they are wrong', async test => {
    const seen: unknown[] = [];
    const box = await openMailbox(test, {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({username, password}, _, answer) {
        seen.push([username, password]);
        if (seen.length === 1) answer(null, {user: username});
        else answer(smtpError(535, '5.7.8 wrong'));
      },
    });
    const channel = channelTo(box.port, {credentials: {user: {env: 'MAIL_USER'}, password: {env: 'MAIL_PASSWORD'}}});
    assert.equal((await channel.send(aMessage(), signal)).kind, 'sent');
    assert.deepEqual(seen, [['secret of MAIL_USER', 'secret of MAIL_PASSWORD']]);
    failure(await channel.send(aMessage(), signal), /user name and password/, false);
  });
});

describe('mail of a shop', () => {
  it('arrives although the server was greylisting, and nothing but the mail holds the key', async test => {
    let tries = 0;
    const box = await openMailbox(test, {
      onRcptTo: (_, __, answer) => (++tries === 1 ? answer(smtpError(450, '4.2.0 Greylisted')) : answer()),
    });
    const shop = await openShop({delivery: [channelTo(box.port)]});
    const placed = await shop.placePaid();
    await shop.work();
    assert.equal(box.mails.length, 0);
    assert.equal((await shop.order(placed)).deliveries![0]!.state, 'pending');
    await shop.work(retryPausesMs[0]);
    const [card] = shop.upstream.sold;
    assert.ok(box.mails[0]!.text!.includes(card!));
    assert.equal((await shop.order(placed)).deliveries![0]!.state, 'sent');
    assert.ok(!JSON.stringify([shop.log.entries, shop.jobs.failures, shop.jobs.waiting()]).includes(card!));
  });
});
