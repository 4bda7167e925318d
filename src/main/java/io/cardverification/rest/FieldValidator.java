package io.cardverification.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.InvalidValueException;

/** Validates the members of one document and reports all violations together. Threads: not thread-safe. */
final class FieldValidator {

    private final List<Violation> violations = new ArrayList<>();

    <V, T> Optional<T> required(String member, @Nullable V value, Function<V, T> reader) {
        if (value == null) {
            violations.add(new Violation("is required", "#/" + member));
        }
        return optional(member, value, reader);
    }

    <V, T> Optional<T> optional(String member, @Nullable V value, Function<V, T> reader) {
        try {
            return Optional.ofNullable(value).map(reader);
        } catch (InvalidValueException e) {
            violations.add(new Violation(e.rule(), "#/" + member));
            return Optional.empty();
        }
    }

    /** @throws ProblemException with all violations so far, if there are any */
    void throwIfInvalid() {
        if (!violations.isEmpty()) {
            throw invalid(violations).toException();
        }
    }

    static Problem invalid(List<Violation> violations) {
        var detail = violations.stream()
                .map(violation -> violation.pointer().substring(1).replaceFirst("^/", "") + " " + violation.detail())
                .map(String::strip)
                .collect(Collectors.joining("; "));
        return ProblemType.INVALID_REQUEST.problem(detail).with("errors", List.copyOf(violations));
    }
}
