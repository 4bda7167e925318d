package io.cardverification.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.vertx.core.http.HttpServerRequest;

/**
 * Estimates the bytes that incomplete requests of one connection hold, from the bytes that the socket delivered. Threads:
 * the connection's event loop.
 */
final class UnfinishedRequests {

    /** If at most so many bytes arrive with a complete request, they belong to it and are no long start of the next one. */
    private static final int SMALL_BYTES = 2 * 1024;
    /** An unfinished request holds at least a receive buffer. */
    private static final long MIN_BYTES = 4 * 1024;
    /** An unfinished request holds no more. Bytes above this were something else, such as pings. */
    private static final long MAX_BYTES = 128 * 1024;

    /** Bytes that arrived and are not part of a complete request. */
    private long received;
    private final List<HttpServerRequest> unfinished = new ArrayList<>(1);
    private boolean hasNewHead;

    void received(int bytes) {
        received += bytes;
    }

    /** The head of a request is complete. */
    void onHead(HttpServerRequest request, boolean http2) {
        received = received <= SMALL_BYTES && unfinished.isEmpty() ? 0 : Math.max(0, received - headBytes(request));
        if (!http2) {
            unfinished.clear(); // Requests arrive one after another, even if the previous one was not read.
        }
        unfinished.add(request);
        hasNewHead = true;
    }

    /** The size of the head over HTTP/1.1; over HTTP/2 it is smaller. */
    private static long headBytes(HttpServerRequest request) {
        var bytes = request.method().name().length() + request.uri().length() + "  HTTP/1.1\r\n\r\n".length();
        for (var header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length() + ": \r\n".length();
        }
        return bytes;
    }

    /** @param isClosed whether an incomplete request gets no more bytes */
    void dropFinished(Predicate<HttpServerRequest> isClosed) {
        for (var each = unfinished.size() - 1; each >= 0; each--) {
            var request = unfinished.get(each);
            if (request.isEnded() || isClosed.test(request)) {
                received = Math.max(0, received - request.bytesRead());
                unfinished.remove(each);
            }
        }
        if (hasNewHead && unfinished.isEmpty()) {
            received = received <= SMALL_BYTES ? 0 : received;
            hasNewHead = false;
        }
    }

    long bytes() {
        var requests = Math.max(unfinished.size(), received > 0 ? 1 : 0);
        return requests * MIN_BYTES + Math.min(received, requests * MAX_BYTES);
    }
}
