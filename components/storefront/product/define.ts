import {defineElement} from '../../shared/define-element.ts';
import '../../shared/quantity-stepper/define.ts';
import {KsProductGallery} from './gallery/gallery.ts';
import {KsProduct} from './product.ts';

defineElement('ks-product-gallery', KsProductGallery);
defineElement('ks-product', KsProduct);
