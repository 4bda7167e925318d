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
            case "prepareDocument" -> readAll();
            case "getDocument" -> documents.get((Format) call.getParameters()[1]);
            default -> call.proceed();
        };
    }

    /** At the start, since an event loop asks for the documents. */
    private @Nullable Object readAll() {
        for (var format : Format.values()) {
            documents.put(format, read(format));
        }
        return null;
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
