import type {RevealKey} from '../../../../src/store/shop.ts';
import {openFrameChannel} from './frame-channel.ts';

/**
 * The public key that keys bought in this page are to be sealed to. Its private half stays in the shop server's frame,
 * which stands unseen in `place` until it has answered.
 * @throws {Error} when the frame cannot be loaded, can make no key, or does not answer in time
 */
export async function askForKey(address: string, place: ShadowRoot): Promise<RevealKey> {
  let close = () => {};
  try {
    return await new Promise<RevealKey>((resolve, reject) => {
      const channel = openFrameChannel(address, place, {
        take(message) {
          if (message.type === 'ready') channel.tell({type: 'bind'});
          else if (message.type === 'bound') resolve({revealKey: message.revealKey, isKept: message.isKept});
          else if (message.type === 'not_bound') reject(new Error('The frame can make no key: it needs HTTPS.'));
        },
        fail: reject,
      });
      ({close} = channel);
      channel.frame.hidden = true;
    });
  } finally {
    close();
  }
}
