/** One event of a `text/event-stream`. `event` is its kind, `message` where the server named none. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Reads the text of a `text/event-stream` piece by piece and answers the events that each piece completes (HTML Living
 * Standard, 9.2.6). Ids and reconnection times are passed over: who follows a stream here decides when to come back.
 */
export function eventReader(): (text: string) => ServerSentEvent[] {
  let rest = '';
  let event = '';
  let data: string[] = [];

  return text => {
    const events: ServerSentEvent[] = [];
    // A carriage return at the end may be half of a line break.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, field, value = ''] = /^(event|data)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === 'event') event = value;
      if (field === 'data') data.push(value);
      if (line !== '') continue;
      if (data.length > 0) events.push({event: event || 'message', data: data.join('\n')});
      event = '';
      data = [];
    }
    return events;
  };
}
