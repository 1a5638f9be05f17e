import {defineElement} from '../../shared/define-element.ts';
import {KsSearch} from './search.ts';

defineElement('ks-search', KsSearch);
