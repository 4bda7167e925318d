package io.cardverification.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import org.jspecify.annotations.Nullable;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.smallrye.openapi.runtime.io.Format;

/**
 * Serves the OpenAPI document as the build has stored it, in both formats. Quarkus alone parses it at each start and writes
 * both formats again, for filters that run at the start. The gateway has none.
 *
 * <p>
 * Threads: any.
 */
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
@StoredOpenApi
final class StoredOpenApiInterceptor {

    private final Map<Format, byte[]> documents = new ConcurrentHashMap<>();

    @AroundInvoke
    @Nullable
    Object serve(InvocationContext call) throws Exception {
        return switch (call.getMethod().getName()) {
            case "prepareDocument" -> null;
            case "getDocument" -> documents.computeIfAbsent((Format) call.getParameters()[1],
                    StoredOpenApiInterceptor::read);
            default -> call.proceed();
        };
    }

    private static byte[] read(Format format) {
        var name = OpenApiConstants.BASE_NAME + "." + format.name();
        try (var stored = StoredOpenApiInterceptor.class.getClassLoader().getResourceAsStream(name)) {
            return stored.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
