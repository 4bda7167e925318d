package io.cardverification.rest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationFailure;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** Turns what was thrown into problem documents. No exception's own message is ever repeated: Jackson's quote the input. */
final class Problems {

    private static final String CHARGED = "charged";

    @ServerExceptionMapper
    Response failure(VerificationFailure failure) {
        var problem = ProblemType.of(failure.reason()).problem().with(CHARGED, told(failure.charge()));
        failure.upstreamCode().ifPresent(code -> problem.with("upstreamCode", code));
        failure.requestId().filter(id -> !id.isEmpty()).ifPresent(id -> problem.with("requestId", id));
        failure.retryAfter().ifPresent(
                wait -> problem.withHeader(HttpHeaders.RETRY_AFTER, wait.plusNanos(999_999_999).toSeconds()));
        return problem.build().toResponse();
    }

    /** Three mappers in one: the problem extension has its own for the two special cases, and those repeat the value. */
    @ServerExceptionMapper(value = { MismatchedInputException.class, InvalidFormatException.class,
            UnrecognizedPropertyException.class }, priority = 1)
    Response mismatch(MismatchedInputException mismatch) {
        return Members.invalid(List.of(violation(mismatch))).toResponse();
    }

    @ServerExceptionMapper(priority = 1)
    Response refused(WebApplicationException refused) {
        if (refused.getCause() instanceof JsonProcessingException malformed) {
            return malformed(malformed).toResponse();
        }
        var response = refused.getResponse();
        var problem = switch (response.getStatus()) {
            case 404 -> ProblemType.NOT_FOUND.problem();
            case 405 -> ProblemType.METHOD_NOT_ALLOWED.problem();
            case 406 -> ProblemType.NOT_ACCEPTABLE.problem();
            case 413 -> ProblemType.BODY_TOO_LARGE.problem();
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE.problem();
            default -> HttpProblem.builder().withStatus(response.getStatus())
                    .withTitle(response.getStatusInfo().getReasonPhrase());
        };
        var allowed = response.getHeaderString(HttpHeaders.ALLOW);
        return (allowed == null ? problem : problem.withHeader(HttpHeaders.ALLOW, allowed)).build().toResponse();
    }

    private static HttpProblem malformed(JsonProcessingException malformed) {
        return ProblemType.MALFORMED_JSON.problem("The body is not one JSON object in UTF-8, each member once: see "
                + place(malformed.getLocation())).build();
    }

    private static Violation violation(MismatchedInputException mismatch) {
        if (mismatch instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted()
                    .collect(Collectors.joining(", "));
            var path = mismatch.getPath();
            return new Violation("has an unknown member at " + place(mismatch.getLocation()) + "; known are " + known,
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
        return List.class.isAssignableFrom(type) ? "an array of strings" : "an object";
    }

    /** All names in it are ours: Jackson comes no further than to members that we declare. */
    private static String pointer(List<Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("/", path.isEmpty() ? "#" : "#/", ""));
    }

    private static String place(JsonLocation location) {
        return location == null ? "its end"
                : String.format(Locale.ROOT, "line %d, column %d", location.getLineNr(), location.getColumnNr());
    }

    private static Object told(Charge charge) {
        return charge == Charge.UNKNOWN ? charge.toString() : charge == Charge.CHARGED;
    }
}
