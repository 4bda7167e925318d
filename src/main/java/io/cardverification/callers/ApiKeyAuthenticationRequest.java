package io.cardverification.callers;

import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** The API key of a request, or its absence. */
final class ApiKeyAuthenticationRequest extends BaseAuthenticationRequest {

    private final @Nullable String apiKey;

    /** @param apiKey null if the request has no key */
    ApiKeyAuthenticationRequest(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    @Nullable
    String apiKey() {
        return apiKey;
    }
}
