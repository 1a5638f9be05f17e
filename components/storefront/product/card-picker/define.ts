import {defineElement} from '../../../shared/define-element.ts';
import {KsCardPicker} from './card-picker.ts';

defineElement('ks-card-picker', KsCardPicker);
