import {expect} from 'chai';
import {html, type TemplateResult} from 'lit';
import {registerTranslation} from '../../../components/shared/words/translation.ts';
import {WordedElement} from '../../../components/shared/words/worded-element.ts';
import {WordPack} from '../../../components/shared/words/word-pack.ts';
import {purchaseWords} from '../../../components/storefront/languages/word-packs.ts';
import {settled, textOf, until} from '../../support/elements.ts';

interface TestWords {
  readonly [section: string]: Readonly<Record<string, string | ((...values: never[]) => string)>>;
  readonly greeting: {readonly hello: string; readonly goods: (count: number) => string};
}

const chinese: TestWords = {greeting: {hello: '你好', goods: count => `${count} 件`}};
const english: TestWords = {greeting: {hello: 'Hello', goods: count => `${count} goods`}};

/** What mainland spelling would give away; each is written otherwise in Taiwan. */
/** Words that come when the test says so. */
class Delivery {
  readonly pack: WordPack<TestWords>;
  readonly asked: string[] = [];
  readonly #deliveries = new Map<string, PromiseWithResolvers<TestWords>>();

  constructor() {
    this.pack = new WordPack({'zh-CN': () => this.#ask('zh-CN'), en: () => this.#ask('en')});
  }

  async deliver(code: string, words: TestWords): Promise<void> {
    await until(() => this.#deliveries.has(code));
    this.#deliveries.get(code)!.resolve(words);
  }

  async fail(code: string): Promise<void> {
    await until(() => this.#deliveries.has(code));
    this.#deliveries.get(code)!.reject(new TypeError('Failed to fetch dynamically imported module'));
  }

  #ask(code: string): Promise<TestWords> {
    this.asked.push(code);
    const delivery = Promise.withResolvers<TestWords>();
    this.#deliveries.set(code, delivery);
    return delivery.promise;
  }
}

class TestGreeting extends WordedElement<TestWords> {
  static delivery: Delivery;
  followed = 0;
  protected override readonly pack = TestGreeting.delivery.pack;

  protected override follow(): void {
    this.followed++;
  }

  protected override render(): TemplateResult {
    const {greeting, lang} = this.words;
    return html`${greeting.hello}, ${greeting.goods(2)} (${lang})`;
  }
}
customElements.define('test-greeting', TestGreeting);

function greet(lang: string, delivery = new Delivery()): {greeting: TestGreeting; delivery: Delivery} {
  TestGreeting.delivery = delivery;
  const greeting = document.createElement('test-greeting') as TestGreeting;
  greeting.lang = lang;
  document.body.append(greeting);
  return {greeting, delivery};
}

describe('words', () => {
  afterEach(() => document.querySelectorAll('test-greeting').forEach(element => element.remove()));

  it('come before an element draws itself, while it asks for its data already', async () => {
    const {greeting, delivery} = greet('en');
    await until(() => delivery.asked.length > 0);
    expect(textOf(greeting)).to.equal('');
    expect(greeting.followed).to.equal(1);
    await delivery.deliver('en', english);
    await settled(greeting);
    expect(textOf(greeting)).to.equal('Hello , 2 goods ( en )');
    expect(delivery.asked).to.deep.equal(['en']);
  });

  it('are loaded once for all elements', async () => {
    const {greeting, delivery} = greet('en');
    const {greeting: other} = greet('en-GB', delivery);
    await delivery.deliver('en', english);
    await settled(greeting);
    await settled(other);
    expect(textOf(other)).to.equal('Hello , 2 goods ( en-GB )');
    expect(delivery.asked).to.deep.equal(['en']);
  });

  it('change when a lang around the element does, once they are there', async () => {
    const {greeting, delivery} = greet('zh-CN');
    await delivery.deliver('zh-CN', chinese);
    await settled(greeting);
    greeting.lang = 'en';
    await until(() => delivery.asked.includes('en'));
    expect(textOf(greeting)).to.contain('你好');
    await delivery.deliver('en', english);
    await settled(greeting);
    expect(textOf(greeting)).to.contain('Hello');
  });

  it('are those of the language that is wanted last', async () => {
    const {greeting, delivery} = greet('zh-CN');
    await until(() => delivery.asked.includes('zh-CN'));
    greeting.lang = 'en';
    await delivery.deliver('zh-CN', chinese);
    await delivery.deliver('en', english);
    await settled(greeting);
    expect(textOf(greeting)).to.contain('Hello');
  });

  describe('that do not come', () => {
    it('are Chinese ones instead', async () => {
      const {greeting, delivery} = greet('en');
      await delivery.fail('en');
      await delivery.deliver('zh-CN', chinese);
      await settled(greeting);
      expect(textOf(greeting)).to.equal('你好 , 2 件 ( en )');
    });

    it('are those that are there, whichever', async () => {
      const {greeting, delivery} = greet('en');
      await delivery.deliver('en', english);
      await settled(greeting);
      greeting.lang = 'zh-CN';
      await delivery.fail('zh-CN');
      await until(() => textOf(greeting).includes('zh-CN'));
      expect(textOf(greeting)).to.equal('Hello , 2 goods ( zh-CN )');
    });

    it('leave an element silent, not missing', async () => {
      const {greeting, delivery} = greet('en');
      await delivery.fail('en');
      await delivery.fail('zh-CN');
      await settled(greeting);
      expect(textOf(greeting)).to.equal(', ( en )');
    });

    it('are not waited for without end, and are spoken if they come after all', async () => {
      const {setTimeout} = globalThis;
      const alarms: (() => void)[] = [];
      globalThis.setTimeout = ((alarm: () => void, delay = 0) =>
        delay < 1000 ? setTimeout(alarm, delay) : alarms.push(alarm)) as typeof globalThis.setTimeout;
      try {
        const {greeting, delivery} = greet('en');
        await until(() => alarms.length === 1);
        alarms[0]!();
        await delivery.deliver('zh-CN', chinese);
        await settled(greeting);
        expect(textOf(greeting)).to.contain('你好');
        await delivery.deliver('en', english);
        await until(() => textOf(greeting).includes('Hello'));
      } finally {
        globalThis.setTimeout = setTimeout;
      }
    });

    it('are asked for again after a while', async () => {
      const {setTimeout} = globalThis;
      const alarms: (() => void)[] = [];
      globalThis.setTimeout = ((alarm: () => void, delay = 0) =>
        delay < 1000 ? setTimeout(alarm, delay) : alarms.push(alarm)) as typeof globalThis.setTimeout;
      try {
        const {greeting, delivery} = greet('en');
        await delivery.fail('en');
        await delivery.deliver('zh-CN', chinese);
        await settled(greeting);
        alarms.at(-1)!();
        greeting.requestUpdate();
        await delivery.deliver('en', english);
        await settled(greeting);
        expect(textOf(greeting)).to.contain('Hello');
        expect(delivery.asked).to.deep.equal(['en', 'zh-CN', 'en']);
      } finally {
        globalThis.setTimeout = setTimeout;
      }
    });
  });

  describe('of a further language', () => {
    const ready = async (lang: string): Promise<TestGreeting> => {
      const {greeting, delivery} = greet(lang);
      await delivery.deliver('zh-CN', chinese);
      await settled(greeting);
      return greeting;
    };

    it('are those a page registered, Chinese where it left some out', async () => {
      registerTranslation({$code: 'ja', 'greeting.hello': 'こんにちは'});
      expect(textOf(await ready('ja-JP'))).to.equal('こんにちは , 2 件 ( ja-JP )');
    });

    it('may be registered while elements stand in the page, and in parts', async () => {
      const greeting = await ready('pt-BR');
      expect(textOf(greeting)).to.contain('你好');
      registerTranslation({$code: 'pt', 'greeting.hello': 'Olá', 'greeting.goods': (count: number) => `${count} bens`});
      registerTranslation({$code: 'pt-BR', 'greeting.hello': 'Oi'});
      await settled(greeting);
      expect(textOf(greeting)).to.equal('Oi , 2 bens ( pt-BR )');
    });

    it('replace words of a language that is known', async () => {
      registerTranslation({$code: 'zh-CN', 'greeting.hello': '您好'});
      expect(textOf(await ready('zh-CN'))).to.contain('您好');
    });

    it('serve all who read their writing, and nobody else', async () => {
      registerTranslation({$code: 'zh-TW', 'greeting.hello': '哈囉'});
      expect(textOf(await ready('zh-HK'))).to.contain('哈囉');
      expect(textOf(await ready('zh-Hant'))).to.contain('哈囉');
      expect(textOf(await ready('zh-SG'))).not.to.contain('哈囉');
    });
  });
});

describe('the words of the storefront', () => {
  const spoken = {
    'zh-CN': ['zh-CN', 'zh', 'zh-Hans', 'zh-SG', 'ja'],
    'zh-TW': ['zh-TW', 'zh-Hant', 'zh-HK'],
    en: ['en', 'en-GB'],
  } as const;
  const checkout = {'zh-CN': '结账', 'zh-TW': '結帳', en: 'Checkout'};

  for (const [language, tags] of Object.entries(spoken)) {
    for (const tag of tags) {
      it(`are ${language} where the page says ${tag}`, async () => {
        await purchaseWords.load(tag);
        expect(purchaseWords.words(tag).checkout.checkout).to.equal(checkout[language as keyof typeof checkout]);
      });
    }
  }

  it('can be replaced one by one', async () => {
    await purchaseWords.load('en');
    registerTranslation({$code: 'en', 'checkout.pay': (amount: string) => `Buy now for ${amount}`});
    const {checkout, cart} = purchaseWords.words('en-GB');
    expect(checkout.pay('€5')).to.equal('Buy now for €5');
    expect([checkout.total, cart.checkout]).to.deep.equal(['Total', 'Check out']);
  });

  it('in Traditional Chinese are written as in Taiwan', async () => {
    await purchaseWords.load('zh-TW');
    const {lang: _, ...sections} = purchaseWords.words('zh-TW');
    const text = JSON.stringify(sections, (_key, term: unknown) => (typeof term === 'function' ? String(term) : term));
    const usual = usualInTaiwan();
    const unusual = [...text].filter(character => /\p{Script=Han}/u.test(character) && !usual.has(character));
    expect(unusual).to.deep.equal([]);
  });
});

/** The 5,401 characters of Big5's first level, A440 to C67E: no simplified one is among them. */
function usualInTaiwan(): Set<string> {
  const bytes: number[] = [];
  for (let lead = 0xa4; lead <= 0xc6; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if ((trail <= 0x7e || trail >= 0xa1) && (lead < 0xc6 || trail <= 0x7e)) bytes.push(lead, trail);
    }
  }
  return new Set(new TextDecoder('big5').decode(new Uint8Array(bytes)));
}
