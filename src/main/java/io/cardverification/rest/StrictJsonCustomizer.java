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
 * Makes Jackson strict: no number as a string, no duplicate or unknown member, no content after the document, and bounded
 * depth, length and size. Both APIs share the mapper.
 *
 * <p>
 * Reason: a bank compares and charges every value that the gateway sends, so the gateway must not guess. For this reason the
 * build also leaves Quarkus' generated serializers off (enable-reflection-free-serializers, 3.33). The generated readers
 * ignore unknown members and accept numbers as strings.
 */
@Singleton
final class StrictJsonCustomizer implements ObjectMapperCustomizer {

    /** A request has at most three levels, and no string is longer than a body. */
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

    /**
     * Lets Jackson inspect the types at the start. Otherwise the first request blocks its event loop while Jackson inspects
     * them.
     */
    void warmUp(@Observes StartupEvent starting, ObjectMapper mapper) {
        mapper.readerFor(VerificationRequestBody.class);
        mapper.writerFor(VerificationResponse.class);
    }
}
