package io.cardverification.rest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.cardverification.verification.Charge;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;

/**
 * Maps exceptions to problem documents. No document repeats an exception's message, since Jackson's messages quote the input.
 */
final class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    @ServerExceptionMapper
    Response verificationFailure(VerificationException thrown) {
        var failure = thrown.failure();
        var metadata = failure.metadata();
        var problem = ProblemType.of(failure.reason()).problem(failure.charge())
                .with("shared", metadata.shared()).with("reused", metadata.reusedAfter().isPresent())
                .with("waitedMillis", metadata.waited().toMillis()).with("attempts", metadata.attempts());
        if (failure.charge() == Charge.UNKNOWN) {
            // Earlier attempts may have been charged, although the last one was free.
            problem.with("detail", ProblemType.UPSTREAM_TIMEOUT.remedy());
        }
        if (metadata.unknownAttempts() > 0) {
            problem.with("unknownAttempts", metadata.unknownAttempts());
        }
        metadata.reusedAfter().ifPresent(age -> problem.with("ageSeconds", age.toSeconds())
                .withHeader("Age", age.toSeconds()));
        failure.upstreamCode().ifPresent(code -> problem.with("upstreamCode", code));
        failure.requestId().filter(id -> !id.isEmpty()).ifPresent(id -> problem.with("requestId", id));
        failure.retryAfter().ifPresent(
                wait -> problem.withHeader(HttpHeaders.RETRY_AFTER, RateLimitHeaders.seconds(wait)));
        return problem.toResponse();
    }

    @ServerExceptionMapper
    Response problem(ProblemException thrown) {
        return thrown.problem().toResponse();
    }

    @ServerExceptionMapper
    Response unauthenticated(UnauthorizedException unauthenticated) {
        return ProblemType.UNAUTHENTICATED.problem().withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer").toResponse();
    }

    /** RFC 6750 requires an error code for an invalid key, and none for a missing key. */
    @ServerExceptionMapper
    Response invalidToken(AuthenticationFailedException invalidToken) {
        return ProblemType.UNAUTHENTICATED.problem()
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"").toResponse();
    }

    @ServerExceptionMapper
    Response mismatch(MismatchedInputException mismatch) {
        return FieldValidator.invalid(List.of(violation(mismatch))).toResponse();
    }

    /** Lists NotFoundException too, since Quarkus' dev mode has a mapper for it, which writes an HTML page. */
    @ServerExceptionMapper({ WebApplicationException.class, NotFoundException.class })
    Response httpError(WebApplicationException error) {
        if (error.getCause() instanceof JsonMappingException mapping
                && mapping.getCause() instanceof InputCoercionException) {
            return FieldValidator.invalid(List.of(new Violation("must be a small whole number", pointer(mapping.getPath()))))
                    .toResponse();
        }
        if (error.getCause() instanceof JsonProcessingException malformed) {
            return malformed(malformed).toResponse();
        }
        return of(error.getResponse()).toResponse();
    }

    /** The charge is unknown, since the gateway may have sent the request. */
    @ServerExceptionMapper
    Response unexpected(Exception unexpected) {
        LOG.errorf(new RedactedException(unexpected), "Internal error: %s. The charge of the request is unknown",
                unexpected.getClass().getName());
        return ProblemType.INTERNAL_ERROR.problem(Charge.UNKNOWN).toResponse();
    }

    private static Problem of(Response refusal) {
        return switch (refusal.getStatus()) {
            case 404 -> ProblemType.NOT_FOUND.problem();
            // Quarkus REST does not report the allowed methods; the only path has one method.
            case 405 -> ProblemType.METHOD_NOT_ALLOWED.problem().withHeader(HttpHeaders.ALLOW, HttpMethod.POST);
            case 406 -> ProblemType.NOT_ACCEPTABLE.problem();
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE.problem();
            default -> new Problem("about:blank", refusal.getStatus(), refusal.getStatusInfo().getReasonPhrase())
                    .with("charged", false);
        };
    }

    private static Problem malformed(JsonProcessingException malformed) {
        return ProblemType.MALFORMED_JSON.problem("The body is not one JSON object in UTF-8 without repeated members: see "
                + location(malformed.getLocation()));
    }

    private static Violation violation(MismatchedInputException mismatch) {
        if (mismatch instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted()
                    .collect(Collectors.joining(", "));
            var path = mismatch.getPath();
            // Without the location: Jackson has read the whole object by then, and knows only the location of its end.
            return new Violation("has an unknown member; known members are " + known,
                    pointer(path.subList(0, path.size() - 1)));
        }
        return new Violation("must be " + expected(mismatch.getTargetType()), pointer(mismatch.getPath()));
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Integer.class) {
            return "a whole number";
        }
        if (List.class.isAssignableFrom(type)) {
            return "an array of strings";
        }
        return type == VerificationRequestBody.class ? "one JSON object without trailing data" : "an object";
    }

    /** Contains only known names: Jackson descends only into declared members. */
    private static String pointer(List<Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("/", path.isEmpty() ? "#" : "#/", ""));
    }

    private static String location(JsonLocation location) {
        return location == null ? "its end"
                : String.format(Locale.ROOT, "line %d, column %d", location.getLineNr(), location.getColumnNr());
    }
}
