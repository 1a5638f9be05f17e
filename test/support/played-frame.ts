import type {FromFrame, ToFrame} from '../../components/shared/frame-messages.ts';

/** Plays the page in the shop server's frame: says what a test wants it to, and hears what it is told. */
export class PlayedFrame {
  readonly heard: ToFrame[] = [];
  readonly #port: MessagePort;

  private constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({data}: MessageEvent<ToFrame>) => this.heard.push(data);
  }

  /** Settles when the page around has sent its port. Call it before the frame has loaded; it is of the tests' own origin. */
  static in(frame: HTMLIFrameElement): Promise<PlayedFrame> {
    return new Promise(resolve => {
      frame.addEventListener('load', () => {
        frame.contentWindow!.addEventListener('message', ({ports: [port]}) => {
          if (port) resolve(new PlayedFrame(port));
        });
      });
    });
  }

  /** What of it was told, in order. */
  told<Type extends ToFrame['type']>(type: Type): Extract<ToFrame, {type: Type}>[] {
    return this.heard.filter((message): message is Extract<ToFrame, {type: Type}> => message.type === type);
  }

  say(message: FromFrame): void {
    this.#port.postMessage(message);
  }
}
