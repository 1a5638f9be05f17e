/**
 * What src/store/queries.ts uses of query-core: observed queries and lists of pages, in any network state, whose answers
 * are shown as they are. Orders do not go through its mutations.
 *
 * @type {import('../slim.mjs').Assumptions}
 */
export const slimQueryCore = {
  expects: ["networkMode: 'always'", 'getNextPageParam:'],
  absent: [
    ...['setOptions', 'setQueryDefaults', 'maxPages', 'notifyOnChangeProps', 'trackResult', 'notifyManager'],
    ...['isPending', 'isSuccess', 'isLoading', 'isInitialLoading', 'isLoadingError', 'isRefetching', 'isRefetchError'],
    ...['isPaused', 'isPlaceholderData', 'isFetched', 'isFetchedAfterMount', 'isEnabled', 'fetchStatus'],
    ...['failureCount', 'failureReason', 'errorUpdateCount', 'errorUpdatedAt', 'hasPreviousPage'],
  ],
  options: [
    'persister',
    'select',
    'placeholderData',
    'initialData',
    'enabled',
    'structuralSharing',
    'queryKeyHashFn',
    '_optimisticResults',
    'refetchOnMount',
    'retryOnMount',
    'initialPromise',
    'getPreviousPageParam',
    'mutationCache',
    'onError',
    'onSettled',
    'suspense',
  ],
  known: {
    'new MutationCache()': '{ clear() {} }',
    'await this.resumePausedMutations();': ';',

    // Pages are browsers' pages, and the line is tried whatever the browser thinks of it.
    'isServer()': 'false',
    'canFetch(options.networkMode)': 'true',
    'canFetch(config.networkMode)': 'true',
    'config.canRun()': 'true',
    'config.networkMode === "always"': 'true',
    'new OnlineManager()': 'undefined',
    'this.#unsubscribeOnline = onlineManager.subscribe(…': ';',
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

    // Queries are not searched for, and defaults are the same for all of them.
    'this.getQueryDefaults(options.queryKey)': 'undefined',
    'client.getQueryDefaults(queryKey)': 'undefined',
    'this.#queryCache.findAll(filters)': 'this.#queryCache.getAll()',
    'this.#queryCache.findAll({ ...filters, fetchStatus: "fetching" }).length': 'undefined.leftOut',
    'this.getAll().find((query) => matchQuery(defaultedFilters, query))': 'undefined.leftOut',

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
    'addTo(data.pages, page, maxPages)': '[...data.pages, page]',
    'addTo(data.pageParams, param, maxPages)': '[...data.pageParams, param]',
  },
};
