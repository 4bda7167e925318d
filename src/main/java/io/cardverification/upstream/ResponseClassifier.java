package io.cardverification.upstream;

import java.util.Optional;
import java.util.stream.Stream;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.cardverification.pacing.Permit;
import io.cardverification.verification.Completion;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/**
 * Decides how an attempt ended and what it cost:
 *
 * <table>
 * <caption>The end of an attempt, and its charge</caption>
 * <tr>
 * <td>the request was not sent and will never be</td>
 * <td>not sent</td>
 * <td>the permit decides: {@link Permit#revoke}</td>
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
 * <td>anything else: no response, a reset, another status or media type, an incomplete, too long or foreign response, an
 * unknown
 * {@code Result}, or both members</td>
 * <td>unknown</td>
 * <td>the upstream may have processed the request</td>
 * </tr>
 * </table>
 */
final class ResponseClassifier {

    private ResponseClassifier() {
    }

    /** @param body null if it was empty */
    static Completion classify(@Nullable UpstreamResponse body) {
        var response = body == null ? null : body.response();
        var error = response == null ? null : response.error();
        var result = response == null ? null : response.result();
        if (response == null || (error != null && result != null)) {
            return VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE);
        }
        if (error != null) {
            var code = error.code();
            return code == null || code.isEmpty() ? VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE)
                    : ErrorCodeMapping.failure(code, response.shownRequestId());
        }
        return Optional.ofNullable(result).flatMap(ResultCode::of).<Completion> map(code -> result(code, response))
                .orElseGet(() -> VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE));
    }

    private static VerificationResult result(ResultCode code, UpstreamResponse.Response response) {
        var description = response.shownDescription();
        return new VerificationResult(code, description == null ? code.description() : description,
                response.shownRequestId());
    }

    /** A request that failed before it was sent is withdrawn, so that it is never sent. */
    static VerificationFailure failed(Throwable thrown, Permit permit) {
        if (permit.revoke()) {
            return VerificationFailure.of(Reason.UPSTREAM_UNREACHABLE);
        }
        return VerificationFailure.of(causes(thrown).anyMatch(ResponseClassifier::isResponseInvalid)
                ? Reason.UPSTREAM_INVALID_RESPONSE
                : Reason.UPSTREAM_TIMEOUT);
    }

    /** A response with another status or media type, or that is not the promised JSON. */
    private static boolean isResponseInvalid(Throwable cause) {
        return cause instanceof UnreadableResponse || cause instanceof WebApplicationException
                || cause instanceof JsonProcessingException
                || (cause instanceof ProcessingException && cause.getCause() == null);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(10);
    }
}
