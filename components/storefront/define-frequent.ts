/** Registers the elements that most pages of a shop show, or lead to in a moment. */
import './cart/define.ts';
import './cart-button/define.ts';
import './checkout/define.ts';
import './key-reveal/define.ts';
import './order/define.ts';
import './product-card/define.ts';
import './product-grid/define.ts';
import './shop/define.ts';
