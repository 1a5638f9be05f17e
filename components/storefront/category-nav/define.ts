import {defineElement} from '../../shared/define-element.ts';
import {KsCategoryNav} from './category-nav.ts';

defineElement('ks-category-nav', KsCategoryNav);
