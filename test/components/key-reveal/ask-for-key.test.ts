import {expect} from 'chai';
import {askForKey} from '../../../components/storefront/key-reveal/key-frame/ask-for-key.ts';
import type {RevealKey} from '../../../src/store/shop.ts';
import {HandRunSeconds} from '../../support/hand-run-seconds.ts';
import {until} from '../../support/page.ts';
import {PlayedFrame} from '../../support/played-frame.ts';

const revealKey = `B${'A'.repeat(86)}`;

describe('the key that a checkout asks the shop server’s frame for', () => {
  let seconds: HandRunSeconds;
  let place: ShadowRoot;
  let asked: Promise<RevealKey>;
  let frame: PlayedFrame;
  let outcome: unknown;

  beforeEach(async () => {
    seconds = new HandRunSeconds();
    const host = document.body.appendChild(document.createElement('div'));
    place = host.attachShadow({mode: 'open'});
    outcome = undefined;
    asked = askForKey(location.origin, place);
    asked.then(
      key => (outcome = key),
      error => (outcome = error),
    );
    frame = await PlayedFrame.in(place.querySelector('iframe')!);
  });

  afterEach(() => {
    seconds.restore();
    place.host.remove();
  });

  const settles = async (): Promise<unknown> => {
    await until(() => outcome);
    return outcome;
  };
  const ready = async (): Promise<void> => {
    frame.say({type: 'ready'});
    await until(() => frame.told('bind').length === 1);
  };

  it('is what the frame answers, which is gone then', async () => {
    await ready();
    frame.say({type: 'bound', revealKey, isKept: true});
    expect(await settles()).to.deep.equal({revealKey, isKept: true});
    expect(place.querySelector('iframe')).to.equal(null);
    expect(seconds.running).to.equal(0);
  });

  it('is not waited for without end where the frame is not there', async () => {
    seconds.pass(10);
    expect(await settles())
      .to.be.an('error')
      .with.property('message')
      .that.contains('does not answer');
    expect(place.querySelector('iframe')).to.equal(null);
  });

  it('is not waited for without end where the frame is there and falls silent', async () => {
    await ready();
    seconds.pass(19);
    expect(outcome).to.equal(undefined);
    seconds.pass(1);
    expect(await settles())
      .to.be.an('error')
      .with.property('message')
      .that.contains('does not answer');
    expect(place.querySelector('iframe')).to.equal(null);
  });

  it('does not come where a part of the frame’s code is missing', async () => {
    await ready();
    frame.say({type: 'failed'});
    expect(await settles())
      .to.be.an('error')
      .with.property('message')
      .that.contains('code of the frame');
  });

  it('does not come where the frame can make none', async () => {
    await ready();
    frame.say({type: 'not_bound'});
    expect(await settles())
      .to.be.an('error')
      .with.property('message')
      .that.contains('HTTPS');
  });
});
