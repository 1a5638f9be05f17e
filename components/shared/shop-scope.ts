import type {Shop} from '../../src/store/shop.ts';
import type {ShopUi} from './shop-ui.ts';
import type {Theme} from './theme.ts';

/** What an element of the storefront stands in: its shop, and the settings of the nearest `<ks-shop>`. */
export interface ShopScope {
  readonly shop: Shop;
  readonly ui: ShopUi;
  /** Absent: as the page looks. */
  readonly theme?: Theme;
  /** Where elements go that the page lacks: the nearest `<ks-shop>`, else the body. */
  readonly host: HTMLElement;
}
