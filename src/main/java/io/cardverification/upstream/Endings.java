package io.cardverification.upstream;

import java.util.Optional;
import java.util.stream.Stream;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.cardverification.pacing.Permit;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;

/**
 * The one place that decides, for every way in which an attempt can end, what it cost:
 *
 * <table>
 * <caption>How an attempt ended, and its charge</caption>
 * <tr>
 * <td>nothing had left, and what has not left never will</td>
 * <td>not sent</td>
 * <td>the permit's word: {@link Permit#revoke}</td>
 * </tr>
 * <tr>
 * <td>a {@code Result} that the API page lists</td>
 * <td>charged or free</td>
 * <td>the API page's two lists: {@link ResultCode}</td>
 * </tr>
 * <tr>
 * <td>an {@code Error}, and no {@code Result}</td>
 * <td>free</td>
 * <td>the API page charges by {@code Result} only</td>
 * </tr>
 * <tr>
 * <td>anything else: silence, a reset, another status or media type, half an answer, one that is too long or another request's,
 * a {@code Result} that nobody listed, or both</td>
 * <td>unknown</td>
 * <td>it was received, or could have been</td>
 * </tr>
 * </table>
 */
final class Endings {

    private Endings() {
    }

    /**
     * @param answer null where its body was empty
     * @throws VerificationFailure where it is a refusal or no answer at all
     */
    static VerificationResult answered(@Nullable WireAnswer answer) {
        var response = answer == null ? null : answer.response();
        if (response == null) {
            throw VerificationFailure.nonsense();
        }
        var error = response.error();
        var result = response.result();
        if (error != null) {
            var code = error.code();
            throw result != null || code == null || code.isEmpty() ? VerificationFailure.nonsense()
                    : Refusals.failure(code, response.shownRequestId());
        }
        var code = (result == null ? Optional.<ResultCode> empty() : ResultCode.of(result))
                .orElseThrow(VerificationFailure::nonsense);
        var description = response.shownDescription();
        return new VerificationResult(code, description == null ? code.description() : description,
                response.shownRequestId());
    }

    /** Whatever was thrown: what failed before it departed was never sent, and now never will be. */
    static VerificationFailure failed(Throwable thrown, Permit permit) {
        if (thrown instanceof VerificationFailure failure) {
            return failure;
        }
        if (permit.revoke()) {
            return VerificationFailure.unreachable();
        }
        return causes(thrown).anyMatch(Endings::unreadable) ? VerificationFailure.nonsense() : VerificationFailure.silent();
    }

    /** Something came back: another status, another media type, or what is not the JSON that was promised. */
    private static boolean unreadable(Throwable cause) {
        return cause instanceof UnreadableResponse || cause instanceof WebApplicationException
                || cause instanceof JsonProcessingException
                || (cause instanceof ProcessingException && cause.getCause() == null);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(10);
    }
}
