/**
 * The one-file entry, `cdn/keystall.bundle.js`: every element of the storefront, registered at once. Its own origin is
 * the default shop, as with `keystall.js`.
 */
import './default-to-own-origin.ts';
import '../storefront/define.ts';
