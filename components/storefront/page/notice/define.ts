import {defineElement} from '../../../shared/define-element.ts';
import {KsNotice} from './notice.ts';

defineElement('ks-notice', KsNotice);
