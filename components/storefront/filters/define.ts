import {defineElement} from '../../shared/define-element.ts';
import {KsFilters} from './filters.ts';

defineElement('ks-filters', KsFilters);
