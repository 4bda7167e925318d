package io.cardverification.upstream;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.Permit;

/** One attempt: the request, its caller, the permit to which it reports, and the connection that it uses. */
final class PermittedRequest {

    private final UpstreamRequest body;
    private final Permit permit;
    private final String caller;
    private final int plainHash;
    private final RetryState retryState;
    private volatile @Nullable ResponseGuard connection;

    /**
     * @param plainHash of the values before encryption, whose result differs for each attempt
     * @param retryState of the call, shared by all its attempts
     */
    PermittedRequest(UpstreamRequest body, Permit permit, String caller, int plainHash, RetryState retryState) {
        this.body = body;
        this.permit = permit;
        this.caller = caller;
        this.plainHash = plainHash;
        this.retryState = retryState;
    }

    UpstreamRequest body() {
        return body;
    }

    Permit permit() {
        return permit;
    }

    String caller() {
        return caller;
    }

    int plainHash() {
        return plainHash;
    }

    RetryState retryState() {
        return retryState;
    }

    void sentOver(ResponseGuard connection) {
        this.connection = connection;
    }

    /** Whether the same connection has returned the same response before. */
    boolean isRepeated(@Nullable UpstreamResponse answer) {
        var over = connection;
        var response = answer == null ? null : answer.response();
        var requestId = response == null ? null : response.requestId();
        return over != null && requestId != null && !requestId.isEmpty() && over.isRepeated(requestId);
    }
}
