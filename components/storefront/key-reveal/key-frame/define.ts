import {defineElement} from '../../../shared/define-element.ts';
import {KsKeyFrame} from './key-frame.ts';

defineElement('ks-key-frame', KsKeyFrame);
