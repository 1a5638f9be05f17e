import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/ticket/define.ts';
import type {KsTicket} from '../../../components/storefront/ticket/ticket.ts';
import {problemError} from '../../../src/client/problem-errors.ts';
import {problemStatuses, type ProblemCode} from '../../../src/contract/problem.ts';
import type {KeyReference, Ticket} from '../../../src/contract/ticket.ts';
import {maximumEvidenceBytes} from '../../../src/domain/evidence.ts';
import {money} from '../../../src/domain/money.ts';
import {FakeShop} from '../../support/fake-shop.ts';
import {ofSize, page as webPage, pdf, png} from '../../support/files.ts';
import {
  clearPage,
  expectAccessibleEverywhere,
  find,
  findAll,
  focused,
  next,
  settled,
  show,
  textOf,
  until,
} from '../../support/page.ts';

const keys: readonly KeyReference[] = [1, 2].map(place => ({
  id: `key-${place}`,
  lineId: 'l1',
  title: 'Steam 50',
  place,
}));

const aTicket = (overrides: Partial<Ticket> = {}): Ticket => ({
  id: 'ticket-1',
  orderId: 'order-1',
  state: 'open',
  reason: 'key_invalid',
  keys: [keys[1]!],
  messages: [{id: 'm1', from: 'buyer', text: 'It does not work', at: '2099-01-01T00:00:00.000Z'}],
  evidence: [{id: 'e1', mediaType: 'application/pdf', size: 1_200_000, at: '2099-01-01T00:01:00.000Z'}],
  deadline: new Date(Date.now() + 23.5 * 3_600_000).toISOString(),
  overdue: false,
  createdAt: '2099-01-01T00:00:00.000Z',
  ...overrides,
});

const said = {id: 'm2', from: 'shop', text: 'Which one?', at: '2099-01-01T01:00:00.000Z'} as const;
const refund = {kind: 'refund', amount: money('3.50', 'CNY')} as const;
const states: Readonly<Record<string, Ticket>> = {
  open: aTicket(),
  overdue: aTicket({overdue: true, deadline: '2020-01-01T00:00:00.000Z'}),
  'waiting for the buyer': aTicket({state: 'waiting_for_buyer', messages: [...aTicket().messages, said]}),
  resolved: aTicket({
    state: 'resolved',
    outcome: refund,
    messages: [...aTicket().messages, {...said, outcome: refund}],
  }),
  closed: (({deadline: _, ...rest}) => ({...rest, state: 'closed', outcome: {kind: 'refuse'}}))(aTicket()),
};

const refusal = (code: ProblemCode, headers?: Headers) =>
  problemError({type: 'about:blank', title: code, status: problemStatuses[code], code}, headers);

const content = () => html`<ks-ticket order-id="order-1" ticket-id="ticket-1"></ks-ticket>`;

describe('ks-ticket', () => {
  let shop: FakeShop;

  beforeEach(() => {
    shop = new FakeShop();
  });
  afterEach(clearPage);

  const drawn = async (root: HTMLElement): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve));
    await settled(root);
  };
  const mount = async (...tickets: readonly Ticket[]): Promise<KsTicket> => {
    shop.afterSales.show(...tickets);
    const element = find<KsTicket>(await show(shop, content(), {lang: 'en'}), 'ks-ticket');
    await drawn(element);
    shop.afterSales.last('keys').answer(keys);
    await drawn(element);
    return element;
  };
  const enter = (element: Element, selector: string, value: string): void => {
    const field = find<HTMLInputElement>(element, selector);
    field.value = value;
    field.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
  };
  const press = async (element: HTMLElement, selector: string): Promise<void> => {
    find(element, selector).click();
    await drawn(element);
  };
  const submit = (element: HTMLElement) => press(element, 'button[type=submit]');
  const choose = async (element: HTMLElement, ...files: readonly File[]): Promise<void> => {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    const input = find<HTMLInputElement>(element, 'input[type=file]');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
    await drawn(element);
    // Reading a file takes as long as it takes.
    await until(() => !uploads(element).some(text => text.includes('Checking')));
    await drawn(element);
  };
  const uploads = (element: HTMLElement): string[] => findAll(element, '.upload').map(row => textOf(row));
  const calls = (method: string) => shop.afterSales.calls.filter(call => call.method === method);

  describe('accessibility', () => {
    for (const [name, ticket] of Object.entries(states)) {
      it(name, () => {
        shop.afterSales.show(ticket);
        return expectAccessibleEverywhere(shop, content, drawn);
      });
    }
    it('a new report, with its problems', () =>
      expectAccessibleEverywhere(shop, content, async root => {
        await drawn(root);
        shop.afterSales.last('keys').answer(keys);
        await drawn(root);
        await submit(root);
      }));
    it('a list', () => {
      shop.afterSales.show(aTicket(), aTicket({id: 'ticket-2'}));
      return expectAccessibleEverywhere(shop, () => html`<ks-ticket order-id="order-1"></ks-ticket>`, drawn);
    });
    it('loading', () => {
      shop.afterSales.list.set({status: 'loading'});
      return expectAccessibleEverywhere(shop, content, drawn);
    });
  });

  describe('a new report', () => {
    it('leads to what is missing, and sends nothing', async () => {
      const element = await mount();
      await submit(element);
      expect(focused()?.id).to.equal('reason');
      expect(calls('open')).to.have.length(0);
    });

    it('is sent with the keys that were chosen by their places', async () => {
      const element = await mount();
      enter(element, '#reason', 'key_invalid');
      enter(element, '#text', ' It says "invalid". ');
      await drawn(element);
      expect(textOf(find(element, '.keys'))).to.equal('Steam 50 · no. 1 Steam 50 · no. 2');
      find(element, '.key:nth-child(2) input').click();
      await submit(element);
      const call = shop.afterSales.last('open');
      expect(call.request).to.deep.equal({reason: 'key_invalid', text: 'It says "invalid".', keyIds: ['key-2']});
      const told = next('ks-ticket-opened');
      shop.afterSales.show(aTicket());
      call.answer(aTicket());
      await told;
      await drawn(element);
      expect(textOf(element)).to.contain('Waiting for the seller').and.to.contain('It does not work');
    });

    it('is one report, however often the button is pressed and the answer is lost', async () => {
      const element = await mount();
      enter(element, '#reason', 'other');
      enter(element, '#text', 'x');
      await submit(element);
      await submit(element);
      expect(calls('open')).to.have.length(1);
      shop.afterSales.last('open').refuse(refusal('internal_error'));
      await drawn(element);
      expect(find<HTMLTextAreaElement>(element, '#text').value, 'nothing typed is lost').to.equal('x');
      await submit(element);
      shop.afterSales.last('open').refuse(refusal('internal_error'));
      await drawn(element);
      enter(element, '#text', 'something else');
      await submit(element);
      const [first, second, third] = calls('open').map(({key}) => key);
      expect(second).to.equal(first);
      expect(third).not.to.equal(first);
    });

    it('leaves out keys where the reason is about none', async () => {
      const element = await mount();
      element.keyIds = ['key-1'];
      await drawn(element);
      expect(find<HTMLInputElement>(element, '.key input').checked).to.equal(true);
      enter(element, '#reason', 'not_delivered');
      enter(element, '#text', 'x');
      await drawn(element);
      expect(findAll(element, '.keys')).to.have.length(0);
      await submit(element);
      expect(shop.afterSales.last('open').request).to.deep.equal({reason: 'not_delivered', text: 'x'});
    });
  });

  describe('files', () => {
    it('are looked at before they are sent: by their bytes and size, not by their names', async () => {
      const element = await mount();
      await choose(
        element,
        new File([png], 'good.png'),
        new File([webPage], 'page.png', {type: 'image/png'}),
        new File([], 'empty.pdf'),
        new File([ofSize(png, maximumEvidenceBytes + 1)], 'large.png'),
      );
      const [good, wrong, empty, large] = uploads(element);
      expect(good).to.contain('good.png').and.to.contain('Ready');
      expect(wrong).to.contain('Not a kind of file');
      expect(empty).to.contain('empty');
      expect(large).to.contain('Larger than 5 MB');
      enter(element, '#reason', 'other');
      enter(element, '#text', 'x');
      await submit(element);
      shop.afterSales.last('open').answer(aTicket());
      await drawn(element);
      shop.afterSales.last('attach').answer(aTicket());
      await drawn(element);
      expect(calls('attach').map(({file}) => (file as File).name)).to.deep.equal(['good.png']);
    });

    it('are ten at the most', async () => {
      const element = await mount();
      await choose(element, ...Array.from({length: 12}, (_, index) => new File([pdf], `${index}.pdf`)));
      expect(uploads(element).filter(text => text.includes('More than 10'))).to.have.length(2);
    });

    it('that did not arrive say so, and are sent again under the same key', async () => {
      const element = await mount(aTicket());
      await choose(element, new File([png], 'a.png'), new File([pdf], 'b.pdf'));
      await submit(element);
      expect(textOf(element)).to.contain('Uploading 1 of 2');
      shop.afterSales.last('attach').refuse(refusal('internal_error'));
      await drawn(element);
      shop.afterSales.last('attach').answer(aTicket());
      await drawn(element);
      expect(uploads(element)).to.have.length(1);
      expect(uploads(element)[0]).to.contain('a.png').and.to.contain('Not uploaded');
      await submit(element);
      const [first, , again] = calls('attach');
      expect(again!.key).to.equal(first!.key);
      expect(calls('write'), 'a file alone is no message').to.have.length(0);
    });

    it('can be taken out again', async () => {
      const element = await mount();
      await choose(element, new File([png], 'a.png'));
      await press(element, '.upload button');
      expect(uploads(element)).to.have.length(0);
    });
  });

  describe('a conversation', () => {
    it('says whose turn it is, until when, as a time and in words', async () => {
      const element = await mount(states['waiting for the buyer']!);
      const status = textOf(find(element, '[part=status]'));
      expect(status).to.contain('Waiting for you').and.to.contain('in 23 hours');
      expect(find(element, 'time').getAttribute('datetime')).to.equal(states['waiting for the buyer']!.deadline);
    });

    it('says that the shop is late', async () => {
      expect(textOf(await mount(states['overdue']!))).to.contain('is late');
    });

    it('shows who said what, the files, and which keys by their places', async () => {
      const element = await mount(states['resolved']!);
      const entries = findAll(element, '.talk li').map(entry => textOf(entry));
      expect(entries).to.have.length(3);
      expect(entries[0]).to.contain('You').and.to.contain('It does not work');
      expect(entries[1]).to.contain('PDF').and.to.contain('1.2 MB');
      expect(entries[2]).to.contain('Seller').and.to.contain('a refund of ¥3.50');
      expect(textOf(element)).to.contain('Steam 50 · no. 2');
      expect(textOf(find(element, '[part=outcome]'))).to.equal('Decision: a refund of ¥3.50');
    });

    it('sends what is said once, and empties the field when it is there', async () => {
      const element = await mount(aTicket());
      enter(element, '#reply', 'and another thing');
      await submit(element);
      await submit(element);
      expect(calls('write')).to.have.length(1);
      shop.afterSales.last('write').answer(aTicket());
      await drawn(element);
      expect(find<HTMLTextAreaElement>(element, '#reply').value).to.equal('');
      expect(textOf(find(element, '[role=status]'))).to.equal('Sent');
    });

    it('keeps what was typed when it cannot be sent, and says why', async () => {
      const element = await mount(aTicket());
      enter(element, '#reply', 'and another thing');
      await submit(element);
      shop.afterSales.last('write').refuse(refusal('ticket_closed'));
      await drawn(element);
      expect(textOf(find(element, '[role=alert]'))).to.contain('has been closed');
      expect(find<HTMLTextAreaElement>(element, '#reply').value).to.equal('and another thing');
    });

    it('says when it can be sent where it was too often', async () => {
      const element = await mount(aTicket());
      enter(element, '#reply', 'once more');
      for (const [wait, expected] of [
        ['601', 'in 11 minutes'],
        ['1', 'in a minute'],
      ] as const) {
        await submit(element);
        shop.afterSales.last('write').refuse(refusal('too_many_attempts', new Headers({'Retry-After': wait})));
        await drawn(element);
        expect(textOf(find(element, '[role=alert]'))).to.contain(expected);
      }
    });

    it('announces an answer of the shop, and no old one', async () => {
      const element = await mount(aTicket());
      expect(textOf(find(element, '[role=status]'))).to.equal('');
      shop.afterSales.show(states['waiting for the buyer']!);
      await drawn(element);
      expect(textOf(find(element, '[role=status]'))).to.contain('The seller has answered');
    });

    it('ends with a closed ticket: nothing can be added, but another be begun', async () => {
      const element = await mount(states['closed']!);
      expect(findAll(element, '#reply')).to.have.length(0);
      await press(element, '.another');
      expect(findAll(element, '#reason')).to.have.length(1);
    });
  });

  it('says that the device does not know the order', async () => {
    const error = refusal('order_token_missing');
    shop.afterSales.list.set({status: 'failed', error, retry: () => {}});
    const element = find(await show(shop, content(), {lang: 'en'}), 'ks-ticket');
    await drawn(element);
    expect(textOf(element)).to.contain('Look it up first');
  });

  it('as a dialog shows itself, and says when it was closed', async () => {
    const root = await show(shop, html`<ks-ticket order-id="order-1" presentation="dialog"></ks-ticket>`, {lang: 'en'});
    const element = find(root, 'ks-ticket');
    await drawn(element);
    const dialog = find<HTMLDialogElement>(element, 'dialog');
    expect(dialog.open).to.equal(true);
    const closed = next('close', element);
    find(element, 'header button').click();
    await closed;
  });
});
