import {safeParse} from 'valibot';
import {framePath} from '../../../../src/contract/frame-path.ts';
import {fromFrameSchema, type FromFrame, type ToFrame} from '../../../shared/frame-messages.ts';

/** How long a frame may take until it is taken for blocked, in milliseconds. */
const patience = 10_000;

export interface FrameChannel {
  readonly frame: HTMLIFrameElement;
  /** Rejects when the frame does not come: blocked by the page's policy, by the shop's, or by the network. */
  readonly ready: Promise<void>;
  tell(message: ToFrame): void;
  /** Takes the frame out of the page; what it showed is gone. */
  close(): void;
}

/**
 * Puts the shop server's frame into the page. The port goes to the shop's own origin alone, and what is not of the agreed
 * form is passed over.
 * @param address origin of the shop server
 */
export function openFrameChannel(
  address: string,
  place: ShadowRoot,
  onMessage: (message: FromFrame) => void,
): FrameChannel {
  const frame = document.createElement('iframe');
  // An origin of its own is what keeps the page out, so it may have that one; it may not lead the page elsewhere.
  frame.setAttribute(
    'sandbox',
    'allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox',
  );
  frame.allow = 'clipboard-write';
  frame.referrerPolicy = 'origin';
  const ended = new AbortController();
  const {signal} = ended;
  let port: MessagePort | undefined;

  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The frame of ${address} does not answer.`));
    }, patience);
    document.addEventListener(
      'securitypolicyviolation',
      ({blockedURI, effectiveDirective}) => {
        if (effectiveDirective !== 'frame-src' || !blockedURI.startsWith(address)) return;
        const error = new Error(
          `This page's Content-Security-Policy keeps the shop's frame out, without which no order can be placed: add ${address} to its frame-src.`,
        );
        // Whoever builds the page has to hear of it; the buyer can do nothing.
        reportError(error);
        reject(error);
      },
      {signal},
    );
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('The frame was closed.'));
    });
    frame.addEventListener(
      'load',
      () => {
        const channel = new MessageChannel();
        port?.close();
        port = channel.port1;
        port.onmessage = ({data}: MessageEvent<unknown>) => {
          const parsed = safeParse(fromFrameSchema, data);
          if (!parsed.success || signal.aborted) return;
          if (parsed.output.type === 'ready') {
            clearTimeout(timer);
            resolve();
          }
          if (parsed.output.type === 'failed') reject(new Error(`The code of the frame of ${address} did not come.`));
          onMessage(parsed.output);
        };
        // Throws away the port where something else than the shop server answered.
        frame.contentWindow?.postMessage({type: 'keystall-frame', version: 1}, address, [channel.port2]);
      },
      {signal},
    );
  });
  ready.catch(() => {});
  frame.src = `${address}${framePath}`;
  // Before what Lit draws there, which it would take out with its own.
  place.prepend(frame);

  return {
    frame,
    ready,
    tell(message) {
      port?.postMessage(message);
    },
    close() {
      ended.abort();
      port?.close();
      frame.remove();
    },
  };
}
