import '../order/define.ts';
import {defineElement} from '../../shared/define-element.ts';
import {KsOrderLookup} from './order-lookup.ts';

defineElement('ks-order-lookup', KsOrderLookup);
