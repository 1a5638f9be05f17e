import {defineElement} from '../../shared/define-element.ts';
import {KsTicket} from './ticket.ts';

defineElement('ks-ticket', KsTicket);
