import {createTransport} from 'nodemailer';
import {emailOf, maskedContact} from '../../../domain/contact.ts';
import type {EmailConfig} from '../../config/delivery-config.ts';
import type {Secrets} from '../../config/config.ts';
import {notSent, sent, type DeliveryChannel, type SendOutcome} from '../port.ts';
import {composeMail, oneLine} from './compose-mail.ts';

export interface SmtpChannelOptions extends EmailConfig {
  /** The name that mails come from, if the configuration gives none. */
  readonly shopName: string;
  readonly secrets: Secrets;
  /** Milliseconds without a word from the server after which a try is given up. */
  readonly silenceMs?: number;
}

/** Mail by SMTP (RFC 5321), for buyers whose contact is a mail address. */
export function createSmtpChannel({
  host,
  port,
  security,
  from,
  fromName,
  shopName,
  credentials,
  secrets,
  keys,
  silenceMs = 20_000,
}: SmtpChannelOptions): DeliveryChannel {
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(credentials && {auth: {user: secrets(credentials.user), pass: secrets(credentials.password)}}),
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    // A mail is made of what we put in, never of a file or an address that a text names.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);

  return {
    name: 'email',
    carries: keys === 'inline' ? 'keys' : 'link',
    addressOf: ({contact}) => emailOf(contact),
    masked: maskedContact,
    async send(message, signal) {
      const {subject, text, html, attachments} = composeMail(message);
      try {
        await transport.sendMail({
          messageId: `<${message.id}@${domain}>`,
          date: new Date(message.at),
          from: {name: oneLine(fromName ?? shopName), address: from},
          to: {name: '', address: message.to},
          subject,
          text,
          html,
          attachments: attachments.map(({filename, contentType, base64}) => ({
            filename,
            contentType,
            content: base64,
            encoding: 'base64',
          })),
          // RFC 3834: no vacation notice comes back for it.
          headers: {'Auto-Submitted': 'auto-generated'},
          signal,
        });
        return sent;
      } catch (error) {
        return outcomeOf(error, signal);
      }
    },
  };
}

/** What nodemailer tells of a failure. Its message quotes the server, which may quote the mail: it is not passed on. */
interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

function outcomeOf(error: unknown, signal: AbortSignal): SendOutcome {
  if (signal.aborted) return notSent('The mail server took too long.');
  const {code, responseCode, response = ''} = error as SmtpFailure;
  // RFC 3463: `5.7.1`, after the reply code.
  const detail = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const reply = responseCode === undefined ? '' : ` (${responseCode}${detail === undefined ? '' : ` ${detail}`})`;
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return notSent(`The mail server does not take the user name and password${reply}.`);
    case 'ETLS':
      return notSent('The mail server speaks no TLS that can be trusted; nothing was sent.');
    case 'EDNS':
      return notSent('The name of the mail server cannot be found.');
    case 'ETIMEDOUT':
      return notSent('The mail server did not answer in time.');
    default:
  }
  if (responseCode !== undefined && responseCode >= 500) {
    return notSent(`The mail server refused the mail for good${reply}.`, {isFinal: true});
  }
  if (responseCode !== undefined && responseCode >= 400) {
    return notSent(`The mail server wants the mail later${reply}.`);
  }
  return notSent('The mail server cannot be reached, or broke the connection off.');
}
