package io.cardverification.rest;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;

import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.StartupEvent;

/**
 * Reads JSON to the letter: no number for a string, no member twice or unknown, nothing behind the document, nothing deeper,
 * longer or larger than any question is. For both doors: they share one mapper.
 *
 * <p>
 * Why so strict: what is guessed wrongly here is sent, compared by a bank and charged. That is also why Quarkus generates no
 * readers and writers, which one setting (enable-reflection-free-serializers, 3.33) turns on together: such readers pass over
 * members that are unknown, and take numbers for strings.
 */
@Singleton
final class StrictJsonCustomizer implements ObjectMapperCustomizer {

    /** No question has more than three levels; no string is longer than a body may be. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder().maxNestingDepth(8)
            .maxStringLength(64 * 1024).maxNumberLength(20).maxNameLength(100).build();

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.getFactory().setStreamReadConstraints(CONSTRAINTS);
        mapper.getFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.Integer)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.POJO).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }

    /** What Jackson has to find out of these, once, took most of what the first caller's event loop stood still for. */
    void warmUp(@Observes StartupEvent starting, ObjectMapper mapper) {
        mapper.readerFor(VerificationRequestBody.class);
        mapper.writerFor(VerificationResponse.class);
    }
}
