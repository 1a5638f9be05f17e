/** Registers every element of the storefront. */
import './define-frequent.ts';
import './product/define.ts';
