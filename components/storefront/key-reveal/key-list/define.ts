import {defineElement} from '../../../shared/define-element.ts';
import {KsKeyList} from './key-list.ts';

defineElement('ks-key-list', KsKeyList);
