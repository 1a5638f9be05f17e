import '../key-reveal/define.ts';
import {defineElement} from '../../shared/define-element.ts';
import {KsOrder} from './order.ts';

defineElement('ks-order', KsOrder);
