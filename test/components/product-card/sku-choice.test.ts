import {expect} from 'chai';
import {
  availability,
  choose,
  chosenSku,
  firstChoices,
} from '../../../components/storefront/product-card/product-choice/sku-choice.ts';
import {aProduct, aProductWithChoices, aSku} from '../../support/fake-shop.ts';

describe('choosing a SKU', () => {
  const product = aProductWithChoices();

  it('begins at the first that is not sold out', () => {
    const soldOut = aSku({id: 'gone', choices: {时长: '日卡'}, stock: 'sold_out'});
    expect(firstChoices({...product, skus: [soldOut, ...product.skus]})).to.deep.equal(product.skus[0]!.choices);
  });

  it('begins at the first when all are sold out', () => {
    const skus = product.skus.map(sku => ({...sku, stock: 'sold_out' as const}));
    expect(firstChoices({...product, skus})).to.deep.equal(skus[0]!.choices);
  });

  it('finds the only SKU of a good without choices', () => {
    const single = aProduct();
    expect(chosenSku(single, firstChoices(single))?.id).to.equal('sku-steam-50');
  });

  it('always ends at a SKU with the value that was picked', () => {
    for (const from of product.skus) {
      for (const {name, values} of product.options) {
        for (const value of values) {
          const choices = choose(product, from.choices, name, value);
          expect(chosenSku(product, choices)?.choices[name]).to.equal(value);
        }
      }
    }
  });

  it('changes nothing else where the value can be had', () => {
    expect(choose(product, {时长: '季卡', 端: '电视端'}, '时长', '年卡')).to.deep.equal({时长: '年卡', 端: '电视端'});
  });

  it('prefers what can be bought where others must give way', () => {
    expect(chosenSku(product, choose(product, {时长: '月卡', 端: '手机端'}, '端', '电视端'))?.id).to.equal(
      'quarter-tv',
    );
  });

  it('tells the three apart', () => {
    const at = (时长: string, 端: string) => availability(product, {时长, 端: '手机端'}, '端', 端);
    expect(at('季卡', '电视端')).to.equal('available');
    expect(at('年卡', '电视端')).to.equal('sold_out');
    expect(at('月卡', '电视端')).to.equal('impossible');
  });
});
