package io.cardverification.upstream;

import java.util.stream.Stream;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.cardverification.pacing.Permit;
import io.cardverification.verification.VerificationFailure;
import io.smallrye.mutiny.TimeoutException;

/**
 * Decides, for every way in which no answer can come, whether the request may have been received and charged.
 *
 * <p>
 * The fact that decides is the permit's: what failed before it departed was never sent, whatever it failed of. One exception:
 * what this gateway gave up by itself may still leave a moment later.
 */
final class LostAnswers {

    private LostAnswers() {
    }

    static VerificationFailure failure(Throwable thrown, Permit permit) {
        if (thrown instanceof VerificationFailure failure) {
            return failure;
        }
        if (!permit.hasDeparted() && !(thrown instanceof TimeoutException)) {
            return VerificationFailure.unreachable();
        }
        return causes(thrown).anyMatch(LostAnswers::unreadable) ? VerificationFailure.nonsense()
                : VerificationFailure.silent();
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
