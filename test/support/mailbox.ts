import {createServer, type AddressInfo, type Socket} from 'node:net';
import type {TestContext} from 'node:test';
import {simpleParser, type ParsedMail} from 'mailparser';
import {SMTPServer, type SMTPServerOptions} from 'smtp-server';

export interface Mailbox {
  readonly port: number;
  /** Every mail that was taken, oldest first, as it came over the wire and as it reads. */
  readonly mails: readonly (ParsedMail & {readonly raw: string})[];
}

/** A real SMTP server on this machine that takes mails, or does with them what a test says. */
export async function openMailbox(test: TestContext, options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mails: (ParsedMail & {raw: string})[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, answer) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.once('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        simpleParser(raw).then(mail => {
          mails.push(Object.assign(mail, {raw}));
          answer();
        }, answer);
      });
    },
    ...options,
  });
  // Connections that a test cuts off.
  server.on('error', () => {});
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  test.after(() => new Promise<void>(closed => server.close(closed)));
  return {port: (server.server.address() as AddressInfo).port, mails};
}

/** A server of which a test says every word. */
export async function openRawServer(test: TestContext, talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** What an SMTP server says no with. */
export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), {responseCode});
}
