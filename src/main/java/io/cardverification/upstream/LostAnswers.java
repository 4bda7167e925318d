package io.cardverification.upstream;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.cardverification.pacing.QueueFull;
import io.cardverification.verification.VerificationFailure;
import io.netty.channel.ConnectTimeoutException;

/** Decides, for every way in which no answer can come, whether the request may have been received and charged. */
final class LostAnswers {

    private LostAnswers() {
    }

    static VerificationFailure failure(Throwable thrown) {
        if (thrown instanceof VerificationFailure failure) {
            return failure;
        }
        if (thrown instanceof QueueFull full) {
            return VerificationFailure.queueFull(full.retryAfter());
        }
        if (causes(thrown).anyMatch(LostAnswers::neverConnected)) {
            return VerificationFailure.unreachable();
        }
        return causes(thrown).anyMatch(LostAnswers::unreadable) ? VerificationFailure.nonsense()
                : VerificationFailure.silent();
    }

    /** Proof that not a byte of the request left. */
    private static boolean neverConnected(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof ConnectTimeoutException
                || cause instanceof UnknownHostException || cause instanceof SSLHandshakeException;
    }

    /** Something came back: another status, another media type, or what is not the JSON that was promised. */
    private static boolean unreadable(Throwable cause) {
        return cause instanceof WebApplicationException || cause instanceof JsonProcessingException
                || (cause instanceof ProcessingException && cause.getCause() == null);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(10);
    }
}
