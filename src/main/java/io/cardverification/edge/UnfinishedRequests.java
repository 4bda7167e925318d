package io.cardverification.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.vertx.core.http.HttpServerRequest;

/**
 * How many bytes the requests of one connection hold that have not come whole, by what has come from the socket. Threads: the
 * connection's event loop.
 */
final class UnfinishedRequests {

    /** So much that comes with a whole request is a part of it, and no long beginning of the next one. */
    private static final int SMALL_BYTES = 2 * 1024;
    /** An unfinished request holds a receive buffer at least. */
    private static final long MIN_BYTES = 4 * 1024;
    /** It holds no more, so that what is counted above it was something else, such as pings. */
    private static final long MAX_BYTES = 128 * 1024;

    /** What has come and is not part of a request that has come whole. */
    private long received;
    private final List<HttpServerRequest> unfinished = new ArrayList<>(1);
    private boolean hasNewHead;

    void received(int bytes) {
        received += bytes;
    }

    /** The head of a request has come. */
    void onHead(HttpServerRequest request, boolean http2) {
        received = received <= SMALL_BYTES && unfinished.isEmpty() ? 0 : Math.max(0, received - headBytes(request));
        if (!http2) {
            unfinished.clear(); // One comes after another, whether the one before was read or not.
        }
        unfinished.add(request);
        hasNewHead = true;
    }

    /** As it came over HTTP/1.1; over HTTP/2 it was shorter. */
    private static long headBytes(HttpServerRequest request) {
        var bytes = request.method().name().length() + request.uri().length() + "  HTTP/1.1\r\n\r\n".length();
        for (var header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length() + ": \r\n".length();
        }
        return bytes;
    }

    /** @param isClosed whether no more of a request comes, although it has not come whole */
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
