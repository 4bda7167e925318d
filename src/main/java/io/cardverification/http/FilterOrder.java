package io.cardverification.http;

/**
 * The order of the filters on both ports, first to last. A filter with a higher number runs earlier; a route has the negative
 * number. Numbers of Quarkus' own filters are below 1,000.
 */
public final class FilterOrder {

    /** Changes the handlers of the connection. */
    public static final int PIPELINE = 21_000;
    /** Limits the time of a request. */
    public static final int SLOW_REQUESTS = 20_000;
    /** Observes the connection for its bounds. */
    public static final int CONNECTIONS = 19_000;
    /** Adds a header to every response, as the next ones. */
    public static final int HSTS = 15_000;
    public static final int DATE = 12_000;
    public static final int SANDBOX = 10_000;
    public static final int REQUEST_ID = 9_000;
    /** Reads the trace of the caller. */
    public static final int TRACE_CONTEXT = 8_900;
    /** Rejects requests whose framing is ambiguous. */
    public static final int FRAMING = 2_000;
    /** Answers requests in the protocol of Tencent Cloud, before the routes and limits of Quarkus. */
    public static final int SDK_API = 1_000;

    private FilterOrder() {
    }
}
