package io.cardverification.sandbox;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.cardverification.label.KebabCase;
import io.cardverification.tencentcloud.ErrorCode;

/**
 * A fault that the sandbox injects into one request.
 *
 * @param code of {@link Kind#ERROR}, otherwise null
 */
record Fault(Kind kind, @Nullable ErrorCode code) {

    /** States for each kind whether the verification is done, and so whether it may be charged. */
    enum Kind {
        /** Closes the port and all connections for 200 ms, and refuses new connections. The verification is not done. */
        REFUSE_CONNECTIONS,
        /** Resets the connection before the body is read. The verification is not done. */
        RESET_BEFORE_BODY,
        /** Does the verification, then resets the connection. */
        RESET_AFTER_BODY,
        /** Does the verification, then keeps the connection open without a response. */
        NEVER_ANSWER,
        /** Does the verification, then sends half of the response. */
        TRUNCATE,
        /** Does the verification; the response claims to be HTML. */
        WRONG_CONTENT_TYPE,
        /** Does the verification; a failing proxy responds. */
        HTTP_500,
        /** Does the verification; a failing proxy responds. */
        HTTP_502,
        /** A proxy in front of the API rejects the request. The verification is not done. */
        HTTP_429,
        /** Does the verification; sends the response byte by byte, 20 ms apart. */
        SLOW_BYTES,
        /** The API rejects the request with an error code. The verification is not done. */
        ERROR;

        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    static final String RULE = "a fault is one of " + Arrays.stream(Kind.values()).map(Kind::toString)
            .collect(Collectors.joining(", ")) + "; the last is followed by a documented error code";

    /** @throws IllegalArgumentException if there is no such fault */
    static Fault parse(String text) {
        var words = text.strip().split(" +", 2);
        var kind = Arrays.stream(Kind.values()).filter(each -> each.toString().equals(words[0])).findFirst();
        var code = words.length < 2 ? Optional.<ErrorCode> empty() : ErrorCode.of(words[1]);
        if (kind.isEmpty() || code.isPresent() != (kind.get() == Kind.ERROR) || (words.length > 1 && code.isEmpty())) {
            throw new IllegalArgumentException(RULE);
        }
        return new Fault(kind.get(), code.orElse(null));
    }

    /** Returns whether the fault strikes before the body is read. */
    boolean isBeforeBody() {
        return kind == Kind.REFUSE_CONNECTIONS || kind == Kind.RESET_BEFORE_BODY;
    }

    /** Returns the response of a fault that prevents the verification. */
    Optional<SandboxResponse> replacementResponse() {
        return switch (kind) {
            case ERROR -> Optional.ofNullable(code).map(SandboxResponse::error);
            case HTTP_429 -> Optional.of(SandboxResponse.error(ErrorCode.REQUEST_LIMIT_EXCEEDED));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return code == null ? kind.toString() : kind + " " + code.code();
    }
}
