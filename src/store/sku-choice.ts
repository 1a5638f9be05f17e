import type {Product, Sku} from '../contract/product-details.ts';

/** What is chosen so far: a value per option group. */
export type Choices = Readonly<Record<string, string>>;

/** Whether a value can be had with the other choices: there is such a SKU, it is sold out, or nobody sells it. */
export type Availability = 'available' | 'sold_out' | 'impossible';

/** Where a buyer begins: at the first SKU that is not sold out. */
export function firstChoices({skus}: Product): Choices {
  return (skus.find(sku => sku.stock !== 'sold_out') ?? skus[0])?.choices ?? {};
}

/** The SKU of a full set of choices. */
export function chosenSku({skus}: Product, choices: Choices): Sku | undefined {
  return skus.find(sku => agreeing(sku, choices) === Object.keys(sku.choices).length);
}

/** Chooses a value. If nobody sells it with the other choices, those give way, as few as possible. */
export function choose({skus}: Product, choices: Choices, group: string, value: string): Choices {
  const wanted = {...choices, [group]: value};
  let best: Sku | undefined;
  for (const sku of skus) {
    if (sku.choices[group] !== value) continue;
    if (!best || rank(sku, wanted) > rank(best, wanted)) best = sku;
  }
  return best?.choices ?? choices;
}

export function availability(product: Product, choices: Choices, group: string, value: string): Availability {
  const sku = chosenSku(product, {...choices, [group]: value});
  if (!sku) return 'impossible';
  return sku.stock === 'sold_out' ? 'sold_out' : 'available';
}

const agreeing = (sku: Sku, choices: Choices): number =>
  Object.entries(sku.choices).filter(([group, value]) => choices[group] === value).length;

/** Agreement counts most; between equals the one that is not sold out. */
const rank = (sku: Sku, choices: Choices): number => agreeing(sku, choices) * 2 + (sku.stock === 'sold_out' ? 0 : 1);
