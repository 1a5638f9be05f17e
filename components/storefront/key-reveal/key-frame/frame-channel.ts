import {safeParse} from 'valibot';
import {framePath} from '../../../../src/contract/frame-path.ts';
import {fromFrameSchema, type FromFrame, type ToFrame} from '../../../shared/frame-messages.ts';

/**
 * How long a frame may take until it is taken for blocked, and from then on until what it was opened for has come, in
 * seconds. The latter is longer than words are waited for in it.
 */
const patience = {ready: 10, outcome: 20};

export interface FrameListener {
  take(message: FromFrame): void;
  /** The frame, or a part of its code, does not come, or nothing comes of it. Whoever hears that closes the channel. */
  fail(error: Error): void;
}

export interface FrameChannel {
  readonly frame: HTMLIFrameElement;
  tell(message: ToFrame): void;
  /** What the frame was opened for has come: nothing is waited for any more. */
  settle(): void;
  /** Takes the frame out of the page; what it showed is gone. */
  close(): void;
}

/**
 * Puts the shop server's frame into the page. The port goes to the shop's own origin alone, and what is not of the agreed
 * form is passed over. A frame that is blocked by the page's policy, by the shop's or by the network, or that falls silent,
 * is not waited for without end.
 * @param address origin of the shop server
 */
export function openFrameChannel(address: string, place: ShadowRoot, listener: FrameListener): FrameChannel {
  const frame = document.createElement('iframe');
  // An origin of its own is what keeps the page out, so it may have that one; it may not lead the page elsewhere.
  frame.setAttribute(
    'sandbox',
    'allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox',
  );
  frame.allow = 'clipboard-write';
  frame.referrerPolicy = 'origin';
  const ended = new AbortController();
  const waiting = new AbortController();
  let port: MessagePort | undefined;

  const fail = (error: Error): void => {
    waiting.abort();
    listener.fail(error);
  };
  let secondsLeft = patience.ready;
  // Second by second: a page that was put to sleep must not find all of them gone when it wakes.
  const clock = setInterval(() => {
    if (--secondsLeft <= 0) fail(new Error(`The frame of ${address} does not answer.`));
  }, 1000);
  waiting.signal.addEventListener('abort', () => clearInterval(clock));
  document.addEventListener(
    'securitypolicyviolation',
    ({blockedURI, effectiveDirective}) => {
      if (effectiveDirective !== 'frame-src' || !blockedURI.startsWith(address)) return;
      const error = new Error(
        `This page's Content-Security-Policy keeps the shop's frame out, without which no order can be placed: add ${address} to its frame-src.`,
      );
      // Whoever builds the page has to hear of it; the buyer can do nothing.
      reportError(error);
      fail(error);
    },
    {signal: waiting.signal},
  );
  frame.addEventListener(
    'load',
    () => {
      const channel = new MessageChannel();
      port?.close();
      port = channel.port1;
      port.onmessage = ({data}: MessageEvent<unknown>) => {
        const parsed = safeParse(fromFrameSchema, data);
        if (!parsed.success || ended.signal.aborted) return;
        const message = parsed.output;
        if (message.type === 'failed') return fail(new Error(`The code of the frame of ${address} did not come.`));
        if (message.type === 'ready') secondsLeft = patience.outcome;
        listener.take(message);
      };
      // Throws away the port where something else than the shop server answered.
      frame.contentWindow?.postMessage({type: 'keystall-frame', version: 1}, address, [channel.port2]);
    },
    {signal: ended.signal},
  );
  frame.src = `${address}${framePath}`;
  // Before what Lit draws there, which it would take out with its own.
  place.prepend(frame);

  return {
    frame,
    tell(message) {
      port?.postMessage(message);
    },
    settle() {
      waiting.abort();
    },
    close() {
      waiting.abort();
      ended.abort();
      port?.close();
      frame.remove();
    },
  };
}
