import '../order/define.ts';
import {defineElement} from '../../shared/define-element.ts';
import {KsOrderList} from './order-list.ts';

defineElement('ks-order-list', KsOrderList);
