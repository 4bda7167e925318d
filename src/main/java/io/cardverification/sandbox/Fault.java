package io.cardverification.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.ErrorCode;

/**
 * What goes wrong with one request.
 *
 * @param code of {@link Kind#ERROR}, else null
 */
record Fault(Kind kind, @Nullable ErrorCode code) {

    /** Says of each whether the verification was done, and so whether it may be charged. */
    enum Kind {
        /** The port is closed for 200 ms, with every connection, this one's, too: nothing is done, and who comes is refused. */
        REFUSE_CONNECTIONS,
        /** The connection is reset before the body is read: nothing is done. */
        RESET_BEFORE_BODY,
        /** The connection is reset when all was read and done. */
        RESET_AFTER_BODY,
        /** All is done, and the connection stays open. */
        NEVER_ANSWER,
        /** All is done, and half of the answer comes. */
        TRUNCATE,
        /** All is done; the answer says that it is HTML. */
        WRONG_CONTENT_TYPE,
        /** All is done, and something in between fails. */
        HTTP_500,
        /** All is done, and something in between fails. */
        HTTP_502,
        /** Something in front refuses: nothing is done. */
        HTTP_429,
        /** All is done; the answer comes byte by byte, 20 ms apart. */
        SLOW_BYTES,
        /** The API refuses with an error code: nothing is done. */
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static final String RULE = "a fault is one of " + Arrays.stream(Kind.values()).map(Kind::toString)
            .collect(Collectors.joining(", ")) + ", the last with a documented error code behind it";

    /** @throws IllegalArgumentException where there is no such fault */
    static Fault parse(String text) {
        var words = text.strip().split(" +", 2);
        var kind = Arrays.stream(Kind.values()).filter(each -> each.toString().equals(words[0])).findFirst();
        var code = words.length < 2 ? Optional.<ErrorCode> empty() : ErrorCode.of(words[1]);
        if (kind.isEmpty() || code.isPresent() != (kind.get() == Kind.ERROR) || (words.length > 1 && code.isEmpty())) {
            throw new IllegalArgumentException(RULE);
        }
        return new Fault(kind.get(), code.orElse(null));
    }

    /** Whether not even the body is read. */
    boolean isBeforeBody() {
        return kind == Kind.REFUSE_CONNECTIONS || kind == Kind.RESET_BEFORE_BODY;
    }

    /** What is answered instead, where nothing is done. */
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
