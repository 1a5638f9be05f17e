/**
 * What src/store/queries.ts uses of query-core: observed queries and lists of pages, in any network state, whose answers
 * are shown as they are. Orders do not go through its mutations.
 *
 * @type {import('../slim.mjs').Assumptions}
 */
export const slimQueryCore = {
  expects: [
    ...["networkMode: 'always'", 'getNextPageParam:', 'retry: (failures, error) =>', 'retryDelay: failures =>'],
    ...['queryFn: ({signal}) =>', 'queryFn: ({pageParam, signal}) =>'],
  ],
  absent: [
    ...['setOptions', 'setQueryDefaults', 'maxPages', 'notifyOnChangeProps', 'trackResult', 'notifyManager'],
    ...['setFocused', 'setEventListener', 'refetchOnReconnect', 'throwOnError', 'skipToken'],
    ...['fetchPreviousPage', 'retryOnMount', "'static'"],
    ...['isPending', 'isSuccess', 'isLoading', 'isInitialLoading', 'isLoadingError', 'isRefetching', 'isRefetchError'],
    ...['isPaused', 'isPlaceholderData', 'isFetched', 'isFetchedAfterMount', 'isEnabled', 'fetchStatus'],
    ...['failureCount', 'failureReason', 'errorUpdateCount', 'errorUpdatedAt', 'hasPreviousPage'],
  ],
  options: [
    'persister',
    'select',
    'placeholderData',
    'enabled',
    'structuralSharing',
    'queryKeyHashFn',
    '_optimisticResults',
    'refetchOnMount',
    'initialPromise',
    'getPreviousPageParam',
    'mutationCache',
    'onError',
    'onSettled',
    'suspense',
    'behavior',
    'onSuccess',
    'queryCache',
  ],
  known: {
    'new MutationCache()': '{ clear() {} }',
    'await this.resumePausedMutations();': ';',

    // Pages are browsers' pages, and the line is tried whatever the browser thinks of it.
    'isServer()': 'false',
    'canFetch(config.networkMode)': 'true',
    'config.canRun()': 'true',
    'config.networkMode === "always"': 'true',
    'new OnlineManager()': 'undefined',
    'this.#unsubscribeOnline = onlineManager.subscribe(…': ';',
    'new TimeoutManager()': 'undefined',
    'timeoutManager.setTimeout': 'setTimeout',
    'timeoutManager.clearTimeout': 'clearTimeout',

    // Nobody listens to the cache as a whole, or to some properties of a result only.
    'this.notify(…': ';',
    'this.#cache.notify(…': ';',
    'this.#client.getQueryCache().notify(…': ';',
    'createNotifyManager()': '{ batch: callback => callback() }',
    'const { notifyOnChangeProps } = this.options;': 'const notifyOnChangeProps = undefined;',
    'const notifyListeners = shouldNotifyListeners();': 'const notifyListeners = true;',

    // Of a result, this is read.
    'return { status, fetchStatus: newState.fetchStatus,…':
      'return {data, dataUpdatedAt: newState.dataUpdatedAt, error, isFetching, isError, isStale: isStale(query, options)};',
    'return { ...parentResult, fetchNextPage: …':
      'return {...parentResult, hasNextPage: hasNextPage(options, state.data), isFetchNextPageError, isFetchingNextPage};',
    'this.fetchPreviousPage = …': ';',

    // How often something came or failed is not counted.
    'return { data, dataUpdateCount: 0,…':
      'return {data, dataUpdatedAt: hasData ? initialDataUpdatedAt ?? Date.now() : 0, error: null, fetchMeta: null, isInvalidated: false, status: hasData ? "success" : "pending", fetchStatus: "idle"};',
    'return { fetchFailureCount: 0,…':
      'return {fetchStatus: "fetching", ...(data === undefined && {error: null, status: "pending"})};',
    'return { ...state, fetchFailureCount: action.failureCount,…': 'return state;',
    'const newState = { ...state, ...successState(…':
      'const newState = {...state, ...successState(action.data), fetchStatus: "idle"};',
    'this.#revertState = action.manual…': 'this.#revertState = undefined;',
    'const data = replaceData(…': 'const data = replaceEqualDeep(this.state.data, newData);',
    'this.#dispatch({ data, type: "success",…': 'this.#dispatch({data, type: "success"});',
    'return { ...state, error, errorUpdateCount:…':
      'return {...state, error, fetchStatus: "idle", status: "error", isInvalidated: true};',

    // Answers are JSON, as deep as their schemas; each is written once, as it came, and asked for anew by itself.
    'if (depth > 500) return b;': ';',
    'isPlainArray(a) && isPlainArray(b)': 'Array.isArray(a) && Array.isArray(b)',
    'isPlainObject(a) && isPlainObject(b)': 'a && Array.isArray(a) === Array.isArray(b)',
    'if (data === void 0) {…': ';',
    'invalidate() {…': '',
    'case "invalidate": …': '',

    // Queries are not searched for, and defaults are the same for all of them.
    'this.getQueryDefaults(options.queryKey)': 'undefined',
    'client.getQueryDefaults(queryKey)': 'undefined',
    'this.#queryCache.findAll(filters)': 'this.#queryCache.getAll()',
    'isFetching(filters) {…': '',
    'find(filters) { const defaultedFilters =…': '',
    'async query(options) {…': '',

    // Keys say the same in the same order.
    'hashQueryKeyByOptions(queryKey, options)': 'JSON.stringify(queryKey)',
    'hashQueryKeyByOptions(defaultedOptions.queryKey, defaultedOptions)': 'JSON.stringify(defaultedOptions.queryKey)',

    // An observer keeps its options; none asks by the clock.
    'if (mounted && shouldFetchOptionally(…': ';',
    'if (mounted && (this.#currentQuery !== prevQuery …': ';',
    'const nextRefetchInterval = this.#computeRefetchInterval();': ';',
    'this.#updateRefetchInterval(…': ';',
    'this.#clearRefetchInterval();': ';',
    'if (this.#selectError) {…': ';',
    'resolveQueryValue(options.enabled, query)': 'undefined',
    'resolveQueryValue(this.options.enabled, this.#currentQuery) !== false': 'true',
    'const { maxPages } = context.options;': ';',
    'direction === "backward"': 'false',
    'previous ? getPreviousPageParam : getNextPageParam': 'getNextPageParam',
    'resolveQueryValue(options.retryOnMount, query) === false': 'false',
    'resolveQueryValue(options.staleTime, query) !== "static"': 'true',
    'staleTime === "static"': 'false',
    'if (prevOptions._defaulted && …': ';',
    'if (this.state && this.state.data === …': ';',
    'const queryInitialState = …': ';',
    // What is given is given as it is.
    'typeof options.initialData === "function" ? …': 'options.initialData',
    'typeof options.initialDataUpdatedAt === "function" ? …': 'options.initialDataUpdatedAt',
    'if (defaultedOptions.refetchOnReconnect === …': ';',
    'if (defaultedOptions.throwOnError === …': ';',
    'if (!fetchOptions?.throwOnError) promise = …': 'promise = promise.catch(noop);',
    'if (typeof focused === "boolean") …': 'this.onFocus();',
    'if (typeof this.#focused === "boolean") …': ';',
    'addTo(data.pages, page, maxPages)': '[...data.pages, page]',
    'addTo(data.pageParams, param, maxPages)': '[...data.pageParams, param]',

    // There always is a function to ask with, and it always takes the signal: who is not listened to any more is aborted.
    'if (!this.options.queryFn) {…': ';',
    'if (defaultedOptions.queryFn === skipToken) …': ';',
    'const queryFnContext = { client: this.#client,…': 'const queryFnContext = {};',
    'const queryFnContext = { client: context.client,…': 'const queryFnContext = {pageParam: param};',
    'const context = { fetchOptions,…':
      'const context = {fetchOptions, options: this.options, state: this.state, fetchFn};',
    'ensureQueryFn(this.options, fetchOptions)': 'this.options.queryFn',
    'ensureQueryFn(context.options, context.fetchOptions)': 'context.options.queryFn',
    'const addSignalProperty = (object) => { Object.…':
      'const addSignalProperty = object => { object.signal = abortController.signal; };',
    'const addSignalProperty = (object) => { addConsumeAwareSignal(…':
      'const addSignalProperty = object => { object.signal = context.signal; };',
    'this.#abortSignalConsumed = false;': ';',
    'this.#abortSignalConsumed || this.state.fetchStatus === …': 'true',
    'if (cancelled) return Promise.reject(context.signal.reason);':
      'if (context.signal.aborted) return Promise.reject(context.signal.reason);',

    // So retries need no other end. Whether and when they come is told by functions.
    'this.#retryer.continueRetry();': ';',
    'isRetryCancelled || !shouldRetry': '!shouldRetry',
    'if (isRetryCancelled) reject(error);…': 'run();',
    'const retry = config.retry…': ';',
    'const retryDelay = config.retryDelay…': ';',
    'const delay = typeof retryDelay === …': 'const delay = config.retryDelay(failureCount, error);',
    'const shouldRetry = …': 'const shouldRetry = config.retry(failureCount, error);',
    'return { promise, status: () => status,…':
      'return { promise, status: () => status, cancel, continue: () => continueFn?.(), start: run };',
  },
};
