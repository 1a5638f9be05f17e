import {codeMissingError} from '../../../../src/store/code-missing.ts';
import {openFrameChannel} from './frame-channel.ts';

/**
 * The public key that keys bought in this page are to be sealed to. Its private half stays in the shop server's frame,
 * which stands unseen in `place` until it has answered.
 * @throws {KeystallError} `code_missing` when the frame cannot be loaded, or cannot keep a key
 */
export async function askForKey(address: string, place: ShadowRoot): Promise<string> {
  let close = () => {};
  try {
    return await new Promise<string>((resolve, reject) => {
      const channel = openFrameChannel(address, place, message => {
        if (message.type === 'ready') channel.tell({type: 'bind'});
        else if (message.type === 'bound') resolve(message.revealKey);
        else if (message.type === 'not_bound') reject(new Error('The frame cannot keep a key in this browser.'));
      });
      ({close} = channel);
      channel.frame.hidden = true;
      channel.ready.catch(reject);
    });
  } catch (cause) {
    throw codeMissingError(cause);
  } finally {
    close();
  }
}
