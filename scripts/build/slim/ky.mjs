/**
 * What src/client uses of ky: one instance, by calls with a method, headers, JSON and a signal. No retries (queries and
 * the checkout repeat, each where it is known what a repeat means), no hooks, no progress, no options merged deeply.
 *
 * @type {import('../slim.mjs').Assumptions}
 */
export const slimKy = {
  expects: ['retry: 0', "method = 'get'", "accept = 'application/json'"],
  absent: ['hooks', 'extend', 'throwHttpErrors', 'duplex', 'totalTimeout', 'replaceOption'],
  options: ['stringifyJson', 'onUploadProgress', 'onDownloadProgress', 'searchParams', 'parseJson', 'totalTimeout'],
  known: {
    // Options are given once for all calls or with each call, never at both places.
    'validateAndMerge(defaults, options)': '{ ...defaults, ...options }',
    'validateAndMerge(newDefaults)': 'newDefaults',
    'for (const method of requestMethods) {…': ';',
    'ky.extend = …': ';',
    'ky.stop = …': ';',
    'ky.retry = …': ';',

    // Hooks.
    'initHooks.length > 0 ? cloneInitHookOptions(options) : options': 'options',
    'for (const hook of initHooks) {…': ';',
    'const initHooks = …': ';',
    'await ky.#runBeforeRequestHooks()': 'undefined',
    'await ky.#runAfterResponseHooks(response)': 'response',
    'await this.#throwProcessedError(new TimeoutError(this.#getResponseRequest(response)));':
      'throw new TimeoutError(this.request);',
    'ky.#getNormalizedOptions()': 'undefined',

    // Retries.
    'this.#retryLimit = this.#options.retry.limit;': ';',
    'this.#retryLimit = normalizeRetryOptions(this.#options.retry).limit;': ';',
    'this.#retryLimit > 0 ? this.request.clone() : undefined': 'undefined',
    'await ky.#retry(async () => ky.#fetch())': 'await ky.#fetch()',
    'if (responseFromHook) {…': 'throw errorToThrow;',
    'ky.#consumeReturnedResponseFromBeforeRetryHook()': 'true',

    // A time for the whole, beside the time for an answer.
    'this.#getRemainingTotalTimeout()': 'undefined',
    'const readTimeout = …': ';',
    'if (readTimeout.fromTotalTimeout) {…': ';',
    'const parseTimeout = …': ';',
    'if (data === timedOutResponseData) {…': ';',
    'this.#throwIfTotalTimeoutExhausted();': ';',
    'try { timeoutMs = …': 'timeoutMs = this.#options.timeout;',
    'if (timeoutMs === undefined) {…': ';',
    'const remainingTotal = this.#getRemainingTotalTimeout();': ';',
    'if (remainingTotal !== undefined && …': ';',
    'const effectiveTimeout = …': 'const effectiveTimeout = this.#options.timeout;',
    'effectiveTimeout === undefined': 'false',
    'this.#startTime = …': ';',
    'if (typeof ky.#options.timeout === …': ';',
    'await ky.#raceWithTotalTimeout(…':
      'schema === undefined ? JSON.parse(text) : await validateJsonWithSchema(JSON.parse(text), schema)',
    'if (parsedResult === timedOutOperation) {…': ';',

    // Requests are addresses with JSON in UTF-8, and so are answers.
    'if (supportsRequestStreams) {…': ';',
    'const supportsRequestStreams = …': ';',
    'if (typeof this.#input !== …': ';',
    'this.#input instanceof globalThis.Request': 'false',
    'const userProvidedContentType = …': ';',
    'if (Object.hasOwn(options, …': ';',
    'findUnknownOptions(this.#options)': 'undefined',
    'Object.entries(responseTypes)': '[["json"]]',
    'ky.request.headers.set(…': ';',
    'if (type === …': ';',
    'if (type !== …': ';',
    'if ((typeof schema !== …': ';',
    'if (typeof standardSchema !== …': ';',
    'isResponseInstance(response)': 'true',
    'typeof ky.#options.throwHttpErrors === …': 'true',
    'await this.#parseJson(…': '(() => { try { return JSON.parse(text); } catch {} })()',

    // The oldest browsers have AbortController, not all of them AbortSignal.any.
    "typeof globalThis.AbortController === 'function'": 'true',

    // The prefix is an origin, the address a path under it; headers are a plain object, and a time to wait is given.
    'this.#options = { ...options,…':
      'this.#options = {...options, headers: new globalThis.Headers(options.headers), method: options.method.toUpperCase(), fetch: options.fetch ?? globalThis.fetch.bind(globalThis)};',
    "if (typeof this.#input === 'string') {…": 'this.#input = `${this.#options.prefix}/${this.#input}`;',

    // What was refused is read like any other answer; only a problem of the API's own is looked at.
    'this.#readResponseText(response, …': 'this.#raceBodyRead(() => response.text(), response).catch(() => {})',
    'if (!this.#isJsonContentType(response.headers.get(…': ';',

    // Nobody reads what its errors say: the client has words of its own.
    '`${code} ${title}`.trim()': "''",
    'super(`Request failed with …': 'super()',
    'super(`Request timed out: …': 'super()',

    // One call is one request, whose body nobody else reads.
    'if (this.#abortController?.signal.aborted) {…': ';',
    'this.#wrapRequestWithUploadProgress(this.request, …': 'this.request',
    'try { return await function_(); }…': 'return await function_();',
    'ky.#decorateResponse(response);': ';',
    'ky.#getResponseRequest(currentResponse)': 'ky.request',
    'const request = ky.#getResponseRequest(response);': ';',
    'this.#setResponseRequest(response, request)': 'response',

    // Told apart from other failures by nobody: the client takes what it does not know for the network's doing.
    'isRawNetworkError(error)': 'false',
    'isErrorType(error, NetworkError)': 'false',
  },
};
