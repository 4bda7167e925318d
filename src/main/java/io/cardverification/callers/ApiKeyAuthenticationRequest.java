package io.cardverification.callers;

import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** What somebody brought to the front door. */
final class ApiKeyAuthenticationRequest extends BaseAuthenticationRequest {

    private final @Nullable String apiKey;

    /** @param apiKey null where it brought none */
    ApiKeyAuthenticationRequest(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    @Nullable
    String apiKey() {
        return apiKey;
    }
}
