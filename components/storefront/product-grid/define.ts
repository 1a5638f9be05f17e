import '../product-card/define.ts';
import {defineElement} from '../../shared/define-element.ts';
import {KsProductGrid} from './product-grid.ts';

defineElement('ks-product-grid', KsProductGrid);
